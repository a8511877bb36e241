"""The desk in a lockdown: nobody is in, nobody comes in, until it is lifted."""

import pytest
from flask import Flask

from portal.desk.domain import sessions
from portal.web import lockdown
from tests.desk.casework import Office, at_work
from tests.desk.staff import sign_in
from tests.pages import Browser


def close(office: Office) -> None:
    file = office.house.settings.instance / lockdown.FILE
    file.write_text("now\n", encoding="ascii")


@pytest.mark.parametrize("url", ["/", "/cases", "/sign-in", "/enrol/x", "/nowhere"])
def test_who_is_signed_in_sees_nothing_more(app: Flask, office: Office, url: str) -> None:
    browser = at_work(app, office.clerk)
    close(office)
    assert browser.open(url, status=503).h1 == "办公台已经封锁"


def test_nobody_signs_in(app: Flask, office: Office) -> None:
    browser = Browser(app)
    browser.open("/sign-in")
    close(office)
    page = browser.fill(
        name=office.clerk.name,
        password=office.clerk.passphrase,
        code=office.clerk.code(),
        status=503,
    )
    assert "谁也不能登录" in page.main


def test_after_lifting_old_sessions_are_dead_and_new_ones_work(app: Flask, office: Office) -> None:
    browser = at_work(app, office.clerk)
    close(office)
    with office.house.database.writing() as session:
        sessions.end_everybody(session)
    (office.house.settings.instance / lockdown.FILE).unlink()
    assert browser.open("/").h1 == "登录办公台"
    assert sign_in(app, office.clerk).open("/").h1 == "陈雨，今天要办的"


def test_machines_are_told(app: Flask, office: Office) -> None:
    close(office)
    answer = app.test_client().get("/healthz", base_url="https://localhost")
    assert (answer.status_code, answer.text) == (503, "closed: lockdown\n")
