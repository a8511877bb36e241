"""A one-time link: what is shown is copied, typed back, and good from then on."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain import enrolment, people
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.people import Enrolment
from tests.desk.enrolling import code_of, copied, enrol
from tests.desk.staff import hire, make_key, sign_in
from tests.pages import Browser


def test_a_new_clerk_enrols_and_signs_in(app: Flask, link: str) -> None:
    browser = Browser(app)
    page = browser.open(link)
    assert page.h1 == "白鹭，请完成登记"
    passphrase, secret = copied(page)
    page = browser.fill(passphrase=passphrase, code=code_of(secret))
    assert "登记完成" in page.text
    browser.open("/sign-in?next=/account")
    page = browser.fill(name="bai.lu", password=passphrase, code=code_of(secret, ahead=30))
    assert page.h1 == "我的账号"


def test_the_code_typed_back_is_used_up(app: Flask, link: str) -> None:
    browser = Browser(app)
    passphrase, secret = copied(browser.open(link))
    code = code_of(secret)
    browser.fill(passphrase=passphrase, code=code)
    browser.fill(name="bai.lu", password=passphrase, code=code, status=422)


def test_mistakes_are_told_and_the_words_stay(app: Flask, link: str) -> None:
    browser = Browser(app)
    passphrase, secret = copied(browser.open(link))
    page = browser.fill(passphrase="something else", code=code_of(secret), status=422)
    assert page.error("passphrase") == "和上面的口令不一样，请对着再看一遍"
    page = browser.fill(passphrase=passphrase, code="000000", status=422)
    assert (page.error("code") or "").startswith("动态码不对")
    page = browser.fill(passphrase="", code="", status=422)
    assert page.error("passphrase") == "请把抄下的口令填一遍"
    assert copied(page) == (passphrase, secret)


def test_everybody_who_opens_the_link_sees_another_passphrase(app: Flask, link: str) -> None:
    first, second = copied(Browser(app).open(link)), copied(Browser(app).open(link))
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_browser_that_lost_its_cookie_starts_again(app: Flask, link: str) -> None:
    browser = Browser(app)
    before = copied(browser.open(link))
    browser.client.delete_cookie("__Host-desk", domain="localhost")
    page = browser.fill(passphrase=before[0], code=code_of(before[1]), status=422)
    assert "已经换成新的" in (page.error("passphrase") or "")
    assert copied(page)[0] != before[0]


@pytest.mark.parametrize("state", ["used", "too old", "replaced", "never made", "person left"])
def test_a_link_that_does_not_count(app: Flask, link: str, house: DeskHouse, state: str) -> None:
    browser = Browser(app)
    passphrase, secret = copied(browser.open(link))
    form = {
        "passphrase": passphrase,
        "code": code_of(secret),
        "csrf_token": browser.page.value("csrf_token"),
    }
    if state == "used":
        browser.fill(passphrase=passphrase, code=code_of(secret))
    else:
        _spoil(house, state)
    address = link[:-3] + "xyz" if state == "never made" else link
    assert browser.post(address, form, status=404).h1 == "这个链接不能用"
    assert browser.open(address, status=404).h1 == "这个链接不能用"


def _spoil(house: DeskHouse, state: str) -> None:
    now = datetime.now(UTC)
    with house.database.writing() as session:
        (line,) = people.overview(session, now=now)
        person = people.get(session, line.id)
        if state == "too old":
            session.execute(update(Enrolment).values(expires_at=now))
        elif state == "replaced":
            enrolment.issue(session, person, by=None, now=now)
        elif state == "person left":
            people.let_go(session, person, by="somebody else", now=now)


def test_who_enrols_again_starts_without_keys_and_without_sessions(
    app: Flask, house: DeskHouse
) -> None:
    clerk, now = hire(house, "su.wan", Role.CLERK), datetime.now(UTC)
    make_key(house, "office-1", "office", [clerk])
    old = sign_in(app, clerk)
    with house.database.writing() as session:
        person = people.get(session, clerk.id)
        token = enrolment.issue(session, person, by=None, now=now)
    assert old.open("/account").h1 == "我的账号"
    again = enrol(app, f"/enrol/{token}", clerk)
    assert old.open("/account").h1 == "登录办公台"
    assert "没有人持有" in sign_in(app, again).open("/keys").text
