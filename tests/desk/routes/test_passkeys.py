"""Passkeys at the desk: registered after a fresh proof, and then good beside the six digits."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain import passkey_answers
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.passkeys import Passkey, PasskeyChallenge
from portal.desk.models.sessions import SignInAttempts, StaffSession
from tests.desk.authenticator import PRESENT, Authenticator, answered, offer_passkeys, options_on
from tests.desk.refused import refused
from tests.desk.staff import Colleague, hire, make_key, sign_in
from tests.pages import Browser

WITHOUT_CODE = "不填动态码，用通行密钥"


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    offer_passkeys(house)
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


@pytest.fixture
def key() -> Authenticator:
    return Authenticator()


def register(browser: Browser, key: Authenticator, name: str = "办公室的小钥匙") -> None:
    browser.open("/account/passkeys/new")
    browser.fill(name=name)
    page = answered(browser, key.make)
    assert "通行密钥登记好了" in page.text


def acts(house: DeskHouse) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.n)))


def later(house: DeskHouse) -> None:
    """Let six minutes pass since the last proof, and every delay."""
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
        session.execute(update(SignInAttempts).values(delayed_until=datetime.now(UTC)))


def give_passphrase(app: Flask, clerk: Colleague, *, status: int = 200, **other: str) -> Browser:
    browser = Browser(app)
    browser.open("/sign-in?next=/keys")
    typed = {"name": clerk.name, "password": clerk.passphrase, **other}
    browser.fill(press=WITHOUT_CODE, status=status, **typed)
    return browser


def test_a_passkey_opens_the_desk_and_its_keys_without_a_code(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    make_key(house, "office-1", "office", [clerk])
    register(sign_in(app, clerk), key)
    browser = give_passphrase(app, clerk)
    assert browser.page.h1 == "再用通行密钥核对一次"
    page = answered(browser, key.answer)
    assert page.url == "/keys"
    assert "苏晚（您）" in page.text
    assert acts(house)[-2:] == ["passkey-added", "signed-in"]
    assert "还没有用过" not in browser.open("/account/passkeys").text
    with house.database.reading() as session:
        assert session.scalars(select(SignInAttempts)).all() == []
        assert session.scalars(select(PasskeyChallenge)).all() == []


def test_no_passkey_is_named_before_the_passphrase_was_right(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    register(sign_in(app, clerk), key)
    hire(house, "lu.ning", Role.CLERK)
    refused = [
        give_passphrase(app, clerk, status=422, **{name: typed}).page
        for name, typed in (("password", "wrong"), ("name", "nobody"), ("name", "lu.ning"))
    ]
    told = {page.error("password") for page in refused}
    assert len(told) == 1
    assert (told.pop() or "").startswith("登录名或口令不对，或者这个账号没有通行密钥")
    assert "allowCredentials" not in "".join(page.text for page in refused)
    assert Browser(app).open("/sign-in/passkey").h1 == "登录办公台"


def test_whoever_has_no_passkey_is_not_told_that_the_passphrase_was_right(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    page = give_passphrase(app, clerk, status=422).page
    assert (page.error("password") or "").startswith("登录名或口令不对，或者")
    assert refused(house) == 1


def test_a_question_is_answered_once_even_by_the_right_key(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    register(sign_in(app, clerk), key)
    browser = give_passphrase(app, clerk)
    options, token = options_on(browser.page), browser.page.value("csrf_token")
    page = answered(browser, Authenticator().answer, status=422)
    assert (page.error("password") or "").startswith("通行密钥没有通过")
    assert refused(house) == 1
    form = {"csrf_token": token, "answer": key.answer(options)}
    assert browser.post("/sign-in/passkey/answer", form).h1 == "登录办公台"
    assert acts(house).count("signed-in") == 1


def test_wrong_answers_make_the_next_try_wait_as_wrong_codes_do(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    register(sign_in(app, clerk), key)
    for _try in range(3):
        answered(give_passphrase(app, clerk), Authenticator().answer, status=422)
        with house.database.writing() as session:
            session.execute(update(SignInAttempts).values(delayed_until=datetime.now(UTC)))
    with house.database.reading() as session:
        (row,) = session.scalars(select(SignInAttempts))
    assert row.failed == 3


def test_a_copy_that_counts_from_before_is_refused_and_written_down(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    register(sign_in(app, clerk), key)
    key.count = 40
    answered(give_passphrase(app, clerk), key.answer)
    key.count = 20
    answered(give_passphrase(app, clerk), key.answer, status=422)
    with house.database.reading() as session:
        passkey = session.scalars(select(Passkey)).one()
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.n.desc())).first()
    assert passkey.sign_count == 41
    assert entry is not None
    assert (entry.act, entry.person_id, entry.target) == ("passkey-refused", clerk.id, passkey.id)


def test_an_answer_without_the_users_finger_is_refused(
    app: Flask, clerk: Colleague, key: Authenticator
) -> None:
    register(sign_in(app, clerk), key)
    key.flags = PRESENT
    answered(give_passphrase(app, clerk), key.answer, status=422)


def test_the_six_digits_stay_good_beside_it_and_after_it(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    register(browser, key)
    sign_in(app, clerk)
    browser.open("/account/passkeys")
    browser.click("删掉办公室的小钥匙")
    assert "已经删掉" in browser.press("删掉").text
    give_passphrase(app, clerk, status=422)
    assert "passkey-removed" in acts(house)


@pytest.mark.parametrize("path", ["/account/passkeys/new", "remove"])
def test_adding_and_removing_ask_for_a_fresh_proof(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse, path: str
) -> None:
    browser = sign_in(app, clerk)
    register(browser, key)
    later(house)
    if path == "remove":
        browser.open("/account/passkeys")
        browser.click("删掉办公室的小钥匙")
        assert browser.press("删掉", status=422).error("password")
        return
    browser.open(path)
    page = browser.fill(name="家里的", status=422)
    assert page.error("password")
    assert page.value("name") == "家里的"
    browser.fill(name="家里的", password=clerk.passphrase, code=clerk.code())
    assert browser.page.h1 == "登记“家里的”"


def test_a_key_that_was_registered_is_not_registered_again(
    app: Flask, clerk: Colleague, key: Authenticator
) -> None:
    browser = sign_in(app, clerk)
    register(browser, key)
    browser.open("/account/passkeys/new")
    browser.fill(name="又一次")
    assert len(options_on(browser.page)["excludeCredentials"]) == 1
    page = answered(browser, key.make, status=422)
    assert page.error("name") == "这把通行密钥已经登记过了"
    assert page.value("name") == "又一次"


def test_a_colleagues_passkey_is_neither_shown_nor_removed(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    register(sign_in(app, clerk), key)
    with house.database.reading() as session:
        passkey_id = session.scalars(select(Passkey.id)).one()
    other = sign_in(app, hire(house, "lu.ning", Role.CLERK))
    assert "还没有登记" in other.open("/account/passkeys").text
    other.open(f"/account/passkeys/{passkey_id}/remove", status=404)


@pytest.mark.parametrize("missing", ["library", "setting", "address"])
def test_where_passkeys_cannot_be_used_the_page_says_why_and_codes_do(
    app: Flask,
    clerk: Colleague,
    house: DeskHouse,
    monkeypatch: pytest.MonkeyPatch,
    missing: str,
) -> None:
    if missing == "library":
        monkeypatch.setattr(passkey_answers, "INSTALLED", False)
    else:
        offer_passkeys(house, "" if missing == "setting" else "https://desk.example")
    said = {"library": "没有装", "setting": "还没有设置", "address": "https://desk.example"}
    browser = sign_in(app, clerk)
    browser.click("通行密钥")
    assert said[missing] in browser.page.main
    assert "登记一把通行密钥" not in browser.page.links
    assert browser.open("/account/passkeys/new").h1 == "通行密钥"
    assert said[missing] in browser.open("/account/proof").main
    stranger = Browser(app)
    stranger.open("/sign-in")
    assert WITHOUT_CODE not in stranger.page.text
    form = {
        "csrf_token": stranger.page.value("csrf_token"),
        "name": clerk.name,
        "password": clerk.passphrase,
    }
    assert stranger.post("/sign-in/passkey", form).h1 == "登录办公台"
