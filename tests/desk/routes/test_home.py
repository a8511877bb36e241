"""The desk's first page: what waits, for whom, and what is late."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from portal.desk.domain.roles import Role
from tests.desk.arrivals import FILED, deliver
from tests.desk.casework import Office, at_work
from tests.desk.staff import hire
from tests.page_parts import Page, words


def counts(page: Page) -> list[str]:
    (board,) = page.find_all("ul", class_="desk-counts")
    return [words(one) for one in board.iter("li")]


def test_an_empty_desk_says_so(app: Flask, office: Office) -> None:
    page = at_work(app, office.clerk).page
    assert page.h1 == "陈雨，今天要办的"
    assert counts(page) == ["0件新收，等人领取", "0件有反映人新写的", "0件在您手里"]
    assert page.main.count("现在没有。") == 2


def test_a_clerk_sees_what_is_new_answered_given_back_and_their_own(
    app: Flask, office: Office
) -> None:
    office.arrive("10000001", now=datetime.now(UTC))
    asked = office.case_in("need_more", "20000002")
    deliver(office.house, asked.answer("前年", office.recipient))
    office.release(office.case_in("accepted", "30000003"))
    browser = at_work(app, office.clerk)
    assert counts(browser.page) == [
        "1件新收，等人领取",
        "1件有反映人新写的",
        "1件没有人办，等人领取",
        "1件在您手里",
    ]
    assert "没有人打开" not in browser.page.main
    assert browser.click("30000003").h1 == "登记号 30000003"


def test_reports_that_waited_too_long_are_called_out(app: Flask, office: Office) -> None:
    office.arrive("10000001", now=FILED - timedelta(days=60))
    office.arrive("10000002", now=datetime.now(UTC))
    browser = at_work(app, office.clerk)
    assert "1件新收的过了2个工作日还没有人打开" in browser.page.main
    assert browser.click("现在去领取").h1 == "新收的举报"


def test_a_handler_is_shown_cases_but_not_what_is_new(app: Flask, office: Office) -> None:
    office.arrive()
    assert counts(at_work(app, office.handler).page) == ["0件有反映人新写的", "0件在您手里"]


def test_who_handles_no_cases_sees_none(app: Flask, office: Office) -> None:
    office.case_in("accepted")
    auditor = hire(office.house, "jian.zhou", Role.AUDITOR)
    page = at_work(app, auditor).page
    assert "您的角色不办举报" in page.main
    assert "83172054" not in page.text


def test_who_belongs_to_no_office_is_told_why_there_is_nothing(app: Flask, office: Office) -> None:
    office.case_in("accepted")
    stranger = hire(office.house, "lu.ning", Role.HANDLER)
    page = at_work(app, stranger).page
    assert "您还没有编入部门" in page.main
    assert "83172054" not in page.text
