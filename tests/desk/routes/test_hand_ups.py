"""移送上级 through the pages: said plainly, proven, done once, and then nowhere to be found."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.models.sessions import StaffSession
from portal.exchange.tables import Outgoing
from tests.desk.arrivals import Reporter, deliver
from tests.desk.casework import Office, at_work
from tests.desk.routes.test_nothing_in_clear import files_of, rows_of
from tests.pages import Browser

REFERENCE = "83172054"
PAGE = f"/cases/{REFERENCE}/acts/hand-up"
PRESS = "移送上级，这里全部删除"
# The audit tells of the readings before, and each page visit adds to it.
PAGES = ("/", "/intake", "/cases", "/deadlines", "/exchange", "/bodies", "/account")


@pytest.fixture
def reporter(office: Office) -> Reporter:
    return office.case_in("accepted")


def pages(browser: Browser) -> dict[str, str]:
    return {path: browser.open(path).main for path in PAGES}


def test_a_case_goes_to_the_superior_and_is_nowhere_at_the_desk(
    app: Flask, office: Office, reporter: Reporter
) -> None:
    browser = at_work(app, office.clerk, f"/cases/{REFERENCE}")
    page = browser.click("反映的是本机关的人：移送上级")
    for said in ("收不回来", "已密封转上级", "只有上级打得开", "身份保管人", "备份"):
        assert said in page.main
    page = browser.fill(sure="y")
    assert page.url == "/cases/handed-up"
    assert "这里再也查不到这一件" in page.main
    assert REFERENCE not in page.text
    browser.open(f"/cases/{REFERENCE}", status=404)
    browser.open("/cases")
    assert "没有这个登记号的举报" in (
        browser.fill(reference=REFERENCE, status=404).error("reference") or ""
    )
    assert [who for who, _what in office.audited("case-handed-up")] == [office.clerk.id]


def test_the_pages_read_as_if_it_had_never_come(app: Flask, office: Office) -> None:
    office.case_in("accepted", "40518273")
    browser = at_work(app, office.clerk)
    before = pages(browser)
    reporter = office.case_in("accepted")
    deliver(office.house, reporter.answer("还有一件", office.recipient, purpose="add"))
    assert pages(browser) != before
    browser.open(PAGE)
    browser.fill(sure="y")
    with office.house.database.writing() as session:
        # What was told to the public side has been received there.
        for row in session.scalars(select(Outgoing).where(Outgoing.case == reporter.case)):
            session.delete(row)
    assert pages(browser) == before


def test_a_second_press_and_a_reload_find_it_done(
    app: Flask, office: Office, reporter: Reporter
) -> None:
    browser = at_work(app, office.clerk, PAGE)
    typed = {name: browser.page.value(name) for name in ("csrf_token", "revision", "once")}
    for _press in range(2):
        page = browser.post(PAGE, {**typed, "sure": "y"})
        assert page.url == "/cases/handed-up"
    assert len(office.audited("case-handed-up")) == 1
    assert len(office.house.superior.names()) == 1
    browser.post(PAGE, {**typed, "once": "0" * 32, "sure": "y"}, status=404)


def test_without_the_tick_nothing_happens(app: Flask, office: Office, reporter: Reporter) -> None:
    browser = at_work(app, office.clerk, PAGE)
    page = browser.press(PRESS, status=422)
    assert page.error("sure") == "请先看清楚上面写的，再勾选这一项"
    assert office.case(reporter).state == "accepted"


def test_passphrase_and_code_are_asked_for_again(
    app: Flask, office: Office, reporter: Reporter
) -> None:
    browser = at_work(app, office.clerk)
    with office.house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    browser.open(PAGE)
    page = browser.fill(sure="y", status=422)
    assert page.error("password") == "请再填一次口令和动态码"
    assert office.case(reporter).state == "accepted"
    page = browser.fill(password=office.clerk.passphrase, code=office.clerk.code(), sure="y")
    assert page.url == "/cases/handed-up"


def test_what_somebody_else_has_is_not_handed_up(
    app: Flask, office: Office, reporter: Reporter
) -> None:
    browser = at_work(app, office.colleague, PAGE)
    assert "这件不在您手里" in browser.page.main
    token = browser.page.value("csrf_token")
    typed = {"csrf_token": token, "revision": "2", "once": "1" * 32, "sure": "y"}
    page = browser.post(PAGE, typed, status=409)
    assert any("这件不在您手里" in said for said in page.errors)
    assert office.case(reporter).state == "accepted"


def test_a_change_in_between_is_said_first(app: Flask, office: Office, reporter: Reporter) -> None:
    browser = at_work(app, office.clerk, PAGE)
    deliver(office.house, reporter.answer("还有一件", office.recipient, purpose="add"))
    page = browser.fill(sure="y", status=409)
    assert any("刚刚有了变化" in said for said in page.errors)
    assert browser.fill(sure="y").url == "/cases/handed-up"


def test_what_is_damaged_stays(app: Flask, office: Office, reporter: Reporter) -> None:
    office.damage(office.case(reporter).content_file)
    browser = at_work(app, office.clerk, PAGE)
    page = browser.fill(sure="y", status=409)
    assert any("有内容坏了" in said for said in page.errors)
    assert office.case(reporter).state == "accepted"
    assert office.house.superior.names() == set()


def test_a_report_that_nobody_opened_has_no_such_page(app: Flask, office: Office) -> None:
    office.arrive()
    browser = at_work(app, office.clerk)
    browser.open(PAGE, status=404)


def test_no_byte_that_any_local_key_opens_is_left(
    app: Flask, office: Office, reporter: Reporter, tmp_path: Path
) -> None:
    """Rows, log and files, also those that were deleted: neither the case's id nor its files."""
    case = office.case(reporter)
    sealed = [
        office.house.items.get(name) for name in (case.content_file, office.grant_file(reporter))
    ]
    at_work(app, office.clerk, PAGE).fill(sure="y")
    with office.house.database.writing() as session:
        for row in session.scalars(select(Outgoing)):
            office.house.items.discard_after_commit(session, row.file)
            session.delete(row)
    kept = rows_of(office.house.database) + files_of(tmp_path)
    assert kept.count(reporter.case.encode()) >= 1
    assert [one for one in sealed if one in kept] == []
    for word in (case.content_file, case.identity_file, case.recipient, case.verify_key):
        assert word is not None
        assert word.encode() not in kept
    (file,) = office.house.superior.names()
    assert b"age-encryption.org" in office.house.superior.get(file)
