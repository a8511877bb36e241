"""Passing a case on, standing in for who is away, and notes, as the pages tell it."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.desk.domain import recusals
from portal.desk.house import DeskHouse
from portal.reference.days import local_day, utcnow
from tests.desk.casework import WORDS, Office, at_work
from tests.desk.townships import Township, open_township

CASE = "/cases/83172054"


@pytest.fixture
def township(office: Office) -> Township:
    return open_township(office)


@pytest.fixture(autouse=True)
def held(township: Township) -> None:
    """A case that the township's first handler has."""
    township.claim(township.given(), township.handler)


def test_a_case_is_passed_on_and_waits_on_the_colleagues_first_page(
    app: Flask, township: Township
) -> None:
    browser = at_work(app, township.handler, CASE)
    browser.click("转交给同事")
    assert browser.fill(status=422).error("person") == "请选一位同事"
    page = browser.fill(person=township.colleague.id)
    assert "已保存：转交同事" in page.main
    assert "这件在白荷手里" in page.main
    assert "1件在您手里" in at_work(app, township.colleague).page.main
    page = browser.open(f"{CASE}/hand-over")
    assert "这件不在您手里" in page.main


def test_a_colleague_who_went_on_leave_meanwhile_is_refused(app: Flask, township: Township) -> None:
    browser = at_work(app, township.handler, f"{CASE}/hand-over")
    away = at_work(app, township.colleague, "/leave")
    away.fill(until=f"{local_day(utcnow())}", cover=township.handler.id)
    page = browser.fill(person=township.colleague.id, status=422)
    assert "这位同事现在不能接" in page.errors[0]
    assert "现在没有能接的同事" in page.main


def test_who_must_not_handle_it_is_not_offered_and_nothing_tells_why(
    app: Flask, house: DeskHouse, township: Township
) -> None:
    browser = at_work(app, township.handler, f"{CASE}/hand-over")
    assert "白荷" in browser.page.main
    with house.database.writing() as session:
        colleague, secret = township.colleague.id, house.host_secret
        recusals.add(session, colleague, "石桥村", secret, now=utcnow())
    page = browser.fill(person=colleague, status=422)
    assert page.errors[0] == "这位同事现在不能接，请重新选。"
    for shown in (page, browser.open(f"{CASE}/hand-over")):
        assert "白荷" not in shown.main
        assert "回避" not in shown.main


def test_a_cover_finds_the_case_and_works_on_it(app: Flask, township: Township) -> None:
    until = local_day(utcnow()) + timedelta(days=3)
    away = at_work(app, township.handler, "/account")
    away.click("请假")
    page = away.fill(until=f"{until}", cover=township.colleague.id)
    assert "由白荷替办" in page.main
    cover = at_work(app, township.colleague)
    assert "由您替办的" in cover.page.main
    cover.click("83172054")
    assert "顾海请假，您替顾海办这件" in cover.page.main
    assert "转交给同事" not in cover.page.links
    cover.click("开始办理")
    cover.fill(text=WORDS["start"])
    assert "已保存：开始办理" in cover.press("保存：开始办理").main
    away.open("/leave")
    assert "顾海" not in away.press("现在就结束请假").main.split("白荷")[0]
    assert "开始办理" not in cover.open(CASE).links
    assert "这件在顾海手里" in cover.page.main
    assert "由您替办的" not in cover.open("/").main


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"until": ""}, "until", "请填最后一天，例如 2026-12-31"),
        ({"until": "2026-02-30"}, "until", "日期请这样填：2026-12-31"),
        ({"until": "2020-01-01"}, "until", "这一天已经过去，请填今天或者以后的日子"),
        ({"cover": "nobody"}, "cover", "这位同事现在不能替办：可能也请假了，或者没有部门密钥"),
    ],
)
def test_a_leave_that_makes_no_sense_comes_back(
    app: Flask, township: Township, typed: dict[str, str], field: str, message: str
) -> None:
    browser = at_work(app, township.handler, "/leave")
    token = browser.page.value("csrf_token")
    right = {"until": f"{local_day(utcnow())}", "cover": township.colleague.id}
    page = browser.post("/leave", {"csrf_token": token, **right, **typed}, status=422)
    assert message in (page.error(field) or "")


def test_an_old_button_ends_no_leave(app: Flask, township: Township) -> None:
    browser = at_work(app, township.handler, "/leave")
    browser.fill(until=f"{local_day(utcnow())}", cover=township.colleague.id)
    browser.post("/leave/end", {"csrf_token": "old"}, status=422)
    assert "您请假到" in browser.open("/leave").main


def test_without_colleagues_the_page_says_so(app: Flask, office: Office) -> None:
    office.take_keys_from(office.colleague)
    assert "现在没有能替办的同事" in at_work(app, office.clerk, "/leave").page.main


def test_a_note_is_written_and_read_by_the_office(app: Flask, township: Township) -> None:
    browser = at_work(app, township.handler, CASE)
    browser.click("写内部记录")
    assert browser.fill(text=" ", status=422).error("text") == "请写要记的内容"
    page = browser.fill(text="已电话核对账目。")
    assert page.h1 == "登记号 83172054"
    assert "已保存：内部记录" in page.main
    page = at_work(app, township.colleague, CASE).page
    assert "已电话核对账目。" in page.main
    assert "顾海" in page.main


def test_a_second_press_writes_no_second_note_and_shows_none(
    app: Flask, township: Township
) -> None:
    browser = at_work(app, township.handler, f"{CASE}/notes")
    form = {**browser.page.forms[-1].filled(), "text": "已电话核对账目。"}
    browser.post(f"{CASE}/notes", form)
    page = browser.post(f"{CASE}/notes", form, status=422)
    assert "刚刚有了新的记录" in page.errors[0]
    assert page.value("text") == "已电话核对账目。"
    assert browser.open(f"{CASE}/notes").main.count("已电话核对账目。") == 1


def test_without_the_key_no_note_is_written_or_read(
    app: Flask, office: Office, township: Township
) -> None:
    browser = at_work(app, township.handler, f"{CASE}/notes")
    office.take_keys_from(township.handler)
    page = browser.fill(text="已电话核对账目。", status=409)
    assert "您打不开这一件" in page.errors[0]
    assert "以前写的" not in browser.open(f"{CASE}/notes").main
