"""Answering what the desk asked: sealed, signed, sent once, and never lost."""

from datetime import date

import pytest
from sqlalchemy import delete

from portal.exchange.kinds import Reply
from portal.exchange.statements import Statement
from portal.public.domain.derivation import derive_all
from portal.public.models.cases import Case, Submission
from portal.public.models.cases import Reply as ReplyRow
from portal.reference.days import local_day, spoken_day
from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import TrackingCode, draw
from portal.sealing.unseal import open_words
from tests.public.stories import leave_idle, look, outgoing, rows

QUESTION = "您写的低保，我们想再问清楚：\n一、是哪三户？"
ANSWER = "村东头三户，都姓王。\n别的不清楚。"
DUE = date(2027, 1, 8)


@pytest.fixture
def asked(visitor, code, tell):
    """The desk has asked, and the citizen has the form open."""
    tell("need_more", QUESTION, "question", DUE)
    look(visitor, code)
    return visitor.click("回答")


def test_an_answer_is_acknowledged_and_noted_by_its_day(visitor, asked, now):
    assert "一、是哪三户？" in asked.main
    page = visitor.fill(text=ANSWER)
    assert page.url == "/track/case"
    assert "的回答已经收到" in page.main
    assert f"{spoken_day(local_day(now))}：回答询问" in page.main


@pytest.mark.usefixtures("asked")
def test_an_answer_is_sealed_and_signed_with_the_code(visitor, house, code, keyring):
    visitor.fill(text=ANSWER)
    message = next(one for one in outgoing(house) if one.kind == "reply")
    words = message.parts["words"]
    for holder in ("intake", "recovery"):
        assert open_words(words, [keyring.identities[holder]]).text == ANSWER
    keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
    signature = Reply.read(message.data).signature
    assert verify_signature(keys.verify_key, signature, message.parts["statement"])
    statement = Statement.from_bytes(message.parts["statement"])
    assert statement.covers(words)
    assert (statement.case, statement.purpose) == (rows(house, Case)[0].id, "reply")


def test_the_same_answer_pressed_twice_is_sent_once(visitor, house, asked):
    data = {
        "text": ANSWER,
        "once": asked.value("once"),
        "csrf_token": asked.value("csrf_token"),
    }
    for _time in range(2):
        visitor.post("/track/case/reply", data)
    assert [one.kind for one in outgoing(house)].count("reply") == 1
    assert len(rows(house, Submission)) == 2


def test_what_was_forgotten_can_be_answered_again(visitor, house, asked):
    visitor.fill(text=ANSWER)
    visitor.click("再回答一次")
    visitor.fill(text="还有一户姓李。")
    assert [one.kind for one in outgoing(house)].count("reply") == 2


def test_a_new_question_counts_as_not_answered(visitor, code, asked, tell):
    visitor.fill(text=ANSWER)
    tell("need_more", "二、钱是谁领的？", "question", DUE, revision=2)
    assert "的回答已经收到" not in look(visitor, code).main


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请写上您的回答"),
        (" \n　", "请写上您的回答"),
        ("字" * 10_001, "您写了10001个字"),
        ("是\0的", "不能识别"),
    ],
)
def test_a_refused_answer_comes_back_with_the_question(visitor, house, asked, typed, reason):
    page = visitor.fill(text=typed, status=422)
    assert reason in (page.error("text") or "")
    assert page.value("text") == typed.replace("\0", "\ufffd")
    assert "一、是哪三户？" in page.main
    assert page.value("once") == asked.value("once")
    assert [one.kind for one in outgoing(house)] == ["report"]


@pytest.mark.parametrize("length", [1, 10_000])
def test_an_answer_of_any_allowed_length_is_taken(visitor, house, asked, length):
    assert visitor.fill(text="𠮷" * length).url == "/track/case"


def test_an_answer_nobody_asked_for_is_shown_back(visitor, house, asked, tell):
    tell("accepted", revision=2)
    page = visitor.fill(text=ANSWER, status=409)
    assert "村东头三户，都姓王。" in page.main
    assert [one.kind for one in outgoing(house)] == ["report"]


def test_an_answer_to_a_case_that_was_purged_is_shown_back(visitor, house, asked):
    with house.database.writing() as session:
        for table in (ReplyRow, Submission, Case):
            session.execute(delete(table))
    assert "村东头三户" in visitor.fill(text=ANSWER, status=409).main


def test_nobody_is_asked_to_answer_when_nothing_was_asked(visitor, code):
    look(visitor, code)
    assert visitor.open("/track/case/reply").url == "/track/case"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("typed", ["right", "another"])
def test_an_answer_after_the_look_ended_asks_for_the_code_beside_it(visitor, code, now, typed):
    leave_idle(visitor, now)
    page = visitor.fill(text=ANSWER, status=422)
    assert page.value("text") == ANSWER
    assert "还没有发出去" in page.main
    if typed == "right":
        assert "的回答已经收到" in visitor.fill(code=code).main
    else:
        assert "都姓王" in visitor.fill(code=draw().digits, status=409).main


def test_an_answer_from_an_expired_form_is_kept(visitor, house, code, asked):
    visitor.client.delete_cookie("__Host-public", domain="localhost")
    page = visitor.fill(text=ANSWER, status=422)
    assert page.value("text") == ANSWER
    assert "的回答已经收到" in visitor.fill(code=code).main


def test_an_answer_that_the_site_cannot_take_is_kept(visitor, house, asked, tmp_path):
    (tmp_path / "manifest.json").unlink()
    page = visitor.fill(text=ANSWER, status=503)
    assert page.value("text") == ANSWER
    assert page.value("once") == asked.value("once")
    assert "请打电话0990-1238800" in page.text
    assert [one.kind for one in outgoing(house)] == ["report"]
