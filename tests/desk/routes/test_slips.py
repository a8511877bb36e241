"""/cases/<reference>/slip: shown once; and words that wait for the claim."""

import pytest
from flask import Flask

from tests.desk.casework import WORDS, Office, at_work
from tests.desk.paper import claim, enter, issue, now_of, own_keys, receive, sent
from tests.page_parts import words
from tests.public.stories import code_on

PATH = "/cases/90000001"


def test_a_slip_is_shown_once_and_a_reload_says_so(app: Flask, office: Office) -> None:
    case = enter(office)
    browser = at_work(app, office.clerk, PATH)
    page = browser.press("出领取单")
    code = code_on(page)
    assert len(code) == 24
    assert "localhost/track" in page.main
    assert "只在这里显示这一次" in page.main
    again = browser.open(f"{PATH}/slip")
    assert "已经显示过了" in again.main
    assert code_on(again) == ""
    assert "未领取" in browser.open(PATH).main
    assert now_of(office, case).claimed_slip is False


def test_a_lost_slip_is_replaced_and_the_former_is_void(app: Flask, office: Office) -> None:
    enter(office)
    browser = at_work(app, office.clerk, PATH)
    first = code_on(browser.press("出领取单"))
    browser.open(f"{PATH}/slip")
    second = code_on(browser.press("再出一张，前一张作废"))
    assert first != second
    page = browser.open(PATH)
    assert "第1张：已作废" in page.main
    assert "第2张：未领取" in page.main


def test_a_second_click_prints_no_second_slip(app: Flask, office: Office) -> None:
    enter(office)
    browser = at_work(app, office.clerk, PATH)
    sent_twice = {"csrf_token": browser.page.value("csrf_token"), "seen": "0"}
    browser.post(f"{PATH}/slip", sent_twice)
    page = browser.post(f"{PATH}/slip", sent_twice)
    assert "已经显示过了" in page.main
    assert len(office.audited("slip-issued")) == 1


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("no return address", "来信没有回信地址"),
        ("over the site", "不是来信来访来电"),
        ("claimed", "查询码已经领取"),
    ],
)
def test_a_slip_that_cannot_be_is_refused_with_its_reason(
    app: Flask, office: Office, kind: str, sentence: str
) -> None:
    if kind == "over the site":
        reference = office.case_in("accepted").reference
    else:
        case = enter(office, answerable=kind != "no return address")
        reference = case.reference
    if kind == "claimed":
        receive(office, claim(case, issue(office, case).keys, own_keys()))
    browser = at_work(app, office.clerk, f"/cases/{reference}")
    assert not {"出领取单", "再出一张，前一张作废"} & {
        words(one) for one in browser.page.find_all("button")
    }
    before = len(office.audited("slip-issued"))
    token = browser.page.value("csrf_token")
    page = browser.post(f"/cases/{reference}/slip", {"csrf_token": token, "seen": "0"}, status=409)
    assert sentence in page.main
    assert len(office.audited("slip-issued")) == before


def test_a_form_of_another_session_issues_nothing(app: Flask, office: Office) -> None:
    enter(office)
    browser = at_work(app, office.clerk, PATH)
    browser.post(f"{PATH}/slip", {"seen": "0"}, status=422)
    assert office.audited("slip-issued") == []


def test_an_unknown_case_has_no_slip(app: Flask, office: Office) -> None:
    browser = at_work(app, office.clerk, "/cases")
    browser.open("/cases/99999999/slip", status=404)


def test_words_before_the_slip_say_that_they_wait_too(app: Flask, office: Office) -> None:
    enter(office)
    page = at_work(app, office.clerk, f"{PATH}/acts/accept").page
    assert "写的话等领取后可见" in page.main
    assert "这件没有领取单" not in page.main


def test_words_before_the_claim_say_that_they_wait(app: Flask, office: Office) -> None:
    case = enter(office)
    drawn = issue(office, case)
    browser = at_work(app, office.clerk, f"{PATH}/acts/accept")
    waits = "查询码还没有领取，写的话等领取后可见。"
    assert waits in browser.page.main
    browser.fill(text=WORDS["accept"])
    assert waits in browser.page.main
    page = browser.press("保存：受理")
    assert waits in page.main
    own = own_keys()
    receive(office, claim(case, drawn.keys, own))
    assert "等着发给他" in browser.open("/").main
    page = browser.open(PATH)
    assert "他还看不到" in page.main
    page = browser.press("发给反映人")
    assert "他还看不到" not in page.main
    assert "等着发给他" not in browser.open("/").main
    last = sent(office)[-1]
    assert own.open_reply(last.parts["reply-1"]).text == WORDS["accept"]
    assert office.audited("words-sent") == [(office.clerk.id, case.reference)]


def test_nothing_to_send_is_said(app: Flask, office: Office) -> None:
    enter(office)
    browser = at_work(app, office.clerk, PATH)
    token = {"csrf_token": browser.page.value("csrf_token")}
    page = browser.post(f"{PATH}/slip/words", token, status=409)
    assert "没有等着发给反映人的话" in page.main
    browser.post(f"{PATH}/slip/words", {}, status=422)


def test_words_without_a_slip_say_that_nobody_reads_them(app: Flask, office: Office) -> None:
    enter(office, answerable=False)
    browser = at_work(app, office.clerk, f"{PATH}/acts/accept")
    assert "这件没有领取单，写的话反映人看不到。" in browser.page.main
    browser.fill(text=WORDS["accept"])
    page = browser.press("保存：受理")
    assert "写的话反映人看不到" in page.main
    assert "不出领取单" in page.main
    assert sent(office) == []
