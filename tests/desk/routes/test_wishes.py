"""What reporters ask for, as staff see it: on the first page, on the case, and who may review."""

import pytest
from flask import Flask

from portal.desk.routes.cases import FOREIGN
from portal.sealing.keys import Identity
from tests.desk.arrivals import LATER, Reporter, deliver
from tests.desk.casework import WORDS, Office, at_work
from tests.page_parts import Page, words
from tests.pages import Browser

PRESSED = "反映人说：有人要求撤回"


def send(office: Office, reporter: Reporter, purpose: str, **more) -> None:
    deliver(office.house, reporter.answer("写的话", office.recipient, purpose=purpose, **more))


def red(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("strong", class_="tag--pressed")]


def notices(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("h2", class_="notice__title")]


def act(browser: Browser, label: str, text: str) -> Page:
    browser.fill(text=text)
    return browser.press(f"保存：{label}")


def test_new_words_are_listed_by_their_kind(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    send(office, reporter, "add")
    send(office, reporter, "withdraw", pressed="no")
    send(office, reporter, "add", signed_by=Reporter.draw())
    page = at_work(app, office.clerk).page
    cell = words(page.find("td", data_head="新写的"))
    assert "补充" in cell
    assert "撤回申请" in cell
    assert "签名不符" in words(page.find("td", data_head="新写的"))
    assert "1件申请撤回或者复查" in page.main


def test_that_somebody_pressed_the_reporter_is_seen_first(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    send(office, reporter, "withdraw", pressed="yes")
    browser = at_work(app, office.clerk, "/cases/83172054")
    assert notices(browser.page) == ["反映人2026年11月12日申请撤回", "反映人新写的，还没有打开"]
    assert "先打开看看，有没有人要求反映人撤回" in browser.page.main
    page = browser.press("打开新写的")
    assert red(page) == [PRESSED, PRESSED]
    assert "反映人的撤回申请" in page.main
    assert red(browser.open("/")) == [PRESSED, PRESSED]
    browser.open("/cases/83172054")
    browser.click("回应这个申请")
    page = act(browser, "回应撤回申请", WORDS["withdraw-note"])
    assert office.case(reporter).withdraw_asked_on is None
    assert notices(page) == ["已保存：回应撤回申请"]
    assert "申请撤回或者复查" not in browser.open("/").main


def test_a_withdrawal_that_nobody_pressed_for_is_told_quietly(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    send(office, reporter, "withdraw", pressed="unsaid")
    page = at_work(app, office.clerk, "/cases/83172054").press("打开新写的")
    assert red(page) == []
    assert "有没有人要求撤回：反映人不想说" in page.main


def test_a_review_is_offered_to_those_alone_who_did_not_handle_it(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("closed")
    send(office, reporter, "review")
    page = at_work(app, office.clerk, "/cases/83172054").page
    assert "您办过这件，不能由您复查。" in page.main
    assert "可以复查的人：林涛。" in page.main
    assert "开始复查，由我办" not in page.links
    browser = at_work(app, office.colleague, "/cases/83172054")
    browser.click("开始复查，由我办")
    assert "保存以后由您接着办" in browser.page.main
    page = act(browser, "开始复查", "")
    assert office.case(reporter).claimed_by == office.colleague.id
    assert page.links["复查办结"] == "/cases/83172054/acts/review-close"
    page = at_work(app, office.clerk, "/cases/83172054").page
    assert "要我接着办" not in page.main
    assert "您办过这件，不能由您复查。" in page.main
    browser.click("复查办结")
    act(browser, "复查办结", WORDS["review-close"])
    assert office.case(reporter).state == "closed"


def test_who_handled_it_is_refused_by_a_sentence_with_the_text_kept(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("closed")
    send(office, reporter, "review")
    browser = at_work(app, office.clerk, "/cases/83172054/acts/review-start")
    page = browser.fill(text="由我来看", status=422)
    assert "这件您办过，不能由您复查" in page.text
    assert page.value("text") == "由我来看"
    assert office.case(reporter).state == "closed"


def test_when_everybody_handled_it_the_page_says_what_to_do(app: Flask, office: Office) -> None:
    reporter = office.reviewed()
    office.do(reporter, "review-close", by=office.colleague, now=LATER)
    send(office, reporter, "review")
    page = at_work(app, office.colleague, "/cases/83172054").page
    assert "现在没有人可以复查" in page.main


@pytest.mark.parametrize("forged", [True, False])
def test_words_sealed_to_nobodys_key_break_no_page(
    app: Flask, office: Office, forged: bool
) -> None:
    reporter = office.case_in("accepted")
    signer, stranger = Reporter.draw() if forged else None, Identity.generate().recipient
    words_sent = reporter.answer("打不开", stranger, purpose="add", signed_by=signer)
    deliver(office.house, words_sent)
    browser = at_work(app, office.clerk, "/cases/83172054")
    page = browser.press("打开新写的", status=200 if forged else 409)
    if forged:
        assert "这一段打不开" in page.main
        assert "签名不符" in page.main
    else:
        assert notices(page) == [FOREIGN]
        assert "还封着，没有打开" in browser.open("/cases/83172054").main
