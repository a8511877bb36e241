"""Pages on which one security administrator proposes and the other confirms."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.changes import PendingChange
from portal.desk.models.sessions import StaffSession
from tests.desk.staff import Colleague, hire, make_key, person_of, sign_in
from tests.pages import Browser


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


@pytest.fixture
def keeper(house: DeskHouse) -> Colleague:
    return hire(house, "an.ning", Role.SECURITY_ADMINISTRATOR, display_name="安宁")


@pytest.fixture
def proposer(app: Flask, house: DeskHouse, keeper: Colleague) -> Browser:
    return sign_in(app, hire(house, "he.ping", Role.SECURITY_ADMINISTRATOR, display_name="何平"))


@pytest.fixture
def confirmer(app: Flask, keeper: Colleague) -> Browser:
    return sign_in(app, keeper)


def propose_roles(browser: Browser, clerk: Colleague) -> str:
    browser.open(f"/people/{clerk.id}/roles")
    page = browser.fill(roles="handler")
    assert "已经提出，还没有生效" in page.text
    return page.url


def test_a_new_person_is_there_after_both_agreed_and_the_second_gets_the_link(
    app: Flask, proposer: Browser, confirmer: Browser
) -> None:
    proposer.open("/people/new")
    page = proposer.fill(display_name="白鹭", name="Bai.Lu", roles="clerk,handler")
    assert "受理员、承办人" in page.text
    assert "/enrol/" not in page.text
    page = confirmer.open("/")
    assert "1项人员变动等确认" in page.text
    confirmer.click("添加人员：白鹭")
    assert "bai.lu" in confirmer.page.text
    page = confirmer.press("确认，马上生效")
    assert page.h1 == "把这个链接交给白鹭"
    address = page.main.split("https://localhost")[1].split()[0]
    assert Browser(app).open(address).h1 == "白鹭，请完成登记"
    assert "等另一名安全管理员确认" not in proposer.open("/people").text


def test_other_roles_wait(
    proposer: Browser, confirmer: Browser, clerk: Colleague, house: DeskHouse
) -> None:
    propose_roles(proposer, clerk)
    assert [one.role for one in person_of(house, clerk).roles] == ["clerk"]
    confirmer.open("/people")
    confirmer.click("改角色：苏晚")
    assert "承办人" in confirmer.press("确认，马上生效").text
    assert [one.role for one in person_of(house, clerk).roles] == ["handler"]


@pytest.mark.parametrize("act", ["let-go", "link/new"])
def test_letting_go_and_links_wait(
    proposer: Browser, confirmer: Browser, clerk: Colleague, house: DeskHouse, act: str
) -> None:
    proposer.open(f"/people/{clerk.id}/{act}")
    address = proposer.fill().url
    assert person_of(house, clerk).active
    confirmer.open(address)
    page = confirmer.press("确认，马上生效")
    assert person_of(house, clerk).active == (act == "link/new")
    assert ("把这个链接交给苏晚" in page.text) == (act == "link/new")


def test_the_proposer_is_offered_no_confirmation_and_gets_none(
    proposer: Browser, clerk: Colleague, house: DeskHouse
) -> None:
    address = propose_roles(proposer, clerk)
    form = {"csrf_token": proposer.page.value("csrf_token")}
    page = proposer.post(f"{address}/confirm", form, status=422)
    assert page.errors == ["自己提出的变动，要由另一名安全管理员确认"]
    assert [one.role for one in person_of(house, clerk).roles] == ["clerk"]
    assert "苏晚" not in proposer.press("撤回，不改了").text.split("全部人员")[0]


def test_twice_is_told(proposer: Browser, clerk: Colleague) -> None:
    propose_roles(proposer, clerk)
    proposer.open(f"/people/{clerk.id}/roles")
    page = proposer.fill(roles="handler", status=422)
    assert "已经有人提出" in page.errors[0]


@pytest.mark.parametrize("act", ["confirm", "withdraw"])
def test_a_fresh_proof_is_asked_for(
    proposer: Browser,
    confirmer: Browser,
    clerk: Colleague,
    keeper: Colleague,
    house: DeskHouse,
    *,
    act: str,
) -> None:
    address = propose_roles(proposer, clerk)
    with house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    confirmer.open(address)
    button = "确认，马上生效" if act == "confirm" else "不同意，撤掉"
    page = confirmer.press(button, status=422)
    assert page.error("password")
    confirmer.fill(press=button, password=keeper.passphrase, code=keeper.code())
    role = "handler" if act == "confirm" else "clerk"
    assert [one.role for one in person_of(house, clerk).roles] == [role]


@pytest.mark.parametrize("act", ["", "/confirm", "/withdraw"])
@pytest.mark.parametrize("why", ["confirmed", "too old"])
def test_a_change_that_is_gone(
    proposer: Browser,
    confirmer: Browser,
    clerk: Colleague,
    house: DeskHouse,
    *,
    act: str,
    why: str,
) -> None:
    address = propose_roles(proposer, clerk)
    confirmer.open(address)
    form = {"csrf_token": confirmer.page.value("csrf_token")}
    if why == "confirmed":
        confirmer.press("确认，马上生效")
    else:
        then = datetime.now(UTC) - timedelta(days=3)
        with house.database.writing() as session:
            session.execute(update(PendingChange).values(proposed_at=then))
    if act:
        page = confirmer.post(address + act, form, status=404)
    else:
        page = confirmer.open(address, status=404)
    assert page.h1 == "这项变动已经没有了"


def test_what_is_impossible_by_now_says_why(
    proposer: Browser, confirmer: Browser, clerk: Colleague, house: DeskHouse
) -> None:
    address = propose_roles(proposer, clerk)
    make_key(house, "intake-2026-4", "intake", [clerk])
    confirmer.open(address)
    page = confirmer.press("确认，马上生效", status=422)
    assert "现在没有别人持有 intake-2026-4" in page.errors[0]
    assert "改角色：苏晚" in confirmer.open("/people").links


def test_one_administrator_alone_is_told_loudly(app: Flask, keeper: Colleague) -> None:
    page = sign_in(app, keeper).open("/people")
    assert "只有一名安全管理员" in page.text
