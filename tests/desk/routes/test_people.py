"""People, as the security administrator manages them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.sessions import StaffSession
from tests.desk.staff import Colleague, hire, make_key, person_of, sign_in
from tests.pages import Browser


@pytest.fixture
def keeper(house: DeskHouse) -> Colleague:
    return hire(house, "he.ping", Role.SECURITY_ADMINISTRATOR, display_name="何平")


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


@pytest.fixture
def browser(app: Flask, keeper: Colleague) -> Browser:
    return sign_in(app, keeper)


def let_proof_grow_old(house: DeskHouse) -> None:
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))


def acts(house: DeskHouse) -> list[tuple[str | None, str]]:
    query = select(AuditEntry.person_id, AuditEntry.act).order_by(AuditEntry.n)
    with house.database.reading() as session:
        return [(person_id, act) for person_id, act in session.execute(query)]


def test_alone_the_administrator_is_told_whom_to_add(browser: Browser) -> None:
    page = browser.open("/people")
    assert "现在只有您一个人" in page.text
    page = browser.click("何平")
    assert "另一名安全管理员" in page.text


def test_a_new_person_gets_a_link(
    browser: Browser, keeper: Colleague, house: DeskHouse, app: Flask
) -> None:
    browser.open("/people")
    browser.click("添加人员")
    page = browser.fill(display_name="白鹭", name="Bai.Lu", roles="clerk,handler")
    assert page.h1 == "把这个链接交给白鹭"
    address = page.main.split("https://localhost")[1].split()[0]
    assert Browser(app).open(address).h1 == "白鹭，请完成登记"
    page = browser.open("/people")
    assert "受理员、承办人" in page.text
    assert "等待登记" in page.text
    added, linked = acts(house)[-2:]
    assert (added, linked) == (
        (keeper.id, "person-added"),
        (keeper.id, "link-issued"),
    )


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": "su.wan"}, "name", "这个登录名有人用，或者有人用过，请换一个"),
        ({"name": "苏晚"}, "name", "登录名用2到32个字母"),
        ({"name": ""}, "name", "请填登录名"),
        ({"display_name": ""}, "display_name", "请填姓名"),
        ({"display_name": "长" * 51}, "display_name", "姓名最多50个字"),
        ({"roles": False}, "roles", "请选一个角色"),
    ],
)
def test_what_a_new_person_lacks_is_told(
    browser: Browser, typed: dict[str, str], field: str, said: str
) -> None:
    browser.open("/people/new")
    given = {"display_name": "白鹭", "name": "bai.lu", "roles": "clerk", **typed}
    page = browser.fill(**given, status=422)
    assert (page.error(field) or "").startswith(said)
    kept = "name" if field != "name" else "display_name"
    assert page.value(kept) == given[kept]


def test_roles_that_do_not_go_together_are_not_offered(browser: Browser) -> None:
    page = browser.open("/people/new")
    form = {
        "csrf_token": page.value("csrf_token"),
        "display_name": "白鹭",
        "name": "bai.lu",
        "roles": "clerk,auditor",
    }
    assert browser.post("/people/new", form, status=422).error("roles")


def test_other_roles_take_keys_away(browser: Browser, clerk: Colleague, house: DeskHouse) -> None:
    make_key(house, "office-1", "office", [clerk])
    make_key(house, "intake-2026-4", "intake", [clerk, hire(house, "lin.tao", Role.CLERK)])
    assert "intake-2026-4、office-1" in browser.open(f"/people/{clerk.id}").text
    browser.click("改角色")
    assert browser.page.value("roles") == "clerk"
    page = browser.fill(roles="handler")
    assert "承办人" in page.text
    assert "intake-2026-4" not in page.text
    assert "office-1" in page.text
    assert acts(house)[-1][1] == "roles-changed"


def test_letting_somebody_go_ends_everything_at_once(
    browser: Browser, clerk: Colleague, house: DeskHouse, app: Flask
) -> None:
    make_key(house, "office-1", "office", [clerk, hire(house, "lin.tao", Role.CLERK)])
    theirs = sign_in(app, clerk)
    browser.open(f"/people/{clerk.id}")
    browser.click("停用账号（调离、退休、遗失）")
    page = browser.press("停用账号")
    assert "已停用" in page.text
    assert theirs.open("/account").h1 == "登录办公台"
    row = person_of(house, clerk)
    assert (row.wrapped_private, row.totp_secret, row.recipient) == (None, None, None)
    assert "只有1个人持有" in browser.open("/keys").text
    page = browser.open(f"/people/{clerk.id}")
    assert "账号已经停用" in page.text
    assert "改角色" not in page.links


@pytest.mark.parametrize("act", ["roles", "let-go"])
def test_the_last_holder_of_a_key_keeps_it(
    browser: Browser, clerk: Colleague, house: DeskHouse, act: str
) -> None:
    make_key(house, "intake-2026-4", "intake", [clerk])
    browser.open(f"/people/{clerk.id}/{act}")
    page = browser.fill(status=422, **({"roles": "handler"} if act == "roles" else {}))
    assert "现在没有别人持有 intake-2026-4" in page.errors[0]
    assert "intake-2026-4" in browser.open(f"/people/{clerk.id}").text
    assert person_of(house, clerk).active


def test_a_new_link_for_the_last_holder_is_warned_of(
    browser: Browser, clerk: Colleague, house: DeskHouse
) -> None:
    make_key(house, "intake-2026-4", "intake", [clerk])
    assert "只有苏晚持有 intake-2026-4" in browser.open(f"/people/{clerk.id}/link/new").text


@pytest.mark.parametrize("act", ["roles", "link/new", "let-go"])
def test_nobody_changes_the_own_account(browser: Browser, keeper: Colleague, act: str) -> None:
    browser.open(f"/people/{keeper.id}/{act}")
    page = browser.fill(status=422)
    assert page.errors == ["不能改自己的账号，请由另一名安全管理员来改"]


@pytest.mark.parametrize("act", ["roles", "link/new", "let-go"])
def test_nobody_who_has_left_comes_back(browser: Browser, clerk: Colleague, act: str) -> None:
    browser.open(f"/people/{clerk.id}/let-go")
    browser.press("停用账号")
    browser.open(f"/people/{clerk.id}/{act}")
    page = browser.fill(status=422)
    assert page.errors == ["这个账号已经停用，不能再改"]


def test_a_new_link_for_somebody_who_lost_the_passphrase(
    browser: Browser, clerk: Colleague
) -> None:
    browser.open(f"/people/{clerk.id}")
    page = browser.click("重新登记（忘了口令、换了手机）")
    assert "持有的密钥全部收回" in page.text
    assert browser.press("发登记链接").h1 == "把这个链接交给苏晚"
    assert "可以重新登记" in browser.open(f"/people/{clerk.id}").text


def test_a_link_is_shown_only_where_it_was_made(
    browser: Browser, clerk: Colleague, keeper: Colleague
) -> None:
    assert browser.open(f"/people/{clerk.id}/link").h1 == "苏晚"
    assert browser.open(f"/people/{keeper.id}/link").h1 == "何平"


@pytest.mark.parametrize("rest", ["", "/roles", "/link", "/link/new", "/let-go"])
def test_unknown_people(browser: Browser, rest: str) -> None:
    browser.open(f"/people/{'0' * 32}{rest}", status=404)


def test_after_five_minutes_the_passphrase_is_asked_again(
    browser: Browser, keeper: Colleague, clerk: Colleague, house: DeskHouse
) -> None:
    let_proof_grow_old(house)
    browser.open(f"/people/{clerk.id}/roles")
    page = browser.fill(roles="handler", status=422)
    assert page.error("password") == "请再填一次口令和动态码"
    assert page.value("roles") == "handler"
    page = browser.fill(password="wrong", code="123456", status=422)
    assert (page.error("password") or "").startswith("登录名、口令或动态码不对")
    assert acts(house)[-1] == (keeper.id, "proof-refused")
    page = browser.fill(password=keeper.passphrase, code=keeper.code(), status=422)
    assert "请等" in (page.error("password") or "")
    assert [one.role for one in person_of(house, clerk).roles] == ["clerk"]


def test_a_fresh_proof_lasts_another_five_minutes(
    browser: Browser, keeper: Colleague, clerk: Colleague, house: DeskHouse
) -> None:
    let_proof_grow_old(house)
    browser.open(f"/people/{clerk.id}/roles")
    browser.fill(roles="handler", password=keeper.passphrase, code=keeper.code())
    page = browser.open(f"/people/{clerk.id}/roles")
    assert "请再核对一次身份" not in page.text
    assert "受理员" in browser.fill(roles="clerk").text


def test_a_very_long_name_and_many_people_fit(browser: Browser, house: DeskHouse) -> None:
    for number in range(30):
        hire(house, f"person-{number}", Role.HANDLER, display_name="欧阳" * 25)
    page = browser.open("/people")
    assert len(page.find_all("tr")) == 32
