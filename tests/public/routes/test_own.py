"""A report about the commission's own people: one question, three answers, all the citizen's."""

import pytest

from portal.public.models.cases import Case
from portal.public.models.drafts import Draft
from portal.superior.tables import SuperiorItem
from tests.pages import Browser
from tests.public.stories import STORY, code_on, file_report, look, outgoing, rows, write_report

CHIEF = "卢望舒"
SEAL = "在这里密封转上级"
LEAVE = "我去找上级反映（这里不保存）"
ONWARD = "不是，返回"


def _asked(visitor, **more):
    page = write_report(visitor, **(more or {"name": CHIEF}))
    assert page.url == "/report/own"
    return page


def _file(visitor):
    code = code_on(visitor.page)
    visitor.fill(last_group=code[-4:], declare=True)
    return code


def test_the_question_comes_before_the_code_and_names_the_superior(visitor):
    page = _asked(visitor)
    assert page.h1 == "这件事不该由我们自己来查"
    for told in ("云河市纪委监委", "0990-1238811", "云河市长桥区正阳路9号", "还没有提交"):
        assert told in page.main
    assert code_on(page) == ""
    assert CHIEF not in page.main


def test_who_is_not_asked_comes_straight_to_the_code(visitor):
    page = write_report(visitor)
    assert page.url == "/report/check"
    assert "由谁办理 青岚县纪委监委" in page.main


def test_not_so_goes_on_as_usual(visitor, house):
    _asked(visitor)
    page = visitor.press(ONWARD)
    assert page.url == "/report/check"
    _file(visitor)
    assert [one.kind for one in outgoing(house)] == ["report"]
    assert rows(house, SuperiorItem) == []
    assert rows(house, Case)[0].state == "received"


def test_what_is_added_later_is_asked_about_again(visitor):
    _asked(visitor)
    visitor.press(ONWARD)
    visitor.open("/report/subject?back=check")
    assert visitor.fill(level="L3").url == "/report/own"
    assert visitor.press(ONWARD).url == "/report/check"


def test_sealed_for_the_superior_it_is_received_and_says_so(visitor, house):
    _asked(visitor)
    page = visitor.press(SEAL)
    assert "由谁办理 密封转云河市纪委监委，只有上级能打开" in page.main
    code = _file(visitor)
    page = visitor.page
    assert page.h1 == "已收到"
    assert "本机关打不开，也查不到、统计不到" in page.main
    assert "个工作日" not in page.main
    assert outgoing(house) == []
    assert len(rows(house, SuperiorItem)) == 1
    assert house.drafts.names() == set()
    (case,) = rows(house, Case)
    assert case.reference in page.main
    page = look(visitor, code)
    assert page.h1 == "办理进度：已密封转上级"
    assert "0990-1238811" in page.main
    assert "我们这里查不到它" in page.main
    assert "工作日内" not in page.main
    assert "回答" not in page.main


def test_pressing_again_files_once(visitor, house):
    _asked(visitor)
    page = visitor.press(SEAL)
    data = {
        "last_group": code_on(page)[-4:],
        "declare": "y",
        "csrf_token": page.value("csrf_token"),
    }
    first = visitor.post("/report/check", data)
    assert visitor.post("/report/check", data).main == first.main
    assert len(rows(house, Case)) == len(rows(house, SuperiorItem)) == 1
    assert visitor.open("/report/own").h1 == "已提交，补充请用查询码"


def test_the_decision_may_be_changed_before_filing(visitor, house):
    _asked(visitor)
    visitor.press(SEAL)
    visitor.open("/report/own")
    assert "由谁办理 青岚县纪委监委" in visitor.press(ONWARD).main
    _file(visitor)
    assert [one.kind for one in outgoing(house)] == ["report"]


def test_whoever_is_sure_may_choose_the_superior_unasked(visitor, house):
    page = write_report(visitor)
    page = visitor.open("/report/own")
    assert page.h1 == "反映的是我们自己的人，或者归上级管的干部？"
    visitor.press(SEAL)
    _file(visitor)
    assert len(rows(house, SuperiorItem)) == 1


def test_going_to_the_superior_oneself_is_confirmed_and_leaves_nothing(visitor, house):
    _asked(visitor)
    page = visitor.press(LEAVE)
    assert page.url == "/report/own/leave"
    assert STORY in page.main
    assert "0990-1238811" in page.main
    assert len(rows(house, Draft)) == 1
    page = visitor.press("删掉这里写的，去找上级")
    assert "没有提交，本网站没有保存" in page.main
    assert "0990-1238811" in page.main
    assert STORY not in page.text
    assert (rows(house, Draft), rows(house, Case), outgoing(house)) == ([], [], [])
    assert house.drafts.names() == set()


def test_going_back_from_the_confirmation_keeps_everything(visitor):
    _asked(visitor)
    visitor.press(LEAVE)
    assert visitor.click("返回").url == "/report/own"
    visitor.press(ONWARD)
    assert code_on(visitor.page)


def test_the_last_press_does_not_pass_the_question(visitor, house):
    page = write_report(visitor)
    code, token = code_on(page), page.value("csrf_token")
    visitor.open("/report/subject?back=check")
    visitor.fill(name=CHIEF)
    data = {"last_group": code[-4:], "declare": "y", "csrf_token": token}
    assert visitor.post("/report/check", data).url == "/report/own"
    assert rows(house, Case) == []


@pytest.mark.parametrize("decision", ["", "superior"])
def test_an_answer_that_no_button_gives_is_refused(visitor, decision):
    token = _asked(visitor).value("csrf_token")
    data = {"decision": decision, "csrf_token": token}
    page = visitor.post("/report/own", data, status=422)
    assert "请按下面三个按钮中的一个" in page.errors


@pytest.mark.parametrize("url", ["/report/own", "/report/own/leave"])
def test_an_expired_page_changes_nothing(visitor, house, url):
    _asked(visitor)
    page = visitor.post(url, {"decision": "seal"}, status=422)
    assert "停留时间太久" in page.text
    assert len(rows(house, Draft)) == 1


def test_after_filing_a_late_decision_changes_nothing(visitor, house):
    page = _asked(visitor)
    token = page.value("csrf_token")
    visitor.press(ONWARD)
    _file(visitor)
    visitor.post("/report/own", {"decision": "seal", "csrf_token": token})
    page = visitor.post("/report/own/leave", {"csrf_token": token})
    assert page.h1 == "已提交，补充请用查询码"
    assert [one.kind for one in outgoing(house)] == ["report"]
    assert visitor.open("/report/sent").h1 == "已收到"


def test_without_a_whole_report_there_is_no_question(visitor):
    assert visitor.open("/report/own").url == "/report/check"
    token = visitor.open("/report/matter").value("csrf_token")
    page = visitor.post("/report/own", {"decision": "seal", "csrf_token": token})
    assert page.url == "/report/check"


def test_a_reference_that_another_case_has_is_drawn_again(visitor, house, site, monkeypatch):
    file_report(visitor)
    (taken,) = rows(house, Case)
    drawn = iter([taken.reference])
    monkeypatch.setattr(
        "portal.public.domain.reports.draw_reference", lambda: next(drawn, "20000000")
    )
    other = Browser(site)
    _asked(other)
    other.press(SEAL)
    _file(other)
    assert other.page.url == "/report/check"
    _file(other)
    assert other.page.h1 == "已收到"
    assert {case.reference for case in rows(house, Case)} == {taken.reference, "20000000"}


def test_nothing_of_it_lies_in_clear(visitor, house, tmp_path):
    _asked(visitor)
    visitor.press(SEAL)
    code = _file(visitor)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    stored += repr(
        [vars(row) for row in (*rows(house, SuperiorItem), *rows(house, Draft))]
    ).encode()
    assert len(house.superior.names()) == 1
    for secret in (STORY, STORY[:8], CHIEF, code):
        assert secret.encode() not in stored
