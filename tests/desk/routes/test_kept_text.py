"""What was typed before the session ended comes back to its author, and to nobody else."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain import boxes
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.people import Person
from portal.desk.models.sessions import StaffSession
from portal.desk.routes import kept
from tests.desk.staff import Colleague, hire, sign_in
from tests.pages import Browser

TYPED = {"display_name": "柳𠮷溪", "name": "liu.jixi", "roles": "clerk"}


@pytest.fixture
def keeper(house: DeskHouse) -> Colleague:
    return hire(house, "he.ping", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def browser(app: Flask, keeper: Colleague, house: DeskHouse) -> Browser:
    """A browser whose form comes twenty minutes late."""
    browser = sign_in(app, keeper)
    browser.open("/people/new")
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=20)
        session.execute(update(StaffSession).values(seen_at=then))
    page = browser.fill(**TYPED, status=403)
    assert page.h1 == "登录办公台"
    assert "没有丢" in page.text
    return browser


def come_back(browser: Browser, colleague: Colleague) -> None:
    browser.fill(name=colleague.name, password=colleague.passphrase, code=colleague.code())


def test_the_author_finds_the_text_again_once(
    browser: Browser, keeper: Colleague, house: DeskHouse
) -> None:
    come_back(browser, keeper)
    page = browser.page
    assert page.url == "/people/new"
    assert "放回来了" in page.text
    assert {name: page.value(name) for name in TYPED} == TYPED
    assert browser.open("/people/new").value("name") == ""
    with house.database.reading() as session:
        assert session.scalars(select(Person).where(Person.name == TYPED["name"])).all() == []


def test_the_text_can_be_sent_then(browser: Browser, keeper: Colleague) -> None:
    come_back(browser, keeper)
    assert browser.press("添加，并发登记链接").h1 == "把这个链接交给柳𠮷溪"


def test_a_try_that_fails_keeps_the_text(browser: Browser, keeper: Colleague) -> None:
    sealed = browser.page.value("kept")
    browser.fill(name="nobody", password="wrong", code="123456", status=422)
    assert browser.page.value("kept") == sealed
    come_back(browser, keeper)
    assert browser.page.value("display_name") == TYPED["display_name"]


def test_somebody_else_does_not_get_it(browser: Browser, house: DeskHouse) -> None:
    come_back(browser, hire(house, "lu.ning", Role.SECURITY_ADMINISTRATOR))
    assert browser.page.url == "/"
    assert browser.open("/people/new").value("display_name") == ""


def test_it_is_sealed_where_it_waits(browser: Browser, keeper: Colleague, house: DeskHouse) -> None:
    assert TYPED["name"].encode() not in browser.page.body
    form = {
        "name": keeper.name,
        "password": keeper.passphrase,
        "code": keeper.code(),
        "kept": browser.page.value("kept"),
        "csrf_token": browser.page.value("csrf_token"),
    }
    browser.client.post("/sign-in", base_url=browser.origin, data=form)
    with house.database.reading() as session:
        (row,) = [
            row for row in session.scalars(select(StaffSession)) if row.sealed_refill is not None
        ]
    assert row.sealed_refill is not None
    assert TYPED["name"].encode() not in row.sealed_refill


def test_an_altered_or_foreign_text_is_dropped(browser: Browser, keeper: Colleague) -> None:
    form = {
        "name": keeper.name,
        "password": keeper.passphrase,
        "code": keeper.code(),
        "kept": "AAAA" + browser.page.value("kept")[4:],
        "csrf_token": browser.page.value("csrf_token"),
    }
    browser.post("/sign-in", form)
    assert browser.page.url == "/"


def test_without_a_session_nothing_is_kept(app: Flask) -> None:
    browser = Browser(app)
    page = browser.post("/people/new", TYPED, status=403)
    assert "没有丢" not in page.text
    assert "请重新登录" in page.text


@pytest.mark.parametrize(
    ("path", "age", "url"),
    [
        pytest.param("/sign-out", timedelta(0), "/", id="a page that only takes forms"),
        pytest.param("/keys", timedelta(hours=2), "/", id="text of the morning"),
        pytest.param("/keys", timedelta(0), "/keys", id="a page"),
    ],
)
def test_text_goes_only_to_a_page_that_opens_and_not_for_ever(
    app: Flask, keeper: Colleague, house: DeskHouse, *, path: str, age: timedelta, url: str
) -> None:
    at = int((datetime.now(UTC) - age).timestamp())
    text = json.dumps({"person": keeper.id, "path": path, "form": [], "at": at}).encode()
    sealed = boxes.seal(house.host_secret, kept.PURPOSE, text)
    browser = Browser(app)
    browser.open("/sign-in")
    form = {
        "name": keeper.name,
        "password": keeper.passphrase,
        "code": keeper.code(),
        "kept": urlsafe_b64encode(sealed).decode(),
        "csrf_token": browser.page.value("csrf_token"),
    }
    assert browser.post("/sign-in", form).url == url


def test_text_for_another_page_waits_for_it(browser: Browser, keeper: Colleague) -> None:
    form = {
        "name": keeper.name,
        "password": keeper.passphrase,
        "code": keeper.code(),
        "kept": browser.page.value("kept"),
        "csrf_token": browser.page.value("csrf_token"),
    }
    browser.client.post("/sign-in", base_url=browser.origin, data=form)
    browser.open(f"/people/{keeper.id}/roles")
    assert "放回来了" not in browser.page.text
    assert browser.open("/people/new").value("display_name") == TYPED["display_name"]
