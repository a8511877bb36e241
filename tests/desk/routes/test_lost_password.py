"""A clerk loses the passphrase: a new link, a new key pair, every key granted again."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain import people
from portal.desk.domain.roles import Role
from portal.desk.models.sessions import StaffSession
from tests.desk.arrivals import INTAKE, LATER, STORY
from tests.desk.casework import OFFICE, Office, at_work
from tests.desk.enrolling import enrol
from tests.desk.staff import Colleague, hire, sign_in
from tests.pages import Browser


@pytest.fixture
def returned(app: Flask, office: Office) -> Colleague:
    """The clerk, enrolled anew by a link of the security administrator."""
    keeper = sign_in(app, hire(office.house, "he.ping", Role.SECURITY_ADMINISTRATOR))
    keeper.open(f"/people/{office.clerk.id}")
    keeper.click("重新登记（忘了口令、换了手机）")
    page = keeper.press("发登记链接")
    return enrol(app, page.main.split("https://localhost")[1].split()[0], office.clerk)


def grant_again(browser: Browser, key_id: str) -> None:
    page = browser.press(f"重新授予陈雨{key_id}")
    assert page.url == "/keys"
    assert f"重新授予陈雨{key_id}" not in page.text


def test_after_a_lost_password_cases_are_opened_again(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    assert STORY[:10] in at_work(app, office.clerk, f"/cases/{reporter.reference}").page.text
    keeper = sign_in(app, hire(office.house, "he.ping", Role.SECURITY_ADMINISTRATOR))
    keeper.open(f"/people/{office.clerk.id}/link/new")
    page = keeper.press("发登记链接")
    returned = enrol(app, page.main.split("https://localhost")[1].split()[0], office.clerk)

    locked_out = sign_in(app, returned)
    page = locked_out.open("/")
    assert "您的密钥要由同事再授予一次" in page.text
    assert f"{INTAKE}：请找林涛授予" in page.text
    assert STORY[:10] not in locked_out.open(f"/cases/{reporter.reference}").text

    holder = at_work(app, office.colleague)
    assert "陈雨重新登记过" in holder.page.text
    page = holder.click("现在去授予")
    assert page.text.count("待重新授予") == 2
    grant_again(holder, INTAKE)
    grant_again(holder, OFFICE)
    assert "有同事等您" not in holder.open("/").text

    page = locked_out.open(f"/cases/{reporter.reference}")
    assert STORY[:10] in page.text
    assert "再授予一次" not in locked_out.open("/").text
    assert (office.colleague.id, f"{OFFICE} {office.clerk.id}") in office.audited("key-granted")


def test_only_a_holder_is_asked(app: Flask, office: Office, returned: Colleague) -> None:
    handler = at_work(app, office.handler)
    assert "等您重新授予" not in handler.page.text
    page = handler.open("/keys")
    assert "待重新授予" in page.text
    assert "重新授予陈雨" not in page.text.replace("待重新授予", "")
    assert "待重新授予" in sign_in(app, returned).open("/keys").text


def test_granting_again_asks_for_a_fresh_proof(
    app: Flask, office: Office, returned: Colleague
) -> None:
    holder = at_work(app, office.colleague, "/keys")
    with office.house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    page = holder.press(f"重新授予陈雨{INTAKE}", status=422)
    assert page.value("person") == returned.id
    page = holder.fill(password=office.colleague.passphrase, code=office.colleague.code())
    assert f"重新授予陈雨{INTAKE}" not in page.text


def test_pressed_twice_grants_once(app: Flask, office: Office, returned: Colleague) -> None:
    first, second = (at_work(app, office.colleague, "/keys") for _window in range(2))
    first.press(f"重新授予陈雨{INTAKE}")
    page = second.press(f"重新授予陈雨{INTAKE}", status=422)
    assert "现在不能持有这把密钥" in page.errors[0]
    assert len([one for one in office.audited("key-granted") if one[1].startswith(INTAKE)]) == 1


def test_who_is_let_go_waits_no_longer(app: Flask, office: Office, returned: Colleague) -> None:
    with office.house.database.writing() as session:
        people.let_go(session, people.get(session, returned.id), by="somebody", now=LATER)
    assert "待重新授予" not in at_work(app, office.colleague, "/keys").page.text


def test_a_clerk_who_only_handles_now_waits_for_less(
    app: Flask, office: Office, returned: Colleague
) -> None:
    with office.house.database.writing() as session:
        person = people.get(session, returned.id)
        people.change_roles(session, person, [Role.HANDLER], by="somebody", now=LATER)
    assert at_work(app, office.colleague, "/keys").page.text.count("待重新授予") == 1
