"""/cases/<reference>: reading it with nothing hidden, having it, and what each refusal says."""

import pytest
from flask import Flask

from portal.reference.vocabulary import vocabulary
from portal.sealing.content import Subject
from tests.desk.arrivals import LATER, Reporter, deliver
from tests.desk.casework import WORDS, Office, at_work
from tests.page_parts import Page, words
from tests.pages import Browser

READ = "case-read"


def facts(page: Page) -> dict[str, str]:
    names = [words(one) for one in page.find_all("dt", class_="govuk-summary-list__key")]
    values = [words(one) for one in page.find_all("dd", class_="govuk-summary-list__value")]
    return dict(zip(names, values, strict=True))


def sheets(page: Page) -> list[str]:
    """The words of people, with their line ends."""
    return ["".join(one.itertext()) for one in page.find_all("div", class_="sheet")]


def notices(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("h2", class_="notice__title")]


def at_case(app: Flask, office: Office, reporter: Reporter) -> Browser:
    return at_work(app, office.clerk, f"/cases/{reporter.reference}")


# Reading -----------------------------------------------------------------------------------------


def test_a_case_shows_everything_that_was_written(app: Flask, office: Office) -> None:
    subject = Subject("石桥村村委会", "𠮷某", "会计", "L6", "青岚县柳溪镇")
    office.open(office.arrive(subject=subject, place="村口", happened="去年冬天", helper=True))
    page = at_work(app, office.colleague, "/cases/83172054").page
    assert facts(page) == {
        "收到": "2026年11月9日",
        "类别": vocabulary().category_label("village"),
        "匿名或实名": "匿名",
        "代填": "是，由别人代填",
        "单位或者地方": "石桥村村委会",
        "被反映人姓名": "𠮷某",
        "职务": "会计",
        "哪一类人": vocabulary().level("L6").plain,
        "县、乡镇、村": "青岚县柳溪镇",
        "地点": "村口",
        "时间": "去年冬天",
    }
    assert "这件在陈雨手里" in page.main


def test_what_was_left_empty_or_is_unknown_is_said_in_words(app: Flask, office: Office) -> None:
    subject = Subject(level="L99")
    office.open(office.arrive(category="no-such-code", subject=subject, place=""))
    shown = facts(at_work(app, office.clerk, "/cases/83172054").page)
    assert shown["类别"] == "没有见过的类别"
    assert shown["哪一类人"] == "L99"
    assert shown["被反映人姓名"] == shown["地点"] == shown["时间"] == "没有写"
    assert shown["代填"] == "否"


def test_nothing_in_the_words_can_hide_or_turn(app: Flask, office: Office) -> None:
    story = "第一行\n  收了\u202e元百五\u202c\n<script>alert(1)</script>{{ 7*7 }}"
    subject = Subject(name="张\u200b三")
    browser = at_case(app, office, office.open(office.arrive(story=story, subject=subject)))
    page = browser.page
    unseen = [words(one) for one in page.find_all("span", class_="unseen")]
    assert unseen == ["强制从右到左 U+202E", "方向结束 U+202C", "零宽空格 U+200B"]
    assert "有2处看不见的字符" in page.main
    for mark in "\u202e\u202c\u200b":
        assert mark not in page.body.decode()
    (sheet,) = sheets(page)
    assert sheet.startswith("第一行\n  收了强制从右到左")
    assert sheet.endswith("\n<script>alert(1)</script>{{ 7*7 }}")


def test_ten_thousand_characters_arrive_whole(app: Flask, office: Office) -> None:
    story = "\n" + "石桥村𠮷" * 2_499 + "完毕。"
    page = at_case(app, office, office.open(office.arrive(story=story))).page
    assert sheets(page) == [story]


def test_an_unopened_report_is_claimed_from_its_own_page(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    browser = at_case(app, office, reporter)
    assert "内容还封着，没有人看过" in browser.page.main
    assert browser.press("领取并打开").h1 == "登记号 83172054"
    assert office.case(reporter).claimed_by == office.clerk.id


def test_to_a_handler_an_unopened_report_is_not_there(app: Flask, office: Office) -> None:
    office.arrive()
    at_work(app, office.handler).open("/cases/83172054", status=404)
    assert office.audited(READ) == []


def test_an_unknown_case_is_not_found_and_not_written_down(app: Flask, office: Office) -> None:
    at_work(app, office.clerk).open("/cases/99999999", status=404)
    assert office.audited(READ) == []


# Without the key, or with rotten files -----------------------------------------------------------


def test_a_handler_without_a_grant_reads_why_and_what_to_do(app: Flask, office: Office) -> None:
    office.release(office.case_in("accepted"))
    browser = at_work(app, office.handler, "/cases/83172054")
    assert notices(browser.page) == ["您打不开这一件"]
    assert "石桥村" not in browser.page.text
    assert office.audited(READ) == [(office.handler.id, "83172054")]
    token = {"csrf_token": browser.page.value("csrf_token")}
    page = browser.post("/cases/83172054/claim", token, status=409)
    assert notices(page) == ["您没有打开这件的密钥，领取了也办不了。"]


def test_a_handler_with_a_grant_works_on_the_case(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.release(reporter)
    office.let_in(office.handler)
    browser = at_work(app, office.handler, "/cases/83172054")
    assert browser.press("领取").h1 == "登记号 83172054"
    assert office.case(reporter).claimed_by == office.handler.id


def test_who_lost_the_keys_can_still_give_the_case_back(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.take_keys_from(office.clerk)
    browser = at_case(app, office, reporter)
    assert notices(browser.page) == ["您打不开这一件"]
    assert browser.press("放回，让别人办").h1 == "举报"
    assert office.case(reporter).claimed_by is None


def test_a_rotten_case_is_told_and_not_touched(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.damage(office.case(reporter).content_file)
    files = office.house.items.names()
    page = at_case(app, office, reporter).page
    assert notices(page) == ["这一件打不开：密封内容坏了或者不见了"]
    assert office.house.items.names() == files


def test_a_case_whose_key_is_rotten_cannot_be_claimed(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.release(reporter)
    browser = at_case(app, office, reporter)
    office.damage(office.grant_file(reporter))
    page = browser.press("领取", status=409)
    assert notices(page) == ["这件打不开：密封内容坏了。请告诉系统管理员。"]
    assert office.case(reporter).claimed_by is None


# Having it ---------------------------------------------------------------------------------------


def test_a_case_is_given_back_and_taken_by_another(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    assert at_case(app, office, reporter).press("放回，让别人办").h1 == "举报"
    browser = at_work(app, office.colleague, "/cases/83172054")
    assert "现在没有人办这件" in browser.page.main
    assert "放回，让别人办" in browser.press("领取").main
    assert office.case(reporter).claimed_by == office.colleague.id


def test_who_comes_second_is_told_who_has_it(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.release(reporter)
    first, second = (
        at_work(app, one, "/cases/83172054") for one in (office.clerk, office.colleague)
    )
    first.press("领取")
    page = second.press("领取", status=409)
    assert notices(page) == ["这件已经由陈雨领取。"]
    assert "这件在陈雨手里" in second.click("看这一件").main


def test_nobody_gives_back_what_is_not_theirs_nor_reads_it_that_way(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("accepted")
    browser = at_work(app, office.colleague, "/account")
    token = {"csrf_token": browser.page.value("csrf_token")}
    page = browser.post("/cases/83172054/release", token, status=409)
    assert notices(page) == ["这件不在您手里。"]
    assert sheets(page) == []
    assert office.audited(READ) == []
    assert office.case(reporter).claimed_by == office.clerk.id


@pytest.mark.parametrize("button", ["claim", "release", "words", "take-over"])
def test_a_form_of_yesterday_changes_and_shows_nothing(
    app: Flask, office: Office, button: str
) -> None:
    reporter = office.case_in("need_more")
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    before = office.case(reporter)
    browser = at_work(app, office.clerk, "/account")
    page = browser.post(f"/cases/83172054/{button}", {"csrf_token": "old"}, status=422)
    assert page.errors
    assert sheets(page) == []
    assert office.case(reporter).claimed_by == before.claimed_by
    assert office.audited("case-words-read") == []


# The citizen's later words -----------------------------------------------------------------------


def answered(office: Office, *, by: Reporter | None = None) -> Reporter:
    reporter = office.case_in("need_more")
    answer = reporter.answer("前年\u202e春天", office.recipient, signed_by=by)
    deliver(office.house, answer, LATER)
    return reporter


def test_new_answers_are_opened_by_a_press_and_written_down(app: Flask, office: Office) -> None:
    reporter = answered(office)
    browser = at_case(app, office, reporter)
    assert "还封着，没有打开" in browser.page.main
    page = browser.press("打开新写的")
    assert sheets(page)[1] == "前年强制从右到左 U+202E春天"
    assert "签名不符" not in page.main
    assert office.audited("case-words-read") == [(office.clerk.id, "83172054")]


def test_words_that_the_code_did_not_sign_are_marked(app: Flask, office: Office) -> None:
    browser = at_case(app, office, answered(office, by=Reporter.draw()))
    page = browser.press("打开新写的")
    assert "签名不符" in page.main
    assert "不能当作反映人的话" in page.main
    assert "请您补充" in words(page.find("strong", class_="tag--need_more"))


def test_a_handler_asks_a_clerk_to_open_new_answers(app: Flask, office: Office) -> None:
    reporter = answered(office)
    office.let_in(office.handler)
    browser = at_work(app, office.handler, "/cases/83172054")
    assert "请受理员打开新写的" in browser.page.main
    token = {"csrf_token": browser.page.value("csrf_token")}
    page = browser.post("/cases/83172054/words", token, status=409)
    assert notices(page) == ["您没有收件密钥，请受理员来打开新写的。"]
    at_case(app, office, reporter).press("打开新写的")
    assert "春天" in sheets(browser.open("/cases/83172054"))[1]


def test_answers_that_do_not_open_are_told_and_kept(app: Flask, office: Office) -> None:
    reporter = office.case_in("need_more")
    before = office.house.items.names()
    answer = reporter.answer("前年春天", office.recipient, signed_by=Reporter.draw())
    deliver(office.house, answer)
    (name,) = office.house.items.names() - before
    office.damage(name)
    page = at_case(app, office, reporter).press("打开新写的", status=409)
    assert notices(page) == ["新写的打不开：密封内容坏了。请告诉系统管理员。"]
    assert name in office.house.items.names()


def test_one_rotten_reply_does_not_close_the_case(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.do(reporter, "reply")
    office.damage(office.reply_file(reporter, 1))
    page = at_case(app, office, reporter).page
    assert "这一段打不开：密封内容坏了或者不见了" in page.main
    assert sheets(page)[1] == WORDS["reply"]


# What is written down ----------------------------------------------------------------------------


def test_that_a_case_was_read_is_written_down_before_the_page_is_made(
    app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = office.case_in("accepted")
    browser = at_work(app, office.clerk, "/account")
    seen: list[list[tuple[str | None, str]]] = []

    def fail(_words: str) -> str:
        seen.append(office.audited(READ))
        raise RuntimeError("the page cannot be made")

    monkeypatch.setitem(app.jinja_env.filters, "runs", fail)
    page = browser.open(f"/cases/{reporter.reference}", status=500)
    assert seen == [[(office.clerk.id, reporter.reference)]]
    assert office.audited(READ) == [(office.clerk.id, reporter.reference)]
    assert "石桥村" not in page.text
