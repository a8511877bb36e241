"""The phone is lost: a code from paper lets the person in, once."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain import recovery_codes
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.sessions import StaffSession
from tests.desk.enrolling import code_of, copied
from tests.desk.staff import Colleague, hire, make_key, sign_in
from tests.page_parts import Page, words
from tests.pages import Browser


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


def codes_on(page: Page) -> list[str]:
    return [words(one) for one in page.find_all(class_="desk-recovery__code")]


def new_set(browser: Browser) -> list[str]:
    browser.open("/account")
    browser.click("换一套备用码")
    codes = codes_on(browser.page)
    assert "备用码已经换成新的一套" in browser.press("换成这一套").text
    return codes


def acts(house: DeskHouse) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.n)))


def come_in(app: Flask, clerk: Colleague, code: str, *, status: int = 200) -> Browser:
    browser = Browser(app)
    browser.open("/sign-in?next=/keys")
    browser.fill(name=clerk.name, password=clerk.passphrase, code=code, status=status)
    return browser


def test_codes_are_shown_at_enrolment_and_open_the_desk(
    app: Flask,
    link: str,
    house: DeskHouse,
) -> None:
    browser = Browser(app)
    page = browser.open(link)
    codes = codes_on(page)
    passphrase, secret = copied(page)
    assert codes_on(browser.fill(passphrase="wrong", code="000000", status=422)) == codes
    browser.fill(passphrase=passphrase, code=code_of(secret))
    browser.open("/sign-in")
    page = browser.fill(name="bai.lu", password=passphrase, code=codes[0])
    assert "您用掉了一个备用码，还剩9个" in page.text
    assert acts(house)[-2:] == ["recovery-code-used", "signed-in"]


def test_a_code_is_good_once_and_leads_on_to_where_one_was_going(
    app: Flask, clerk: Colleague
) -> None:
    codes = new_set(sign_in(app, clerk))
    browser = come_in(app, clerk, codes[0])
    assert browser.page.url.startswith("/account")
    assert browser.click("继续").h1 == "密钥"
    refused = come_in(app, clerk, codes[0], status=422)
    assert (refused.page.error("password") or "").startswith("登录名、口令或动态码不对")


def test_a_code_does_not_stand_in_for_the_passphrase(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    codes = new_set(sign_in(app, clerk))
    browser = Browser(app)
    browser.open("/sign-in")
    browser.fill(name=clerk.name, password="wrong", code=codes[0], status=422)
    with house.database.reading() as session:
        assert recovery_codes.left(session, clerk.id) == recovery_codes.HOW_MANY


def test_a_new_set_asks_for_a_fresh_proof_which_a_code_may_be(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    old = new_set(browser)
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    browser.open("/account/recovery-codes")
    shown = codes_on(browser.page)
    page = browser.fill(status=422)
    assert page.error("password")
    assert codes_on(page) == shown
    page = browser.fill(password=clerk.passphrase, code=old[7])
    assert "还剩10个" in page.text
    come_in(app, clerk, old[1], status=422)


def test_pressed_twice_makes_one_set(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/recovery-codes")
    form = {"csrf_token": browser.page.value("csrf_token")}
    browser.press("换成这一套")
    browser.post("/account/recovery-codes", form, status=422)
    assert acts(house).count("recovery-codes-made") == 1


def test_with_a_code_keys_stay(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    make_key(house, "office-1", "office", [clerk])
    codes = new_set(sign_in(app, clerk))
    assert "苏晚（您）" in come_in(app, clerk, codes[0]).open("/keys").text
