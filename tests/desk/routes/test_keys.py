"""Shared keys: imported from paper, granted by a holder, never held by an administrator."""

from base64 import b64decode
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy import update

from portal.desk.domain import ceremony, keys, offices, sessions
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.keys import Key
from portal.desk.models.sessions import StaffSession
from portal.sealing.keys import Identity
from portal.sealing.password_box import NO_HOST_SECRET
from tests.desk.conftest import write_manifest
from tests.desk.staff import JOINED, Colleague, hire, make_key, sign_in
from tests.pages import Browser

NEW_KEY = "office-1"


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


@pytest.fixture
def handler(house: DeskHouse) -> Colleague:
    return hire(house, "lu.ning", Role.HANDLER, display_name="陆宁")


def held(house: DeskHouse, browser: Browser) -> dict[str, Identity]:
    """Return what the browser's session opens."""
    with browser.client.session_transaction(base_url=browser.origin) as carried:
        token = b64decode(carried["token"])
    with house.database.reading() as session:
        return sessions.find(session, token, now=datetime.now(UTC)).held(session)


@pytest.fixture
def printed(house: DeskHouse, clerk: Colleague, handler: Colleague) -> str:
    """The passphrase on the paper of a key that nobody of the office holds yet."""
    private = Identity.generate()
    with house.database.writing() as session:
        keys.register(
            session,
            key_id=NEW_KEY,
            kind="office",
            recipient=private.recipient,
            not_after=date(2027, 3, 31),
        )
        office = offices.found_intake(session, NEW_KEY, JOINED.date())
        for person in (clerk, handler):
            offices.add(session, office, person.id, by=clerk.id, now=JOINED)
    return ceremony.write(
        house.ceremony, {NEW_KEY: private}, house.host_secret, house.password_cost
    )[NEW_KEY]


def test_without_keys_the_page_says_what_to_do(app: Flask, clerk: Colleague) -> None:
    page = sign_in(app, clerk).open("/keys")
    assert "portal init" in page.text


def test_a_holder_imports_from_paper_and_lets_a_colleague_in(
    app: Flask, clerk: Colleague, handler: Colleague, house: DeskHouse, printed: str
) -> None:
    browser = sign_in(app, clerk)
    page = browser.open("/keys")
    assert "没有人持有" in page.text
    assert "首次密钥文件还在服务器上" in page.text
    assert "2027年3月31日" in page.text
    browser.click("用密钥纸导入office-1")
    page = browser.fill(printed=printed.upper())
    assert "苏晚（您）" in page.text
    assert "只有1个人持有" in page.text
    browser.click("授予同事office-1")
    page = browser.fill(person=handler.id)
    assert "只有1个人持有" not in page.text
    assert "苏晚授予" in page.text
    assert "没有要授予的同事" in page.text
    opened = held(house, sign_in(app, handler))
    assert opened.keys() == {NEW_KEY}
    with house.database.reading() as session:
        assert opened[NEW_KEY].recipient == keys.recipient(session, NEW_KEY)


@pytest.mark.parametrize("group", ["a", "b"])
def test_a_custodian_imports_the_groups_key_and_nobody_of_the_other_group_can(
    app: Flask, house: DeskHouse, group: str
) -> None:
    key_id, private = f"custodian-{group}", Identity.generate()
    with house.database.writing() as session:
        keys.register(
            session,
            key_id=key_id,
            kind=f"custodian_{group}",
            recipient=private.recipient,
            not_after=None,
        )
    files = ceremony.write(house.ceremony, {key_id: private}, NO_HOST_SECRET, house.password_cost)
    roles = {"a": Role.CUSTODIAN_A, "b": Role.CUSTODIAN_B}
    other = sign_in(app, hire(house, "wen.heqing", roles["b" if group == "a" else "a"]))
    assert f"用密钥纸导入{key_id}" not in other.open("/keys").links
    other.open(f"/keys/{key_id}/import", status=403)
    browser = sign_in(app, hire(house, "bai.xingzhou", roles[group]))
    assert "您还没有本组的密钥" in browser.open("/identities").main
    browser.open("/keys")
    browser.click(f"用密钥纸导入{key_id}")
    browser.fill(printed=files[key_id])
    assert held(house, browser) == {key_id: private}
    assert "您还没有本组的密钥" not in browser.open("/identities").main


def test_the_wrong_paper(app: Flask, clerk: Colleague, printed: str) -> None:
    browser = sign_in(app, clerk)
    browser.open(f"/keys/{NEW_KEY}/import")
    page = browser.fill(printed=printed + "x", status=422)
    assert page.error("printed") == "口令不对，请对着密钥纸再看一遍"
    assert page.value("printed") == ""
    page = browser.fill(printed="", status=422)
    assert page.error("printed") == "请填密钥纸上的口令"


def test_the_file_is_gone(app: Flask, clerk: Colleague, house: DeskHouse, printed: str) -> None:
    (house.ceremony / f"{NEW_KEY}.key").unlink()
    browser = sign_in(app, clerk)
    assert "用密钥纸导入office-1" not in browser.open("/keys").links
    browser.open(f"/keys/{NEW_KEY}/import")
    page = browser.fill(printed=printed, status=422)
    assert "可能已经删掉了" in (page.error("printed") or "")


def test_a_file_that_holds_another_key(
    app: Flask, clerk: Colleague, house: DeskHouse, printed: str
) -> None:
    browser = sign_in(app, clerk)
    with house.database.writing() as session:
        other = str(Identity.generate().recipient)
        session.execute(update(Key).values(recipient=other))
    browser.open(f"/keys/{NEW_KEY}/import")
    page = browser.fill(printed=printed, status=422)
    assert (page.error("printed") or "").startswith("没有导入")


def test_only_a_holder_grants(
    app: Flask, clerk: Colleague, handler: Colleague, house: DeskHouse
) -> None:
    make_key(house, NEW_KEY, "office", [handler])
    browser = sign_in(app, clerk)
    browser.open(f"/keys/{NEW_KEY}/grant", status=403)
    token = browser.open("/account").value("csrf_token")
    form = {"person": clerk.id, "csrf_token": token}
    browser.post(f"/keys/{NEW_KEY}/grant", form, status=403)


@pytest.mark.parametrize("whom", ["a handler for intake", "an administrator", "nobody"])
def test_a_key_goes_only_to_whom_it_fits(
    app: Flask, clerk: Colleague, handler: Colleague, house: DeskHouse, whom: str
) -> None:
    keeper = hire(house, "he.ping", Role.SECURITY_ADMINISTRATOR, display_name="何平")
    make_key(house, "intake-2026-4", "intake", [clerk])
    browser = sign_in(app, clerk)
    assert "没有可以授予的同事" in browser.open("/keys/intake-2026-4/grant").text
    wanted = {"a handler for intake": handler.id, "an administrator": keeper.id, "nobody": "0" * 32}
    form = {"person": wanted[whom], "csrf_token": browser.page.value("csrf_token")}
    browser.post("/keys/intake-2026-4/grant", form, status=422)
    assert held(house, browser).keys() == {"intake-2026-4"}


def test_nobody_is_chosen(
    app: Flask, clerk: Colleague, handler: Colleague, house: DeskHouse
) -> None:
    make_key(house, NEW_KEY, "office", [clerk], members=[handler])
    browser = sign_in(app, clerk)
    browser.open(f"/keys/{NEW_KEY}/grant")
    assert browser.fill(status=422).error("person") == "请选一位同事"
    assert handler.name in browser.page.text


def test_a_handler_does_not_import_the_intake_key(
    app: Flask, handler: Colleague, house: DeskHouse
) -> None:
    make_key(house, "intake-2026-4", "intake", [])
    sign_in(app, handler).open("/keys/intake-2026-4/import", status=403)


def test_paper_in_the_wrong_hands_opens_nothing(
    app: Flask, handler: Colleague, house: DeskHouse
) -> None:
    private = make_key(house, "intake-2026-4", "intake", [])
    printed = ceremony.write(
        house.ceremony,
        {"intake-2026-4": private, "recovery": Identity.generate()},
        house.host_secret,
        house.password_cost,
    )
    browser = sign_in(app, handler)
    for key_id, status in (("intake-2026-4", 403), ("recovery", 404)):
        token = browser.open("/account").value("csrf_token")
        form = {"printed": printed[key_id], "csrf_token": token}
        browser.post(f"/keys/{key_id}/import", form, status=status)
    assert held(house, browser) == {}


@pytest.mark.parametrize("act", ["grant", "import"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_keys(app: Flask, clerk: Colleague, act: str, method: str) -> None:
    browser = sign_in(app, clerk)
    if method == "GET":
        browser.open(f"/keys/none/{act}", status=404)
    else:
        form = {"csrf_token": browser.page.value("csrf_token"), "person": "x", "printed": ""}
        browser.post(f"/keys/none/{act}", form, status=404)


def test_keys_are_changed_only_after_a_fresh_proof(
    app: Flask, clerk: Colleague, handler: Colleague, house: DeskHouse
) -> None:
    make_key(house, NEW_KEY, "office", [clerk], members=[handler])
    browser = sign_in(app, clerk)
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    browser.open(f"/keys/{NEW_KEY}/grant")
    page = browser.fill(person=handler.id, status=422)
    assert page.error("password") == "请再填一次口令和动态码"
    page = browser.fill(person=handler.id, password=clerk.passphrase, code=clerk.code())
    assert "陆宁" in page.text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (61, "密钥清单有效，还有61天到期"),
        (59, "密钥清单还有59天到期"),
        (6, "密钥清单还有6天到期"),
        (-1, "密钥清单不能用，网上填写已经停用"),
    ],
)
def test_the_end_of_the_manifest_is_told_in_time(
    app: Flask,
    clerk: Colleague,
    house: DeskHouse,
    root_key: Ed25519PrivateKey,
    *,
    days: int,
    said: str,
) -> None:
    make_key(house, NEW_KEY, "office", [clerk])
    write_manifest(house.settings.instance / "manifest.json", root_key, days=days)
    assert said in sign_in(app, clerk).open("/keys").text


def test_a_retired_key_says_that_it_will_go(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    make_key(house, "intake-2026-4", "intake", [clerk])
    with house.database.writing() as session:
        session.execute(update(Key).values(retired_on=date(2027, 1, 4)))
    page = sign_in(app, clerk).open("/keys")
    assert "2027年1月4日停用，等最后的举报打开后删除" in page.text
