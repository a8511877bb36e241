"""A new phone is set up with a code of the old one, or of the paper; keys stay."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain import recovery_codes
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.people import Person
from portal.desk.models.sessions import SignInAttempts, StaffSession
from tests.desk.enrolling import code_of
from tests.desk.staff import Colleague, hire, make_key, sign_in
from tests.page_parts import words
from tests.pages import Browser


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


def shown(browser: Browser) -> str:
    return words(browser.page.find(class_="desk-secret")).replace(" ", "")


def later(house: DeskHouse) -> None:
    """Let six minutes pass since the last proof, and every delay."""
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
        session.execute(update(SignInAttempts).values(delayed_until=datetime.now(UTC)))


def changes(house: DeskHouse) -> int:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.act))).count("phone-changed")


def test_a_code_of_the_new_phone_makes_it_the_one_that_counts(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    make_key(house, "office-1", "office", [clerk])
    elsewhere, browser = sign_in(app, clerk), sign_in(app, clerk)
    browser.click("换手机")
    secret = shown(browser)
    page = browser.fill(fresh=code_of(secret))
    assert "手机已经换好" in page.text
    assert "苏晚（您）" in browser.open("/keys").text
    assert elsewhere.open("/account").h1 == "登录办公台"
    assert changes(house) == 1
    used = {code_of(secret), code_of(secret, ahead=-30)}
    again = sign_in(app, Colleague(clerk.id, clerk.name, clerk.passphrase, secret, used))
    assert "苏晚（您）" in again.open("/keys").text


def test_codes_of_the_old_phone_are_good_until_then_and_no_longer(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/phone")
    secret = shown(browser)
    sign_in(app, clerk)
    browser.fill(fresh=code_of(secret))
    stranger = Browser(app)
    stranger.open("/sign-in")
    old = clerk.code()
    stranger.fill(name=clerk.name, password=clerk.passphrase, code=old, status=422)


@pytest.mark.parametrize("typed", ["", "000000", "一二三四五六七八九十一二三四五六七八九十一"])
def test_the_same_secret_stays_on_the_page_after_a_mistake(
    app: Flask, clerk: Colleague, house: DeskHouse, typed: str
) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/phone")
    secret = shown(browser)
    page = browser.fill(fresh=typed, status=422)
    assert page.error("fresh")
    assert shown(browser) == secret
    assert changes(house) == 0


def test_after_five_minutes_passphrase_and_old_code_are_asked_for(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    later(house)
    page = browser.open("/account/phone")
    assert "旧手机不在了，填一个备用码" in page.text
    fresh = code_of(shown(browser))
    assert browser.fill(fresh=fresh, status=422).error("password")
    page = browser.fill(fresh=fresh, password=clerk.passphrase, code=fresh, status=422)
    assert page.error("password"), "a code of the new phone does not vouch for it"
    later(house)
    browser.fill(fresh=fresh, password=clerk.passphrase, code=clerk.code())
    assert changes(house) == 1


def test_who_lost_the_phone_sets_up_another_with_a_code_from_paper(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    codes = recovery_codes.draw()
    with house.database.writing() as session:
        person = session.get_one(Person, clerk.id)
        recovery_codes.replace(session, person, codes, house.host_secret, now=datetime.now(UTC))
    browser = Browser(app)
    browser.open("/sign-in")
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=codes[0])
    assert page.links["换手机"] == "/account/phone"
    later(house)
    browser.click("换手机")
    fresh = code_of(shown(browser))
    page = browser.fill(fresh=fresh, password=clerk.passphrase, code=codes[1])
    assert "还剩8个" in page.text


def test_pressed_twice_changes_it_once(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/phone")
    form = {
        "csrf_token": browser.page.value("csrf_token"),
        "fresh": code_of(shown(browser)),
    }
    both_carry = browser.client.get_cookie("__Host-desk", domain="localhost")
    assert both_carry is not None
    browser.post("/account/phone", form)
    browser.client.set_cookie(
        "__Host-desk", both_carry.value, domain="localhost", secure=True, path="/"
    )
    assert "手机已经换好" in browser.post("/account/phone", form).text
    assert changes(house) == 1


def test_a_page_from_before_the_last_change_shows_a_new_secret(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/phone")
    form = {"csrf_token": browser.page.value("csrf_token"), "fresh": code_of(shown(browser))}
    browser.post("/account/phone", form)
    page = browser.post("/account/phone", form, status=422)
    assert (page.error("fresh") or "").startswith("页面过期了")
    assert changes(house) == 1
