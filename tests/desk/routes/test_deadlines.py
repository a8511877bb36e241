"""/deadlines: the board as people read it, and that the first page counts the same."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from portal.desk.domain import calendar, cases
from portal.desk.models.deadlines import Deadline
from portal.reference.days import local_day
from tests.desk.arrivals import FILED
from tests.desk.casework import Office, at_work
from tests.page_parts import Page, words


def section(page: Page, name: str) -> str:
    return words(page.find("section", id=name))


def test_an_empty_board_says_so_everywhere(app: Flask, office: Office) -> None:
    page = at_work(app, office.clerk, "/deadlines").page
    assert page.h1 == "期限"
    for name in ("overdue", "today", "week", "unopened", "oldest"):
        assert section(page, name).endswith("没有。")


def test_what_is_late_names_case_clock_day_state_and_holder(app: Flask, office: Office) -> None:
    office.open(office.arrive())
    browser = at_work(app, office.clerk, "/deadlines")
    assert "83172054 交办或者转送 2026年11月16日 已收到 陈雨" in section(browser.page, "overdue")
    assert browser.click("83172054").h1 == "登记号 83172054"


def test_a_day_that_is_guessed_says_so(app: Flask, office: Office) -> None:
    reporter = office.open(office.arrive())
    with office.house.database.writing() as session:
        row = session.get_one(Deadline, (reporter.case, "assign"))
        row.provisional = True
    page = at_work(app, office.clerk, "/deadlines").page
    assert "2026年11月16日（暂按工作日推算）" in section(page, "overdue")


def test_the_first_page_counts_what_the_board_lists(app: Flask, office: Office) -> None:
    now, old = datetime.now(UTC), FILED - timedelta(days=60)
    office.arrive("10000001", now=old)
    office.open(office.arrive("10000002"))
    due_today = office.open(office.arrive("10000003", now=now))
    with office.house.database.writing() as session:
        session.get_one(Deadline, (due_today.case, "assign")).due = local_day(now)
    browser = at_work(app, office.clerk)
    assert "已过期2项，今天到期1项，本周还有0项" in browser.page.main
    assert "1件新收的过了2个工作日还没有人打开" in browser.page.main
    page = browser.click("看期限")
    (counts,) = page.find_all("ul", class_="desk-counts")
    assert [words(one) for one in counts] == [
        "2项已过期",
        "1项今天到期",
        "0项本周到期",
        "1件过了2个工作日没有人打开",
    ]
    assert len(page.find("section", id="overdue").findall(".//tbody/tr")) == 2
    assert "10000003" in section(page, "today")


def test_a_handler_sees_nothing_that_nobody_opened(app: Flask, office: Office) -> None:
    office.arrive("10000001", now=FILED - timedelta(days=60))
    browser = at_work(app, office.handler, "/deadlines")
    assert "10000001" not in browser.page.text
    assert not browser.page.find_all("section", id="unopened")
    assert "没有人打开" not in browser.open("/").main


def test_a_case_shows_its_own_clocks(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        due = calendar.load(session)
        assert due.on(case.look_by).works
    page = at_work(app, office.clerk, "/cases/83172054").page
    assert "告知是否受理：2026年11月30日" in page.main
    assert "匿名：没有规定的期限" in page.main
    office.do(reporter, "accept")
    page = at_work(app, office.clerk, "/cases/83172054").page
    assert "告知是否受理：2026年11月9日已发到查询页" in page.main
