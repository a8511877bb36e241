"""/cases/<reference>/extend: asked once and in time, the reason kept for the desk."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.desk.models.deadlines import Deadline, Extension
from portal.reference.days import local_day
from tests.desk.arrivals import told
from tests.desk.casework import Office, at_work

NOW = datetime.now(UTC)
REASON = "账本在市里，要等。\n下周才能看。"


def test_a_term_is_extended_and_the_case_says_why(app: Flask, office: Office) -> None:
    office.open(office.arrive(now=NOW))
    browser = at_work(app, office.clerk, "/cases/83172054")
    page = browser.click("延期")
    assert "告知是否受理的期限现在是" in page.main
    page = browser.fill(days="十", reason="", status=422)
    assert page.error("days") == "请填1到15之间的数"
    assert page.error("reason") == "请写理由"
    assert page.value("days") == "十"
    page = browser.fill(days="10", reason=REASON)
    assert page.h1 == "登记号 83172054"
    assert "延期10个工作日（告知是否受理）" in page.main
    assert "下周才能看。" in page.main
    assert "延期" not in page.links
    assert told(office.house)[-1][0].due is not None
    assert "已经延期一次，不能再延" in browser.open("/cases/83172054/extend").main


@pytest.mark.parametrize("typed", ["", "0", "16", "1.5", "-5", "3天"])
def test_a_length_that_cannot_be_is_refused_with_the_reason_kept(
    app: Flask, office: Office, typed: str
) -> None:
    office.open(office.arrive(now=NOW))
    browser = at_work(app, office.clerk, "/cases/83172054/extend")
    page = browser.fill(days=typed, reason=REASON, status=422)
    assert page.error("days")
    assert page.value("reason") == REASON


def test_after_its_last_day_a_term_is_not_extended(app: Flask, office: Office) -> None:
    reporter = office.open(office.arrive(now=NOW))
    browser = at_work(app, office.clerk, "/cases/83172054/extend")
    with office.house.database.writing() as session:
        row = session.get_one(Deadline, (reporter.case, "accept"))
        row.due = local_day(NOW) - timedelta(days=1)
    page = browser.fill(days="5", reason=REASON, status=409)
    assert "期限已经过了，不能再延期" in page.main
    assert page.value("reason") == REASON
    with office.house.database.reading() as session:
        assert session.query(Extension).count() == 0


def test_who_does_not_have_the_case_is_told_to_claim_it(app: Flask, office: Office) -> None:
    office.open(office.arrive(now=NOW))
    browser = at_work(app, office.colleague, "/cases/83172054/extend")
    page = browser.fill(days="5", reason=REASON, status=409)
    assert "这件不在您手里" in page.main


def test_a_case_that_changed_meanwhile_is_looked_at_first(app: Flask, office: Office) -> None:
    reporter = office.open(office.arrive(now=NOW))
    browser = at_work(app, office.clerk, "/cases/83172054/extend")
    office.do(reporter, "reply", now=NOW)
    assert "刚刚有了变化" in browser.fill(days="5", reason=REASON, status=409).main
    assert browser.fill(days="5", reason=REASON).h1 == "登记号 83172054"


def test_a_case_that_is_not_there_is_no_page(app: Flask, office: Office) -> None:
    at_work(app, office.clerk).open("/cases/10000009/extend", status=404)
