"""/offices: the security administrator opens offices, fills them, and never holds their keys."""

import pytest
from flask import Flask

from portal.desk.domain import keys
from portal.desk.domain.roles import Role
from tests.desk.casework import OFFICE, Office, at_work
from tests.desk.staff import Colleague, hire
from tests.desk.townships import TOWNSHIP, open_township
from tests.pages import Browser


@pytest.fixture
def chief(app: Flask, office: Office) -> Browser:
    return at_work(app, hire(office.house, "an.ning", Role.SECURITY_ADMINISTRATOR), "/offices")


@pytest.fixture
def spare(office: Office) -> Colleague:
    return hire(office.house, "lu.ning", Role.HANDLER, display_name="陆宁")


def test_an_office_is_opened_named_anew_and_closed(
    chief: Browser, spare: Colleague, office: Office
) -> None:
    chief.click("新设部门")
    page = chief.fill(name=" 派驻第一组 ", first=spare.id)
    assert page.h1 == "派驻第一组"
    assert "只有1个人持有密钥" in page.main
    with office.house.database.reading() as session:
        assert keys.held_ids(session, spare.id) == [TOWNSHIP]
    chief.click("改名称")
    assert chief.fill(name="派驻第二组").h1 == "派驻第二组"
    chief.click("撤销部门")
    assert "撤销。名称留着" in chief.press("撤销部门").main
    chief.open(f"/offices/{TOWNSHIP}/name", status=404)


def test_what_is_missing_or_taken_is_said_beside_the_field(chief: Browser, office: Office) -> None:
    chief.click("新设部门")
    assert chief.fill(name="", status=422).error("name") == "请填部门名称"
    page = chief.fill(name="信访室", status=422)
    assert page.error("name") == "有部门用这个名称，或者用过，请换一个"
    assert page.value("name") == "信访室"
    assert "只有" not in chief.fill(name="派驻第九组").h1
    chief.click("改名称")
    page = chief.fill(name="信访室", status=422)
    assert page.error("name") == "有部门用这个名称，或者用过，请换一个"


def test_a_person_joins_and_a_holder_lets_them_in(
    app: Flask, chief: Browser, spare: Colleague, office: Office
) -> None:
    chief.click("信访室")
    chief.click("加人")
    assert chief.fill(status=422).error("person") == "请选一位人员"
    page = chief.fill(person=spare.id)
    assert "没有，请持有人在“密钥”里授予" in page.main
    holder = at_work(app, office.clerk, f"/keys/{OFFICE}/grant")
    holder.fill(person=spare.id)
    assert "没有，请持有人" not in chief.open(f"/offices/{OFFICE}").text.split("陆宁")[1][:40]


def test_who_joined_elsewhere_meanwhile_is_refused(
    chief: Browser, spare: Colleague, office: Office
) -> None:
    open_township(office)
    chief.open(f"/offices/{TOWNSHIP}/members/new")
    taken = {"csrf_token": chief.page.value("csrf_token"), "person": office.clerk.id}
    page = chief.post(f"/offices/{TOWNSHIP}/members/new", taken, status=422)
    assert "可能刚刚加入了别的部门" in page.errors[0]
    form = {**taken, "name": "监督检查室", "first": office.clerk.id}
    page = chief.post("/offices/new", form, status=422)
    assert page.errors == ["选的人员里有人刚刚加入了别的部门，请重新选"]


def test_a_person_is_taken_out(chief: Browser, office: Office) -> None:
    township = open_township(office)
    chief.open(f"/offices/{TOWNSHIP}/members/{township.handler.id}/remove")
    assert "顾海" not in chief.press("调出").main
    with office.house.database.reading() as session:
        assert keys.held_ids(session, township.handler.id) == []
    page = chief.open(f"/offices/{TOWNSHIP}/members/{township.handler.id}/remove")
    assert "这位人员不在" in page.h1
    token = {"csrf_token": chief.page.value("csrf_token") or _token(chief)}
    chief.post(f"/offices/{TOWNSHIP}/members/{township.handler.id}/remove", token, status=422)


def _token(browser: Browser) -> str:
    return str(browser.open(f"/offices/{TOWNSHIP}/members/new").value("csrf_token"))


def test_an_office_with_open_cases_or_the_intake_stays(chief: Browser, office: Office) -> None:
    open_township(office).given()
    page = chief.open(f"/offices/{TOWNSHIP}/close")
    assert "还有1件没有办完" in page.main
    token = {"csrf_token": str(chief.open("/offices/new").value("csrf_token"))}
    page = chief.post(f"/offices/{TOWNSHIP}/close", token, status=422)
    assert "还有没有办完的举报" in page.errors[0]
    page = chief.post(f"/offices/{OFFICE}/close", token, status=422)
    assert "举报都先到这个部门" in page.errors[0]


@pytest.mark.parametrize("page", ["", "/name", "/close", "/members/new"])
def test_unknown_offices(chief: Browser, page: str) -> None:
    chief.open(f"/offices/office-9{page}", status=404)


def test_without_people_the_page_says_what_to_do(chief: Browser) -> None:
    assert "可以先设部门，以后再加人" in chief.open("/offices/new").main
    assert "没有可以编入的人员" in chief.open(f"/offices/{OFFICE}/members/new").main
