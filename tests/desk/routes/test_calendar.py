"""/calendar: a year to read, one day and one year to decide, and what that moves."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from portal.desk.domain import calendar, cases, clocks, reminders
from portal.desk.domain.roles import Role
from portal.desk.domain.terms import ACCEPT
from portal.desk.models.calendar import CalendarDay
from portal.exchange.tables import Outgoing
from portal.reference.workdays import DueDate
from tests.desk.arrivals import told
from tests.desk.casework import Office, at_work
from tests.desk.staff import hire
from tests.page_parts import words
from tests.pages import Browser

DECEMBER = datetime(2026, 12, 11, 2, tzinfo=UTC)
SOURCE = "青岚发〔2026〕7号"
RESTS = ("01-01", "01-04", "01-05", "05-01", "05-02", "10-01", "10-02", "10-03")
YEAR = "\n".join([f"2027-{day},休,{SOURCE}" for day in RESTS])


@pytest.fixture
def keeper(app: Flask, office: Office) -> Browser:
    """The system administrator's browser, over a calendar seeded in November 2026."""
    with office.house.database.writing() as session:
        calendar.seed(session, date(2026, 11, 21))
    return at_work(app, hire(office.house, "cen.wangshu", Role.SYSTEM_ADMINISTRATOR))


def remind(office: Office) -> None:
    with office.house.database.writing() as session:
        reminders.remind(session, office.house.items, office.house.outbox, DECEMBER.date())


def day(office: Office, wanted: date) -> CalendarDay:
    with office.house.database.reading() as session:
        row = calendar.day_of(session, wanted)
    assert row is not None
    return row


def accept_by(office: Office, reference: str) -> DueDate:
    with office.house.database.reading() as session:
        term = clocks.standing(session, cases.get(session, reference)).term(ACCEPT)
    assert term is not None
    return term.due


def test_a_year_is_read_as_months_that_name_what_is_unusual(keeper: Browser) -> None:
    page = keeper.open("/calendar?year=2024")
    assert page.h1 == "2024年工作日历"
    february = page.find_all("table", class_="month")[1]
    assert words(february).startswith("2月上班18天")
    assert page.links["2月4班"] == "/calendar/days/2024-02-04"
    assert page.links["2月12休"] == "/calendar/days/2024-02-12"
    assert page.links["2月13休"] == "/calendar/days/2024-02-13"
    assert "没有公布" not in page.main


def test_a_year_to_come_says_that_it_is_guessed(keeper: Browser) -> None:
    page = keeper.open("/calendar?year=2027")
    assert "2027年的放假安排还没有公布" in page.main
    assert "日历里还没有2031年" in keeper.open("/calendar?year=2031").main
    for year in ("1999", "2101", "-1"):
        keeper.open(f"/calendar?year={year}", status=404)


def test_december_becomes_certain_when_the_year_is_imported(
    keeper: Browser, office: Office
) -> None:
    reporter = office.arrive(now=DECEMBER)
    with office.house.database.writing() as session:
        cases.get(session, reporter.reference).named = True
    assert accept_by(office, reporter.reference) == DueDate(date(2027, 1, 4), provisional=True)
    remind(office)
    assert told(office.house)[-1][0].due_provisional
    keeper.open("/calendar/import")
    preview = keeper.fill(rows=YEAR, press="先看看哪些期限会变")
    assert preview.h1 == "2027年：哪些期限会变"
    assert "1月4日休息、1月5日休息" in preview.main
    assert "推后1项，提前0项，日期不变、不再是推算的0项" in preview.main
    (row,) = [words(one) for one in preview.find_all("tr")[1:]]
    assert row == "83172054 告知是否受理 2027年1月4日（暂按工作日推算） 2027年1月6日"
    assert accept_by(office, reporter.reference).provisional
    page = keeper.press("保存，并重新算期限")
    assert page.url.startswith("/calendar?year=2027")
    assert "已经通知1位反映人" in page.main
    assert "还没有公布" not in page.main
    assert accept_by(office, reporter.reference) == DueDate(date(2027, 1, 6), provisional=False)
    last = told(office.house)[-1][0]
    assert (last.due, last.due_provisional) == (date(2027, 1, 6), False)
    assert day(office, date(2027, 1, 4)).source == SOURCE


def test_a_preview_changes_nothing_and_leads_back_to_what_was_typed(
    keeper: Browser, office: Office
) -> None:
    keeper.open("/calendar/import")
    keeper.fill(rows=YEAR, press="先看看哪些期限会变")
    page = keeper.press("回去改")
    assert page.value("rows") == YEAR
    assert day(office, date(2027, 1, 4)).provisional
    assert office.audited("calendar-changed") == []


def test_saving_twice_does_no_harm(keeper: Browser, office: Office) -> None:
    office.arrive(now=DECEMBER)
    remind(office)
    keeper.open("/calendar/import")
    keeper.fill(rows=YEAR, press="先看看哪些期限会变")
    form = next(one for one in keeper.page.forms if "rows" in one.names)
    sent = {**form.sent(), "step": "do"}
    for _click in range(2):
        keeper.post("/calendar/import", sent)
    assert "反映人看到的日期都没有变" in keeper.page.main
    with office.house.database.reading() as session:
        assert session.query(Outgoing).count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("", "请粘贴一年的名单", id="nothing"),
        pytest.param("date,works,source\n", "第1行：没有写日期", id="heads alone"),
        pytest.param("2027-01-01,休", "第1行：要有三样：日期,上班还是休息,依据", id="two cells"),
        pytest.param(
            "2027-02-30,休,甲\n2027-01-01,放,甲\n二月三日,休,甲",
            "第1行：“2027-02-30”不是日期，要写成 2027-01-01；第2行：“放”要写成 班 或者 休；"
            "第3行：“二月三日”不是日期，要写成 2027-01-01",
            id="every line",
        ),
        pytest.param(
            "2027-01-01,休,甲\n2027-01-01,班,甲", "第2行：2027-01-01前面写过了", id="twice"
        ),
        pytest.param(
            "2027-01-01,休,甲\n2028-01-01,休,甲",
            "第2行：2028-01-01是另外一年，一次只导入一年",
            id="two years",
        ),
        pytest.param("1999-01-01,休,甲", "第1行：1999年不在日历里", id="too early"),
        pytest.param("2027-01-01,休,", "第1行：依据要写，最多100个字", id="no source"),
        pytest.param(
            "\n".join(["x,休,甲"] * 10),
            "；".join(f"第{n}行：“x”不是日期，要写成 2027-01-01" for n in range(1, 9))
            + "；另外还有2行",
            id="many",
        ),
        pytest.param(
            "2027-01-01,休,甲",
            "2027年10月1日是法定节日，名单里不是休息。请看看是不是少了几行",
            id="torn",
        ),
    ],
)
def test_lines_that_cannot_be_read_are_named_and_kept(
    keeper: Browser, typed: str, sentence: str
) -> None:
    keeper.open("/calendar/import")
    page = keeper.fill(rows=typed, press="先看看哪些期限会变", status=422)
    assert page.error("rows") == sentence
    assert page.value("rows") == typed.rstrip("\n") or page.value("rows") == typed


@pytest.mark.parametrize(
    "line",
    [
        "2027/1/4,0,甲",
        "2027年1月4日，休息，甲",
        "2027.1.4\trest\t甲",
        '2027-01-04,FALSE,"甲,乙"',
    ],
)
def test_a_list_is_read_as_it_comes_out_of_a_table(
    keeper: Browser, office: Office, line: str
) -> None:
    keeper.open("/calendar/import")
    rows = f"日期,班休,依据\n{YEAR.replace('2027-01-04,休,' + SOURCE, line)}\n\n"
    keeper.fill(rows=rows, press="先看看哪些期限会变")
    keeper.press("保存，并重新算期限")
    assert not day(office, date(2027, 1, 4)).works
    assert day(office, date(2027, 1, 4)).source.startswith("甲")


def test_one_day_is_decided_with_its_source(keeper: Browser, office: Office) -> None:
    keeper.open("/calendar?year=2026")
    page = keeper.click("11月23")
    assert page.h1 == "2026年11月23日，星期一"
    assert page.value("works") == "work"
    page = keeper.fill(works="rest", source="", press="先看看哪些期限会变", status=422)
    assert page.error("source") == "请写依据，例如通知的名称和文号"
    assert page.value("works") == "rest"
    preview = keeper.fill(source="县政府通知", press="先看看哪些期限会变")
    assert preview.h1 == "2026年11月23日：哪些期限会变"
    assert "11月23日休息" in preview.main
    assert keeper.press("回去改").value("source") == "县政府通知"
    keeper.fill(press="先看看哪些期限会变")
    page = keeper.press("保存，并重新算期限")
    assert page.links["11月23休"] == "/calendar/days/2026-11-23"
    row = day(office, date(2026, 11, 23))
    assert (row.works, row.source, row.provisional) == (False, "县政府通知", False)


@pytest.mark.parametrize("typed", ["2026-02-30", "heute", "2031-01-01"])
def test_a_day_outside_the_calendar_is_no_page(keeper: Browser, typed: str) -> None:
    keeper.open(f"/calendar/days/{typed}", status=404)


def test_nothing_of_a_case_but_its_reference_and_dates_is_shown(
    keeper: Browser, office: Office
) -> None:
    office.case_in("need_more")
    keeper.open("/calendar/days/2026-11-23")
    page = keeper.fill(works="rest", source="甲", press="先看看哪些期限会变")
    assert "83172054" in page.main
    assert "陈雨" not in page.main
    assert not [link for link in page.links.values() if link.startswith("/cases")]
