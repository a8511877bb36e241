"""/cases: finding a case by its reference, and the list of all."""

import pytest
from flask import Flask

from portal.desk.domain.cases import PAGE
from tests.desk.casework import Office, a_row, at_work
from tests.page_parts import Page, words


def listed(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("th", scope="row")]


@pytest.mark.parametrize("typed", ["83172054", " 8317 2054", "８３１７２０５４", "8317-2054"])
def test_a_reference_leads_to_its_case(app: Flask, office: Office, typed: str) -> None:
    office.case_in("accepted")
    browser = at_work(app, office.clerk, "/cases")
    assert browser.fill(reference=typed).h1 == "登记号 83172054"


@pytest.mark.parametrize(
    ("typed", "status", "message"),
    [
        ("8317205", 422, "登记号是8位数字，请对照再填一次"),
        ("831720549", 422, "登记号是8位数字，请对照再填一次"),
        ("王某", 422, "登记号是8位数字，请对照再填一次"),
        ("83172055", 404, "没有这个登记号的举报。请核对；刚提交的，过几分钟再查"),
    ],
)
def test_a_reference_that_leads_nowhere_comes_back_with_the_reason(
    app: Flask, office: Office, typed: str, status: int, message: str
) -> None:
    office.case_in("accepted")
    browser = at_work(app, office.clerk, "/cases")
    page = browser.fill(reference=typed, status=status)
    assert page.error("reference") == message
    assert page.value("reference") == typed
    assert listed(page) == ["83172054"]


def test_an_empty_search_shows_the_list(app: Flask, office: Office) -> None:
    office.case_in("accepted")
    browser = at_work(app, office.clerk, "/cases")
    assert listed(browser.fill(reference="  ")) == ["83172054"]


def test_the_list_narrows_to_a_state(app: Flask, office: Office) -> None:
    office.case_in("accepted", "10000001")
    office.case_in("closed", "20000002")
    browser = at_work(app, office.clerk, "/cases")
    assert listed(browser.click("已受理")) == ["10000001"]
    assert "没有这个状态的举报" in browser.click("已转送").main
    assert sorted(listed(browser.open("/cases?state=nonsense"))) == ["10000001", "20000002"]


def test_what_left_the_desk_is_no_state_to_look_for(app: Flask, office: Office) -> None:
    office.case_in("accepted")
    page = at_work(app, office.clerk, "/cases?state=sealed_for_superior").page
    assert listed(page) == ["83172054"]
    assert "已密封转上级" not in page.main


def test_an_empty_list_says_where_the_new_ones_are(app: Flask, office: Office) -> None:
    browser = at_work(app, office.clerk, "/cases")
    assert "还没有登记过的举报" in browser.page.main
    assert not browser.page.find_all("nav", class_="pages")


def test_a_long_list_has_pages(app: Flask, office: Office) -> None:
    with office.house.database.writing() as session:
        session.add_all(a_row(number) for number in range(PAGE + 1))
    browser = at_work(app, office.clerk, "/cases?state=accepted")
    assert len(listed(browser.page)) == PAGE
    assert listed(browser.click("下一页")) == [str(10_000_000 + PAGE)]
    assert len(listed(browser.click("上一页"))) == PAGE
    for number in ("7", "99999999999999999999"):
        assert "这一页没有了，一共31件" in browser.open(f"/cases?page={number}").main
    for number in ("0", "-3", "²"):
        assert len(listed(browser.open(f"/cases?page={number}"))) == PAGE
