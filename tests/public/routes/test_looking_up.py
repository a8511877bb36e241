"""Typing a code: how people spell it, what is told of a wrong one, and how long a look lasts."""

import pytest
from sqlalchemy import delete, text

from portal.public.models.cases import Case, Submission
from portal.public.models.tracking import TrackingSession
from portal.sealing.tracking_code import draw
from tests.pages import Browser
from tests.public.stories import leave_idle, look, rows, write_report


@pytest.mark.parametrize(
    ("spell", "told"),
    [
        (lambda code: " ".join(code[n : n + 4] for n in range(0, 24, 4)), ""),
        (lambda code: code[:20], ""),
        (lambda code: code.translate({48 + n: 0xFF10 + n for n in range(10)}), ""),
        (lambda code: code.translate({48 + n: "〇一二三四五六七八九"[n] for n in range(10)}), ""),
        (lambda code: f"查询码：{code[:12]}-{code[12:]}。", ""),
        (lambda code: f"{code[:5]}*{code[6:]}", "看不清的那一位已经帮您补上了"),
    ],
    ids=["groups", "no last group", "full width", "chinese", "pasted", "unreadable digit"],
)
def test_a_code_is_taken_as_people_type_it(visitor, code, spell, told):
    page = look(visitor, spell(code))
    assert page.h1 == "办理进度：已收到"
    assert ("已经帮您补上了" in page.main) is bool(told)
    if told:
        assert f"第2组是 {code[4:8]}" in page.main


def _wrong_digit(code, place):
    return code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]


@pytest.mark.parametrize(
    ("spell", "sentence"),
    [
        (lambda _code: "", "请填24位查询码"),
        (lambda _code: "没有", "请填24位查询码"),
        (lambda _code: "40518273", "您填的像是8位登记号"),
        (lambda code: code[:15], "您填了15位"),
        (lambda code: code + "7", "您填了25位"),
        (lambda code: _wrong_digit(code, 9), "第3组可能抄错了"),
        (lambda code: _wrong_digit(code, 17), "第5组可能抄错了，请对着纸再看一遍。"),
        (lambda code: _wrong_digit(_wrong_digit(code, 1), 6), "逐组核对"),
        (lambda code: f"**{code[2:]}", "看不清的太多了"),
        (lambda code: code * 60, "请只填24位查询码"),
    ],
)
def test_a_malformed_code_is_told_what_to_look_at(visitor, house, code, spell, sentence):
    visitor.open("/track")
    page = visitor.fill(code=spell(code), status=422)
    assert sentence in (page.error("code") or "")
    assert page.value("code") == spell(code)
    assert rows(house, TrackingSession) == []


def test_every_well_formed_code_gets_the_same_answer(site, house, code):
    answers = set()
    for typed in (code, draw().digits, f"{code[:5]}*{code[6:]}", draw().digits[:20]):
        visitor = Browser(site)
        token = visitor.open("/track").value("csrf_token")
        answer = visitor.client.post(
            "/track", base_url="https://localhost", data={"code": typed, "csrf_token": token}
        )
        headers = {name: len(value) for name, value in answer.headers}
        answers.add((answer.status_code, answer.text, str(sorted(headers.items()))))
    assert len(answers) == 1
    assert len({len(row.sealed) for row in rows(house, TrackingSession)}) == 1


def test_unknown_expired_and_purged_are_one_page(visitor, house, code):
    unknown = look(visitor, draw().digits)
    assert unknown.h1 == "没有查到"
    assert "办结后两年" in unknown.main
    with house.database.writing() as session:
        for table in (Submission, Case):
            session.execute(delete(table))
    assert look(visitor, code).main == unknown.main


def test_a_code_that_was_never_filed_leads_back_to_its_draft(visitor):
    write_report(visitor)
    page = look(visitor, draw().digits)
    assert page.links["这部手机上还有一份没有提交的内容。点这里接着提交。"] == "/report/check"


@pytest.mark.parametrize("url", ["/track/case", "/track/case/reply"])
def test_without_a_look_the_code_is_asked_for(visitor, url):
    page = visitor.open(url)
    assert page.url.startswith("/track?over")
    assert "自动退出" in page.main


@pytest.mark.parametrize("way", ["idle", "whole"])
def test_a_look_ends_by_itself(visitor, house, code, now, way):
    look(visitor, code)
    if way == "whole":
        with house.database.writing() as session:
            session.execute(text("UPDATE tracking_sessions SET ends_minute = 1"))
    else:
        leave_idle(visitor, now)
    assert "自动退出" in visitor.open("/track/case").main
