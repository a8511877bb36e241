"""/cases/<reference>/acts/assign: a clerk gives a case away, and the office starts on it."""

import pytest
from flask import Flask

from tests.desk.casework import OFFICE, WORDS, Office, at_work
from tests.desk.townships import TOWNSHIP, Township, open_township
from tests.pages import Browser

ADDRESS = "/cases/83172054/acts/assign"


@pytest.fixture
def township(office: Office) -> Township:
    return open_township(office)


def test_accepted_given_away_and_started_by_the_office(
    app: Flask, office: Office, township: Township
) -> None:
    reporter = office.case_in("received")
    clerk = at_work(app, office.clerk, "/cases/83172054")
    assert "交办给部门" not in clerk.page.links
    assert "没有人办" not in clerk.open("/").main
    office.do(reporter, "accept")
    clerk.open("/cases/83172054")
    clerk.click("交办给部门")
    page = clerk.fill(office=TOWNSHIP)
    assert page.h1 == "登记号 83172054"
    assert "已保存：交办" in page.main
    assert "这件交给了派驻第2组，那边还没有人领取" in page.main
    handler = at_work(app, township.handler)
    assert "1件没有人办，等人领取" in handler.page.main
    handler.click("83172054")
    handler.press("领取")
    handler.click("开始办理")
    handler.fill(text=WORDS["start"])
    handler.press("保存：开始办理")
    assert office.case(reporter).state == "in_progress"
    assert "在顾海手里" in clerk.open("/cases/83172054").main
    assert "交给派驻第2组" in clerk.page.main


def test_what_is_not_accepted_yet_is_not_asked_about(
    app: Flask, office: Office, township: Township
) -> None:
    office.case_in("received")
    clerk = at_work(app, office.clerk, ADDRESS)
    assert "已经受理" in clerk.page.main
    form = {"csrf_token": _token(clerk), "office": TOWNSHIP, "revision": "1"}
    assert "先受理，再交办" in clerk.post(ADDRESS, form, status=422).errors[0]


def _token(browser: Browser) -> str:
    return str(browser.open("/account/passphrase").value("csrf_token"))


def test_a_clerk_takes_it_back(app: Flask, office: Office, township: Township) -> None:
    reporter = township.given()
    clerk = at_work(app, office.colleague, "/cases/83172054")
    clerk.click("改交别的部门")
    page = clerk.fill(office=OFFICE)
    assert "领取" in page.main
    assert office.case(reporter).office_id == OFFICE
    at_work(app, township.handler).open("/cases/83172054", status=404)


def test_refusals_are_said_and_the_choice_is_kept(
    app: Flask, office: Office, township: Township
) -> None:
    reporter = office.case_in("accepted")
    clerk = at_work(app, office.clerk, ADDRESS)
    assert clerk.fill(status=422).error("office") == "请选一个部门"
    office.do(reporter, "start")
    page = clerk.fill(office=TOWNSHIP, status=422)
    assert "刚刚有了变化" in page.errors[0]
    assert page.value("office") == TOWNSHIP
    clerk.fill(office=TOWNSHIP)
    assert office.case(reporter).office_id == TOWNSHIP


def test_a_double_press_gives_it_away_once(app: Flask, office: Office, township: Township) -> None:
    office.case_in("accepted")
    clerk = at_work(app, office.clerk, ADDRESS)
    form = {**clerk.page.forms[-1].filled(), "office": TOWNSHIP}
    clerk.post(ADDRESS, form)
    clerk.post(ADDRESS, form, status=422)
    assert len(office.audited("case-assigned")) == 1


def test_a_report_that_nobody_opened_cannot_be_given_away(app: Flask, office: Office) -> None:
    office.arrive()
    at_work(app, office.clerk).open(ADDRESS, status=404)


def test_without_another_office_the_page_says_so(app: Flask, office: Office) -> None:
    office.case_in("accepted")
    assert "没有别的部门可以交" in at_work(app, office.clerk, ADDRESS).page.main


def test_who_lost_the_keys_is_told(app: Flask, office: Office, township: Township) -> None:
    reporter = office.case_in("accepted")
    clerk = at_work(app, office.clerk, ADDRESS)
    office.take_keys_from(office.clerk)
    assert "您打不开这一件" in clerk.fill(office=TOWNSHIP, status=422).errors[0]
    assert office.case(reporter).office_id == OFFICE
