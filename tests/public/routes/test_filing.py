from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from portal.public.models.cases import Case
from portal.public.models.drafts import Draft
from portal.sealing.tracking_code import TrackingCode
from portal.sealing.unseal import open_report
from tests.page_parts import words
from tests.pages import Browser
from tests.public.stories import STORY, code_on, file_report, outgoing, rows, write_report

AT_ONCE = 50
SENTENCE = "已提交，补充请用查询码"


def test_the_check_page_shows_the_code_first_and_the_story_folded(visitor):
    page = write_report(visitor, place="柳溪镇")
    assert page.main.index("还没有提交") < page.main.index("第一步：把这24个数字抄在纸上")
    assert TrackingCode(code_on(page))
    (folded,) = [one for one in page.find_all("details") if STORY in words(one)]
    assert folded.get("open") is None
    assert "柳溪镇" in page.main


def test_the_code_stays_the_same_until_it_is_filed(visitor):
    code = code_on(write_report(visitor))
    visitor.open("/report/story?back=check")
    assert code_on(visitor.fill(story=STORY + "还有一件。")) == code


def test_filing_says_received_with_day_and_reference(visitor, house):
    file_report(visitor)
    (case,) = rows(house, Case)
    page = visitor.page
    assert page.h1 == "已收到"
    assert case.reference in page.main
    day = case.received_on
    assert f"{day.year}年{day.month}月{day.day}日" in page.main


def test_the_words_arrive_unchanged(visitor, house, keyring):
    story = "𠮷先生说：\n“\u202e倒写\u202c”，共２万３千元……　完。"
    file_report(visitor, story, unit="青石村", level="L6", happened="去年")
    (message,) = outgoing(house)
    opened = open_report(message.parts["content"], [keyring.identities["intake"]])
    assert (opened.story, opened.happened) == (story, "去年")
    assert (opened.subject.unit, opened.subject.level) == ("青石村", "L6")
    assert opened.helper is False


def test_a_helper_is_noted_in_the_sealed_report(visitor, house, keyring):
    visitor.open("/report")
    visitor.press("帮别人填")
    file_report(visitor)
    (message,) = outgoing(house)
    assert open_report(message.parts["content"], [keyring.identities["intake"]]).helper


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("last_group", "", "最后一组数字对不上"),
        ("last_group", "12", "最后一组数字对不上"),
        ("last_group", "first", "最后一组数字对不上"),
        ("last_group", "随便写的", "最后一组数字对不上"),
        ("last_group", "1" * 500, "最后一组数字对不上"),
        ("declare", "", "前面打钩"),
    ],
)
def test_a_last_press_that_does_not_hold_files_nothing(visitor, house, field, typed, reason):
    page = write_report(visitor)
    code = code_on(page)
    data = {"last_group": code[-4:], "declare": "y", "csrf_token": page.value("csrf_token")}
    data[field] = code[:4] if typed == "first" else typed
    data = {name: value for name, value in data.items() if name != "declare" or value}
    page = visitor.post("/report/check", data, status=422)
    assert reason in (page.error(field) or "")
    assert code_on(page) == code
    assert (rows(house, Case), outgoing(house)) == ([], [])


def test_the_last_group_is_taken_in_every_usual_spelling(site):
    spellings = [
        lambda code: code[-4:],
        lambda code: " ".join(code[-4:]),
        lambda code: "".join(chr(ord(digit) + 0xFEE0) for digit in code[-4:]),
        lambda code: code,
        lambda code: "查询码 " + "-".join(code[n : n + 4] for n in range(0, 24, 4)),
    ]
    for spell in spellings:
        visitor = Browser(site)
        code = code_on(write_report(visitor))
        assert visitor.fill(last_group=spell(code), declare=True).h1 == "已收到"


def test_an_unfinished_report_names_what_is_missing_with_links(visitor, house):
    visitor.open("/report/subject")
    visitor.fill(unit="青石村")
    page = visitor.open("/report/check")
    assert code_on(page) == ""
    visitor.click("您要反映的是哪一类问题？")
    visitor.fill(category="village")
    visitor.open("/report/check")
    visitor.click("发生了什么？")
    assert code_on(visitor.fill(story=STORY))


def test_a_last_press_without_a_draft_points_at_the_code(visitor, house):
    code = code_on(write_report(visitor))
    with house.database.writing() as session:
        session.execute(text("UPDATE drafts SET expires_minute = 1"))
    page = visitor.fill(last_group=code[-4:], declare=True, status=409)
    assert "如果您已经按过“提交”，请用查询码" in page.main
    assert page.links["查一下"] == "/track"
    assert rows(house, Case) == []


def test_pressing_again_gives_the_same_answer(visitor, house):
    page = write_report(visitor)
    code, token = code_on(page), page.value("csrf_token")
    data = {"last_group": code[-4:], "declare": "y", "csrf_token": token}
    first = visitor.post("/report/check", data)
    again = visitor.post("/report/check", {**data, "last_group": "0000"})
    assert first.main == again.main
    assert len(rows(house, Case)) == len(outgoing(house)) == 1


def test_fifty_presses_at_once_are_one_report_and_one_answer(visitor, house, site):
    page = write_report(visitor)
    cookie = visitor.client.get_cookie("__Host-public", domain="localhost")
    data = {
        "last_group": code_on(page)[-4:],
        "declare": "y",
        "csrf_token": page.value("csrf_token"),
    }
    together = Barrier(AT_ONCE)

    def press(_number):
        client = site.test_client()
        client.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)
        together.wait()
        answer = client.post(
            "/report/check", base_url="https://localhost", data=data, follow_redirects=True
        )
        return answer.status_code, answer.request.path, _main(answer.text)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = set(threads.map(press, range(AT_ONCE)))
    assert len(rows(house, Case)) == len(outgoing(house)) == 1
    ((status, path, main),) = answers
    assert (status, path) == (200, "/report/sent")
    assert rows(house, Case)[0].reference in main
    assert house.drafts.names() == set()


def _main(html):
    # The token of the button that clears differs by its time stamp.
    return html[html.index("<main") : html.index("离开以前")]


@pytest.mark.parametrize("step", ["matter", "subject", "story", "identity", "check"])
def test_back_after_filing_shows_that_it_is_filed(visitor, step):
    file_report(visitor)
    page = visitor.open(f"/report/{step}")
    assert page.h1 == SENTENCE
    assert page.links["看提交的回执"] == "/report/sent"


def test_a_change_after_filing_is_refused_and_shown(visitor, house):
    write_report(visitor)
    old = visitor.open("/report/story")
    file_report(visitor)
    changed = {"story": "改成另外的说法，更长一些。", "csrf_token": old.value("csrf_token")}
    page = visitor.post("/report/story", changed, status=409)
    assert page.h1 == SENTENCE
    assert changed["story"] in page.main
    assert len(outgoing(house)) == 1


def test_what_was_filed_lies_nowhere_but_in_the_sealed_message(visitor, house):
    file_report(visitor)
    (stub,) = rows(house, Draft)
    assert stub.file is None
    assert stub.stub
    assert house.drafts.names() == set()


def test_the_code_is_shown_once_more_within_the_hour(visitor, house):
    code = file_report(visitor)
    assert code_on(visitor.open("/report/sent")) == code
    with house.database.writing() as session:
        session.execute(text("UPDATE drafts SET expires_minute = 1"))
    page = visitor.open("/report/sent")
    assert code not in page.text
    assert "查得到就是已经收到" in page.main


def test_words_that_tell_the_writer_are_pointed_out_and_not_stored(visitor):
    page = write_report(visitor, "我是青石村小学的老师，电话13800001111，他找过我。")
    assert "“我是青石村小学的老师”" in page.main
    assert "“13800001111”" in page.main
    assert "这只是提醒，没有记录" in page.main


def test_a_story_about_others_gets_no_hint(visitor):
    assert "这只是提醒" not in write_report(visitor).main


def test_a_change_in_another_tab_between_looking_and_pressing_is_looked_at_again(
    visitor, house, monkeypatch
):
    page = write_report(visitor)
    data = {
        "last_group": code_on(page)[-4:],
        "declare": "y",
        "csrf_token": page.value("csrf_token"),
    }
    admit = house.admit

    def change_meanwhile(now, **times):
        other = visitor.client.post(
            "/report/story?back=check",
            base_url="https://localhost",
            data={"story": STORY + "又添了一句。", "csrf_token": data["csrf_token"]},
        )
        assert other.status_code == 303
        return admit(now, **times)

    calls = iter([change_meanwhile])

    def admit_once_changed(now, **times):
        return next(calls, admit)(now, **times)

    monkeypatch.setattr(house, "admit", admit_once_changed)
    page = visitor.post("/report/check", data)
    assert page.url == "/report/check"
    assert "又添了一句" in page.main
    assert rows(house, Case) == []
