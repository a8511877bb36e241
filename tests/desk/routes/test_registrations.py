"""The clerk's sheet on its page: filled in from the report, corrected, never lost by a mistake."""

from typing import Any

import pytest
from flask import Flask

from portal.sealing.content import Subject
from tests.desk.arrivals import Reporter
from tests.desk.casework import Office, at_work
from tests.desk.sheets import fill_in
from tests.desk.townships import open_township
from tests.page_parts import words

ADDRESS = "/cases/83172054/registration"
LINE = (
    "单位：柳溪镇石桥村；姓名：江望川；职务：会计；事由：村里（社区）的钱、地和账目，修路款不公开"
)
FULL: dict[str, Any] = {"subject": Subject(unit="石桥村村委会", name="江望川", post="会计")}


@pytest.fixture
def case(office: Office) -> Reporter:
    return office.open(office.arrive(**FULL))


def test_the_report_fills_the_sheet_in_and_the_clerk_completes_it(
    app: Flask, office: Office, case: Reporter
) -> None:
    browser = at_work(app, office.clerk, f"/cases/{case.reference}")
    assert "还没有填。" in browser.page.main
    page = browser.click("填登记表")
    fields = ("unit", "name", "post", "category", "matter")
    start = ["石桥村村委会", "江望川", "会计", "village", ""]
    assert [page.value(name) for name in fields] == start
    assert "姓村民可以作证" in page.main
    page = browser.fill(unit=" 柳溪镇石桥村 ", matter="修路款不公开")
    assert page.h1 == f"找重复件：登记号 {case.reference}"
    assert "已保存：登记表" in page.main
    assert LINE in page.main
    page = browser.open(f"/cases/{case.reference}")
    assert LINE in page.main
    assert "陈雨填" in page.main
    page = browser.click("改登记表")
    assert page.value("unit") == "柳溪镇石桥村"
    assert office.audited("sheet-written") == [(office.clerk.id, case.reference)]


def test_a_category_of_another_day_is_left_open(app: Flask, office: Office) -> None:
    office.open(office.arrive(category="gone"))
    page = at_work(app, office.clerk, ADDRESS).page
    assert page.value("category") == ""
    assert page.value("unit") == "石桥村村委会"


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("unit", "村" * 201, "最多写200个字，您写了201个字"),
        ("name", "江\0", "里面有不能识别的字符，请删去再试"),
        ("matter", "款" * 101, "最多写100个字，您写了101个字"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_shows_nothing_of_the_report(
    app: Flask, office: Office, field: str, typed: str, sentence: str
) -> None:
    browser = at_work(app, office.clerk, ADDRESS)
    page = browser.fill(status=422, **{"post": "出纳", field: typed})
    assert page.error(field) == sentence
    assert page.value("post") == "出纳"
    assert "姓村民可以作证" not in page.main
    assert office.audited("sheet-written") == []


def test_a_category_that_is_not_offered_is_refused(
    app: Flask, office: Office, case: Reporter
) -> None:
    browser = at_work(app, office.clerk, ADDRESS)
    token = browser.page.value("csrf_token")
    form = {"csrf_token": token, "revision": "0", "category": "none of these"}
    assert browser.post(ADDRESS, form, status=422).error("category") == "请从名单里选"


def test_who_comes_second_is_told_and_then_knows(
    app: Flask, office: Office, case: Reporter
) -> None:
    browser = at_work(app, office.clerk, ADDRESS)
    fill_in(office, case, by=office.colleague)
    page = browser.fill(status=422, name="江望舒")
    assert "刚刚有人改过这张登记表" in page.errors[0]
    assert page.value("name") == "江望舒"
    page = browser.press("保存，看看有没有重复的")
    assert "江望舒" in page.main


def test_a_clerk_without_the_intakes_key_is_told(app: Flask, office: Office) -> None:
    township = open_township(office)
    township.given()
    browser = at_work(app, office.clerk, ADDRESS)
    office.take_keys_from(office.clerk)
    assert "没有信访室的部门密钥" in browser.fill(status=409, name="江望川").errors[0]
    assert browser.open(ADDRESS).h1 == "登记号 83172054"
    assert "您打不开这一件" in browser.page.main


def test_the_office_reads_the_sheet_and_does_not_write_it(app: Flask, office: Office) -> None:
    township = open_township(office)
    fill_in(office, township.given())
    page = at_work(app, township.handler, "/cases/83172054").page
    assert "江望川" in page.main
    assert not {"改登记表", "找重复件"} & set(page.links)
    at_work(app, township.handler).open(ADDRESS, status=403)


def test_whom_the_sheet_alone_names_is_kept_from_who_must_not_handle_it(
    app: Flask, office: Office
) -> None:
    fill_in(office, office.case_in("received"))
    at_work(app, office.colleague, "/recusals").fill(words="江望川")
    browser = at_work(app, office.colleague, "/cases/83172054")
    assert "这件需要您回避" in browser.page.main
    assert "江望川" not in words(browser.page.find("main"))
    assert "这件需要您回避" in browser.open(ADDRESS).main


def test_what_nobody_opened_has_no_sheet(app: Flask, office: Office) -> None:
    office.arrive()
    at_work(app, office.clerk).open(ADDRESS, status=404)
    at_work(app, office.clerk).open("/cases/99999999/registration", status=404)
