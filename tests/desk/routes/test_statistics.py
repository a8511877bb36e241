"""/statistics, as analysts meet it: figures, never whose; downloads only after another proof."""

import csv
import logging
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain.figures import Quarter
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.sessions import StaffSession
from portal.desk.routes.tables import CODES
from portal.reference.days import local_day
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from tests.desk.arrivals import deliver
from tests.desk.casework import Office, at_work
from tests.desk.routes.test_nothing_in_clear import files_of, rows_of
from tests.desk.satisfied import TEN, Analysts, hire_analysts
from tests.desk.staff import hire, sign_in
from tests.pages import Browser

TODAY = local_day(datetime.now(UTC))
PAST = date(TODAY.year, TODAY.month - (TODAY.month - 1) % 3, 1) - timedelta(days=40)
QUARTER = Quarter.of(PAST)
PERIOD = f"{QUARTER.year}年第{QUARTER.number}季度"


@pytest.fixture
def analysts(house: DeskHouse) -> Analysts:
    return hire_analysts(house)


@pytest.fixture
def at_figures(app: Flask, analysts: Analysts) -> Browser:
    """An analyst's browser with the figures of ten ratings open."""
    analysts.ended(TEN, PAST)
    return at_work(app, analysts.analyst, "/statistics")


def audited(house: DeskHouse, act: str) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.target).where(AuditEntry.act == act)))


def prove_long_ago(house: DeskHouse) -> None:
    with house.database.writing() as session:
        session.execute(
            update(StaffSession).values(proven_at=datetime.now(UTC) - timedelta(minutes=6))
        )


def test_the_page_shows_distributions_shares_and_intervals(at_figures: Browser) -> None:
    page = at_figures.page
    assert f"{PERIOD} 告知是否及时 6 1 2 1 0 10 90.0% 59.6%—98.2%" in page.main
    assert f"{PERIOD} 网站是否好用 不公布" in page.main
    assert f"{PERIOD} 6 1 2 1 10" in page.main
    assert f"{PERIOD} 10 10 100.0% 10 10" in page.main
    assert "不足5条，先不列出" in page.main


def test_nothing_leads_from_a_figure_to_a_report(at_figures: Browser) -> None:
    assert "10000001" not in at_figures.page.text
    assert not [url for url in at_figures.page.links.values() if url.startswith("/cases")]


def test_reading_is_audited(at_figures: Browser, house: DeskHouse) -> None:
    assert audited(house, "statistics-read") == ["-"]
    assert at_figures.page.h1 == "统计"


def test_too_few_ratings_are_said_to_be_too_few(app: Flask, analysts: Analysts) -> None:
    analysts.ended(TEN[:9], PAST)
    page = at_work(app, analysts.analyst, "/statistics").page
    assert "评价不足10份，不公布比例" in page.main
    assert "工作态度" not in page.main


def test_hidden_marks_in_a_comment_are_named(app: Flask, analysts: Analysts) -> None:
    analysts.ended([*TEN, *[Rating(comment="<b>谢谢</b>", site=5)] * 5], PAST)
    page = at_work(app, analysts.analyst, "/statistics").page
    assert "<b>谢谢</b>" in page.main
    assert "\u202e" not in page.text
    assert "没有人来过" in page.main


def test_an_analyst_without_the_key_sees_counts_alone(
    app: Flask, analysts: Analysts, house: DeskHouse
) -> None:
    analysts.ended(TEN, PAST)
    page = at_work(app, hire(house, "gu.an", Role.ANALYST), "/statistics").page
    assert "您还没有统计密钥" in page.main
    assert "工作态度" not in page.main
    assert f"{PAST.year}年{PAST.month}月 10" in page.main


def test_ratings_that_do_not_open_are_told(app: Flask, analysts: Analysts) -> None:
    analysts.ended(TEN, PAST, key=Identity.generate())
    page = at_work(app, analysts.analyst, "/statistics").page
    assert "有10份评价打不开，没有计入" in page.main


@pytest.mark.parametrize("table", CODES)
def test_every_table_is_downloaded_as_csv(
    app: Flask, analysts: Analysts, house: DeskHouse, table: str
) -> None:
    analysts.ended([*TEN, *[Rating(comment="谢谢")] * 5], PAST)
    browser = at_work(app, analysts.analyst, f"/statistics/{table}/export")
    page = browser.press("下载")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"] == (
        f'attachment; filename="{table}-{TODAY.isoformat()}.csv"'
    )
    heads, *rows = csv.reader(StringIO(page.text.removeprefix("\ufeff"), newline=""))
    assert rows
    assert {len(row) for row in rows} == {len(heads)}
    assert audited(house, "statistics-exported") == [table]


def test_a_download_begins_with_the_mark_and_holds_no_formula(
    app: Flask, analysts: Analysts
) -> None:
    analysts.ended([*TEN, *[Rating(comment="＝1+1")] * 5], PAST)
    page = at_work(app, analysts.analyst, "/statistics/comments/export").press("下载")
    assert page.text.startswith("\ufeff时期,写的话")
    assert f"{PERIOD},'=1+1" in page.text
    assert f"{PERIOD},'＝1+1" in page.text


def test_a_download_asks_again_who_is_there(at_figures: Browser, analysts: Analysts) -> None:
    prove_long_ago(analysts.house)
    at_figures.open("/statistics/satisfaction/export")
    page = at_figures.press("下载", status=422)
    assert "再填一次口令和动态码" in page.text
    assert audited(analysts.house, "statistics-exported") == []
    page = at_figures.fill(password=analysts.analyst.passphrase, code=analysts.analyst.code())
    assert "告知是否及时" in page.text
    assert audited(analysts.house, "statistics-exported") == ["satisfaction"]


def test_an_unknown_table_is_not_found(at_figures: Browser) -> None:
    at_figures.open("/statistics/people/export", status=404)


def test_whoever_works_on_a_case_sees_that_it_was_rated_and_no_more(
    app: Flask, office: Office, tmp_path, caplog: pytest.LogCaptureFixture
) -> None:
    reporter, statistics = office.case_in("closed"), Identity.generate()
    browser = at_work(app, office.clerk, f"/cases/{reporter.reference}")
    before = browser.page.main
    assert "已评价" not in before
    rating = Rating(timely=1, attitude=2, solved="partly", comment="金丝雀九号说太慢")
    with caplog.at_level(logging.DEBUG):
        deliver(office.house, reporter.rating(rating, statistics.recipient))
        page = browser.open(f"/cases/{reporter.reference}")
    assert page.main.replace(" 已评价", "", 1) == before
    kept = rows_of(office.house.database) + files_of(tmp_path) + caplog.text.encode()
    for secret in ("金丝雀九号", "partly", "attitude"):
        assert secret.encode() not in kept


def test_an_analyst_opens_no_case(app: Flask, analysts: Analysts, office: Office) -> None:
    reporter = office.case_in("closed")
    browser = sign_in(app, analysts.analyst)
    assert "统计" in browser.page.links
    for address in ("/cases", f"/cases/{reporter.reference}", "/intake", "/audit"):
        browser.open(address, status=403)
