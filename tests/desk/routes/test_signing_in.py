"""Signing in and out: the same answers for everybody, and nothing left behind."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.desk.app import create_app
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.people import Person
from portal.desk.models.sessions import SignInAttempts, StaffSession
from tests.desk.refused import refused
from tests.desk.staff import Colleague, hire, sign_in
from tests.pages import Browser
from tests.settings import county

NOT_RIGHT = "登录名、口令或动态码不对"


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


def sessions_of(house: DeskHouse) -> list[StaffSession]:
    with house.database.reading() as session:
        return list(session.scalars(select(StaffSession)))


def acts(house: DeskHouse) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.n)))


def forgive(house: DeskHouse) -> None:
    """Let the delay after wrong tries pass."""
    with house.database.writing() as session:
        session.execute(update(SignInAttempts).values(delayed_until=datetime.now(UTC)))


def test_a_clerk_signs_in_and_comes_to_the_page_that_was_asked_for(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = Browser(app)
    assert browser.open("/account").h1 == "登录办公台"
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code())
    assert page.h1 == "我的账号"
    assert "苏晚" in page.text
    assert acts(house)[-1] == "signed-in"


def test_capitals_spaces_and_full_width_letters_do_not_matter(app: Flask, clerk: Colleague) -> None:
    typed = clerk.passphrase.upper().replace(" ", "　")
    browser = Browser(app)
    browser.open("/sign-in?next=/account")
    code = " ".join(clerk.code())
    assert browser.fill(name=" Su.Wan ", password=typed, code=code).h1 == "我的账号"


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        pytest.param("nobody", None, None, id="unknown name"),
        pytest.param(None, "wrong", None, id="wrong passphrase"),
        pytest.param(None, None, "000000", id="wrong code"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(
    app: Flask,
    clerk: Colleague,
    house: DeskHouse,
    *,
    name: str | None,
    password: str | None,
    code: str | None,
) -> None:
    browser = Browser(app)
    browser.open("/sign-in")
    page = browser.fill(
        name=name or clerk.name,
        password=password or clerk.passphrase,
        code=code or clerk.code(),
        status=422,
    )
    assert (page.error("password") or "").startswith(NOT_RIGHT)
    assert page.error("name") is None
    assert page.value("name") == (name or clerk.name)
    assert page.value("password") == ""
    assert sessions_of(house) == []
    assert refused(house) == 1


def test_known_and_unknown_names_are_delayed_alike(app: Flask, clerk: Colleague) -> None:
    told = []
    for name in (clerk.name, "nobody"):
        browser = Browser(app)
        browser.open("/sign-in")
        for _try in range(2):
            page = browser.fill(name=name, password="wrong", code="123456", status=422)
        told.append(page.error("password"))
    assert told[0] == told[1]
    assert "请等1秒" in (told[0] or "")


def test_a_right_try_during_the_delay_waits_and_then_succeeds(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = Browser(app)
    browser.open("/sign-in?next=/account")
    browser.fill(name=clerk.name, password="wrong", code="123456", status=422)
    with house.database.writing() as session:
        later = datetime.now(UTC) + timedelta(seconds=90)
        session.execute(update(SignInAttempts).values(delayed_until=later))
    code = clerk.code()
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=code, status=422)
    assert "没有锁住" in (page.error("password") or "")
    forgive(house)
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=code)
    assert page.h1 == "我的账号"
    with house.database.reading() as session:
        assert session.scalars(select(SignInAttempts)).all() == []


def test_a_code_is_good_once(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    code = clerk.code()
    first, second = Browser(app), Browser(app)
    for browser, status in ((first, 200), (second, 422)):
        browser.open("/sign-in?next=/account")
        browser.fill(name=clerk.name, password=clerk.passphrase, code=code, status=status)
    assert len(sessions_of(house)) == 1


def test_somebody_who_was_not_yet_enrolled_or_has_left_is_unknown(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    with house.database.writing() as session:
        session.execute(update(Person).values(active=False))
    browser = Browser(app)
    browser.open("/sign-in")
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code(), status=422)
    assert (page.error("password") or "").startswith(NOT_RIGHT)


def test_nothing_in_a_row_equals_what_the_cookie_carries(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    with browser.client.session_transaction(base_url=browser.origin) as carried:
        values = {str(value) for value in carried.values()}
    assert values
    rows = sessions_of(house)
    stored = {str(value) for row in rows for value in vars(row).values()}
    assert stored
    assert not values & stored
    cookie = browser.client.get_cookie("__Host-desk", domain="localhost")
    assert cookie is not None
    assert cookie.secure
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert cookie.max_age is None
    assert not any(value in cookie.value for value in values)


def test_each_sign_in_has_a_session_of_its_own(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    before = sessions_of(house)[0].id
    browser.open("/sign-in?next=/account")
    browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code())
    (after,) = sessions_of(house)
    assert after.id != before


def test_signing_out_ends_the_session_and_clears_the_browser(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    page = browser.press("退出")
    assert "已经退出" in page.text
    assert sessions_of(house) == []
    assert acts(house)[-1] == "signed-out"
    assert browser.open("/account").h1 == "登录办公台"


def test_signing_out_tells_the_browser_to_forget(app: Flask, clerk: Colleague) -> None:
    browser = sign_in(app, clerk)
    token = browser.page.value("csrf_token")
    answer = browser.client.post("/sign-out", base_url=browser.origin, data={"csrf_token": token})
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_signing_out_is_no_link(app: Flask, clerk: Colleague) -> None:
    browser = sign_in(app, clerk)
    browser.open("/sign-out", status=405)
    assert browser.open("/account").h1 == "我的账号"


def test_a_foreign_sign_out_asks_again(app: Flask, clerk: Colleague) -> None:
    browser = sign_in(app, clerk)
    page = browser.post("/sign-out", {"csrf_token": "forged"}, status=422)
    assert page.h1 == "还没有退出"
    assert browser.open("/account").h1 == "我的账号"


@pytest.mark.parametrize(
    "wanted",
    ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere", "/sign-out", "x"],
)
def test_nobody_is_sent_to_foreign_or_missing_pages(
    app: Flask, clerk: Colleague, wanted: str
) -> None:
    browser = Browser(app)
    browser.client.get("/sign-in", base_url=browser.origin, query_string={"next": wanted})
    browser.open("/sign-in")
    browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code())
    assert browser.page.url == "/"


@pytest.mark.parametrize(
    ("column", "ago"),
    [
        pytest.param("seen_at", timedelta(minutes=15), id="a quarter of an hour idle"),
        pytest.param("started_at", timedelta(hours=12), id="twelve hours in all"),
    ],
)
def test_a_session_ends_by_itself(
    app: Flask, clerk: Colleague, house: DeskHouse, column: str, ago: timedelta
) -> None:
    browser = sign_in(app, clerk)
    with house.database.writing() as session:
        session.execute(update(StaffSession).values({column: datetime.now(UTC) - ago}))
    assert browser.open("/account").h1 == "登录办公台"
    (row,) = sessions_of(house)
    assert row.sealed_private is None


def test_using_the_desk_keeps_the_session_alive(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=14)
        session.execute(update(StaffSession).values(seen_at=then))
    assert browser.open("/account").h1 == "我的账号"
    (row,) = sessions_of(house)
    assert row.seen_at > then + timedelta(minutes=13)


def test_signing_out_twice_harms_nobody(app: Flask, clerk: Colleague, house: DeskHouse) -> None:
    browser = sign_in(app, clerk)
    with house.database.writing() as session:
        session.execute(delete(StaffSession))
    assert "已经退出" in browser.press("退出").text
    assert "已经退出" in browser.post("/sign-out", {}).text


def test_over_plain_http_the_cookie_alone_is_cleared(house: DeskHouse) -> None:
    house.settings = county(house.settings.instance, https=False)
    clerk = hire(house, "su.wan", Role.CLERK)
    browser = sign_in(create_app(house), clerk)
    page = browser.press("退出")
    assert "Clear-Site-Data" not in page.headers
    with browser.client.session_transaction(base_url=browser.origin) as carried:
        assert set(carried) == {"csrf_token"}
