"""/track/case/claim: a claim slip becomes a code of one's own."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from portal.exchange.kinds import Claimable, Step
from portal.exchange.messages import Message
from portal.public.domain import slips
from portal.public.models.cases import Case
from portal.sealing.tracking_code import TrackingCode, derive, draw
from portal.slots import Slots
from tests.pages import Browser
from tests.public.stories import code_on, file_report, look, outgoing, rows

DAY = date(2026, 11, 10)
NOT_YET = "还没有换"


def print_slip(house, now, *, number=1, state="accepted") -> TrackingCode:
    """A slip that the desk printed, as the public side hears of it."""
    code = draw()
    lookup = derive(code, house.peppers[0]).lookup_hash
    told = Claimable("c" * 32, number, "90000001", DAY, lookup, "pepper-2", Step(state, DAY))
    with house.database.writing() as session:
        slips.receive(session, Message("a" * 32, "claimable", "desk", DAY, told.data(), {}), now)
    return code


@pytest.fixture
def slip(house, now) -> str:
    return print_slip(house, now).digits


def test_a_slips_code_shows_the_progress_and_offers_an_own_code(visitor, slip):
    page = look(visitor, slip)
    assert page.h1 == "办理进度：已受理"
    assert "只能看进度" in page.main
    assert "登记号：90000001" in page.main
    assert "换成我自己的查询码" in page.links


def test_whoever_copies_the_new_code_goes_on_with_it_alone(visitor, site, house, slip):
    look(visitor, slip)
    page = visitor.click("换成我自己的查询码")
    assert NOT_YET in page.main
    own = code_on(page)
    page = visitor.fill(last_group=own[-4:])
    assert page.url == "/track/case?claimed=1"
    assert "换好了" in page.main
    assert "只能看进度" not in page.main
    assert [one.kind for one in outgoing(house)] == ["claimed"]
    assert look(Browser(site), own).h1 == "办理进度：已受理"
    used = look(Browser(site), slip)
    assert used.h1 == "没有查到"
    assert "已经换成自己的查询码的，请用新的查询码" in used.main


def test_the_same_code_is_offered_until_it_is_taken(visitor, slip):
    look(visitor, slip)
    first = code_on(visitor.open("/track/case/claim"))
    assert code_on(visitor.open("/track/case/claim")) == first


@pytest.mark.parametrize("typed", ["", "0000", "not a group"])
def test_without_the_copied_group_nothing_is_exchanged(visitor, house, slip, typed):
    look(visitor, slip)
    own = code_on(visitor.open("/track/case/claim"))
    page = visitor.fill(last_group=typed, status=422)
    assert page.error("last_group").endswith(NOT_YET)
    assert "没有提交" not in page.main
    assert code_on(page) == own
    assert rows(house, Case)[0].claimed_slip is False


def test_two_clicks_and_the_back_button_get_the_same_answer(visitor, house, slip):
    look(visitor, slip)
    page = visitor.open("/track/case/claim")
    data = {"last_group": code_on(page)[-4:], "csrf_token": page.value("csrf_token")}
    for _time in range(2):
        page = visitor.post("/track/case/claim", data)
        assert page.url == "/track/case?claimed=1"
        assert "换好了" in page.main
    assert visitor.open("/track/case/claim").url == "/track/case"
    assert len(outgoing(house)) == 1


def test_who_comes_second_with_the_same_slip_is_told_to_call(visitor, site, slip, house):
    other = Browser(site)
    for browser in (visitor, other):
        look(browser, slip)
        browser.open("/track/case/claim")
    visitor.fill(last_group=code_on(visitor.page)[-4:])
    own = code_on(other.page)
    page = other.fill(last_group=own[-4:])
    assert page.h1 == "没有查到"
    assert look(Browser(site), own).h1 == "没有查到"
    assert len(outgoing(house)) == 1


def test_a_slip_that_is_voided_in_the_moment_of_the_press_is_said(visitor, house, slip, now):
    look(visitor, slip)
    page = visitor.open("/track/case/claim")
    own = code_on(page)
    house.filing_slots = Slots(at_once=1, queue=5)
    with ThreadPoolExecutor(1) as threads:
        with house.filing_slots.taken():
            pressed = threads.submit(visitor.fill, last_group=own[-4:], status=409)
            while house.filing_slots._places._value > 4:
                time.sleep(0.01)
            print_slip(house, now, number=2)
        page = pressed.result(timeout=20)
    assert page.h1 == "这张领取单不能用了"
    assert rows(house, Case)[0].claimed_slip is False
    assert outgoing(house) == []


def test_a_slips_code_answers_no_question(visitor, house, now):
    code = print_slip(house, now, state="need_more")
    page = look(visitor, code.digits)
    assert "回答" not in page.links
    assert visitor.open("/track/case/reply").url == "/track/case"


@pytest.mark.parametrize("who", ["nobody", "reporter"])
def test_there_is_nothing_to_exchange_for_others(visitor, who):
    if who == "reporter":
        look(visitor, file_report(visitor))
    page = visitor.open("/track/case/claim")
    assert page.url == ("/track/case" if who == "reporter" else "/track?over=1")
    assert "换好了" not in visitor.open(page.url + "?claimed=1").main


def test_a_look_that_is_over_exchanges_nothing(visitor, house, slip):
    look(visitor, slip)
    page = visitor.open("/track/case/claim")
    token = page.value("csrf_token")
    visitor.client.delete_cookie("__Host-public", domain="localhost")
    page = visitor.post(
        "/track/case/claim", {"last_group": code_on(page)[-4:], "csrf_token": token}
    )
    assert page.url.startswith("/track?over=1")
    assert rows(house, Case)[0].claimed_slip is False


def test_every_slot_taken_is_said_and_nothing_is_exchanged(visitor, house, slip):
    look(visitor, slip)
    own = code_on(visitor.open("/track/case/claim"))
    house.filing_slots = Slots(at_once=1, queue=0)
    with house.filing_slots.taken():
        page = visitor.fill(last_group=own[-4:], status=503)
    assert NOT_YET in page.main
    assert page.value("last_group") == own[-4:]
    assert rows(house, Case)[0].claimed_slip is False
