from datetime import date

import pytest
from sqlalchemy import delete, text

from portal.exchange.kinds import Reply
from portal.exchange.statements import Statement
from portal.public.domain.derivation import derive_all
from portal.public.models.cases import Case, Submission
from portal.public.models.cases import Reply as ReplyRow
from portal.public.models.tracking import TrackingSession
from portal.reference.days import local_day, spoken_day
from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import TrackingCode, draw
from portal.sealing.unseal import open_words
from tests.pages import Browser
from tests.public.stories import leave_idle, look, outgoing, rows, write_report

QUESTION = "您写的低保，我们想再问清楚：\n一、是哪三户？"
ANSWER = "村东头三户，都姓王。\n别的不清楚。"
DUE = date(2027, 1, 8)


@pytest.fixture
def asked(visitor, code, tell):
    """The desk has asked, and the citizen has the form open."""
    tell("need_more", QUESTION, "question", DUE)
    look(visitor, code)
    return visitor.click("回答")


def test_a_code_shows_state_days_and_what_was_sent(visitor, house, code, now):
    page = look(visitor, code)
    today = spoken_day(local_day(now))
    assert page.url == "/track/case"
    assert page.h1 == "办理进度：已收到"
    assert rows(house, Case)[0].reference in page.main
    assert f"{today}：反映问题" in page.main
    assert "查询码打不开您写的内容" in page.main
    assert "我们一般在收到后5个工作日内查看登记" in page.main


@pytest.mark.parametrize(
    ("state", "sentence", "advice"),
    [
        ("accepted", "已经受理，将按规定办理", "现在不用做什么"),
        ("in_progress", "正在按规定办理", "请马上点“补充材料”或打电话0990-1238800"),
        ("transferred", "已经转送", "只报登记号"),
        ("out_of_scope", "按规定不由纪检监察机关受理", "我们会再看一遍"),
        ("received", "已经收到，并加密保存", "可以点“补充材料”"),
        ("closed", "已按规定办理完毕", "可以写明理由申请一次复查"),
        ("under_review", "再看一遍", "结果出来以后"),
        ("sealed_for_superior", "只有上级纪检监察机关能打开", "云河市纪委监委"),
        ("need_more", "想请您再说清楚", "不清楚就写“不清楚”"),
    ],
)
def test_every_state_has_its_sentence_and_its_advice(  # noqa: PLR0917 — fixtures come by name
    visitor, code, tell, state, sentence, advice
):
    tell(state)
    page = look(visitor, code)
    assert sentence in page.main
    assert advice in page.main
    ended = state in {"closed", "transferred", "out_of_scope"}
    assert ("评价办理情况" in page.links) is ended


def test_a_reply_is_read_with_the_code(visitor, code, tell):
    tell("closed", "问题属实，已经处理。\n谢谢您。")
    page = look(visitor, code)
    assert "给您的答复" in page.main
    assert "问题属实，已经处理。 谢谢您。" in page.main


def test_a_question_has_its_day_and_says_when_the_day_may_change(visitor, code, tell):
    tell("need_more", QUESTION, "question", DUE, provisional=True)
    page = look(visitor, code)
    assert "请在2027年1月8日前回复" in page.main
    assert "2027年放假安排还没有公布" in page.main
    assert "一、是哪三户？" in page.main


@pytest.mark.parametrize(
    ("state", "flags", "sentence"),
    [
        ("received", (), "写了姓名的：按规定，最迟2027年1月8日告诉您是否受理。"),
        ("closed", (), "写了姓名的：按规定，最迟2027年1月8日告诉您结果。"),
        ("received", ("overdue",), "我们应该在2027年1月8日前看您反映的内容、告诉您是否受理"),
        ("closed", ("overdue",), "按规定应在2027年1月8日前告知您，现在已经超过期限"),
        ("need_more", ("paused",), "起暂停，原因：等您补充。恢复后会重新算出日期"),
    ],
)
def test_a_date_is_told_and_that_it_passed_or_waits(  # noqa: PLR0917 — fixtures come by name
    visitor, code, tell, state, flags, sentence
):
    tell(state, due=DUE, flags=flags)
    page = look(visitor, code)
    assert sentence in page.main
    assert ("超过期限了" in page.main) is ("overdue" in flags)
    assert "放假安排还没有公布" not in page.main
    tell(state, due=DUE, flags=flags, revision=2, provisional=True)
    assert "2027年放假安排还没有公布" in visitor.open("/track/case").main


def test_nobody_waits_for_a_look_that_is_overdue(visitor, code, tell):
    tell("received", due=DUE, flags=("overdue",))
    page = look(visitor, code)
    assert "打电话0990-1238800，报登记号" in page.main
    assert "5个工作日内查看登记" not in page.main


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
