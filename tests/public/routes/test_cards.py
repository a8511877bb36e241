"""The code to take along: a card to print, a small file, and digits read aloud."""

import re
from io import BytesIO

import pytest

from portal.sealing.tracking_code import TrackingCode, draw
from tests.pages import Browser
from tests.public.stories import code_on, file_report, look, write_report

WORDS_OF_THE_SITE = re.compile(r"[\u3400-\u9fff]")


def test_the_check_page_leads_to_both_cards_and_to_the_file(visitor):
    code = code_on(write_report(visitor))
    assert code_on(visitor.click("打印小卡片")) == code
    assert "还没有提交" in visitor.page.main
    assert code_on(visitor.click("改成只印数字的，看不出是干什么的")) == code
    visitor.open("/report/check")
    assert visitor.click("存成小文件").text.split() == [code[n : n + 4] for n in range(0, 24, 4)]


def test_the_plain_card_prints_digits_and_nothing_else(visitor):
    code = code_on(write_report(visitor))
    page = visitor.open("/report/card?plain=1")
    (card,) = page.find_all("div", class_="card")
    assert "".join("".join(card.itertext()).split()) == code
    assert page.title == "数字"
    assert "prints-card--plain" in page.root.get("class", "")


def test_the_named_card_says_what_it_is(visitor):
    write_report(visitor)
    (card,) = visitor.open("/report/card").find_all("div", class_="card")
    assert "查询码" in "".join(card.itertext())


def test_the_file_holds_digits_only_and_is_kept_nowhere(visitor):
    code = code_on(write_report(visitor))
    page = visitor.open("/report/chaxun.txt")
    assert page.body == (TrackingCode(code).grouped + "\r\n").encode("ascii")
    assert page.headers["Content-Disposition"] == "attachment; filename=chaxun.txt"
    assert page.headers["Cache-Control"] == "no-store"
    assert not WORDS_OF_THE_SITE.search(page.text)


def test_within_the_hour_after_filing_card_and_file_are_there_still(visitor):
    code = file_report(visitor)
    assert code_on(visitor.click("打印小卡片")) == code
    assert "还没有提交" not in visitor.page.main
    assert visitor.open("/report/chaxun.txt").text.strip().replace(" ", "") == code


@pytest.mark.parametrize("url", ["/report/card", "/report/card?plain=1", "/report/chaxun.txt"])
def test_without_a_whole_report_there_is_nothing_to_take_along(visitor, url):
    assert visitor.open(url).url == "/report/check"
    visitor.open("/report/subject")
    visitor.fill(unit="青石村")
    page = visitor.open(url)
    assert page.url == "/report/check"
    assert code_on(page) == ""


@pytest.fixture
def code(visitor):
    """A report that was filed and cleared from the phone."""
    code = file_report(visitor)
    visitor.press("清除这部手机上的记录")
    return code


def _chosen(visitor, data, typed="", status=200):
    visitor.open("/track")
    return visitor.fill(code=typed, file=data, status=status)


@pytest.mark.parametrize(
    "encoding",
    ["ascii", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "gb18030"],
)
def test_the_kept_file_opens_the_case_in_whatever_encoding(visitor, code, encoding):
    saved = TrackingCode(code).grouped + "\r\n"
    words = saved if encoding == "ascii" else f"记：{saved}谢谢"
    page = _chosen(visitor, words.encode(encoding))
    assert page.h1 == "办理进度：已收到"


def test_the_file_just_as_it_was_downloaded_opens_the_case(site):
    visitor = Browser(site)
    file_report(visitor)
    saved = visitor.open("/report/chaxun.txt").body
    assert _chosen(visitor, saved).h1 == "办理进度：已收到"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "没有读出查询码：请填24位查询码"),
        (b"\xff\xd8\xff\xe0 JFIF", "没有读出查询码"),
        (b"8317 2054 9961", "您填了12位"),
        (b"40518273", "登记号"),
        (b"8317 2054 9961 0378 5461 2094", "没有读出查询码"),
        (b"1" * 5000, "太大"),
        (b"x" * 400_000, "太大"),
    ],
)
def test_another_file_is_told_what_it_lacks(visitor, data, sentence):
    page = _chosen(visitor, data, status=422)
    assert sentence in (page.error("file") or "")
    assert page.error("code") is None


def test_what_was_typed_comes_before_the_file(visitor, code):
    page = _chosen(visitor, b"not a code at all", typed=code)
    assert page.h1 == "办理进度：已收到"
    page = _chosen(visitor, code.encode(), typed="8317 2054", status=422)
    assert "您填了8位" in (page.error("code") or "") or "登记号" in (page.error("code") or "")
    assert page.value("code") == "8317 2054"


def test_neither_typed_nor_chosen_is_told_beside_the_code(visitor):
    visitor.open("/track")
    page = visitor.fill(code="", status=422)
    assert page.error("code") == "请填24位查询码"
    assert page.error("file") is None


def test_a_file_of_any_code_gets_the_answer_that_a_typed_code_gets(site, code):
    answers = set()
    for data in (code.encode(), draw().digits.encode("utf-16"), draw().digits[:20].encode()):
        visitor = Browser(site)
        token = visitor.open("/track").value("csrf_token")
        answer = visitor.client.post(
            "/track",
            base_url="https://localhost",
            data={"csrf_token": token, "code": "", "file": (BytesIO(data), "chaxun.txt")},
        )
        headers = {name: len(value) for name, value in answer.headers}
        answers.add((answer.status_code, answer.text, str(sorted(headers.items()))))
    assert len(answers) == 1


def test_the_code_read_aloud_is_taken_as_it_was_written_down(visitor):
    page = write_report(visitor)
    (spoken,) = [
        "".join(one.itertext())
        for one in page.find_all("details")
        if "第一组" in "".join(one.itertext())
    ]
    assert WORDS_OF_THE_SITE.search(spoken)
    visitor.fill(last_group=code_on(page)[-4:], declare=True)
    assert look(visitor, spoken).h1 == "办理进度：已收到"


def test_what_the_dictating_voice_said_for_nought_and_two_is_taken(visitor, code):
    spoken = code.translate({48 + n: "洞幺两三四五六七八九"[n] for n in range(10)})
    assert look(visitor, "，".join(re.findall("....", spoken))).h1 == "办理进度：已收到"
