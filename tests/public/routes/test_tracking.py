"""What a citizen reads with the code: the state, the days, the words of the desk."""

from datetime import date

import pytest

from portal.public.models.cases import Case
from portal.reference.days import local_day, spoken_day
from tests.public.stories import look, rows

QUESTION = "您写的低保，我们想再问清楚：\n一、是哪三户？"
DUE = date(2027, 1, 8)


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
