"""Writing to a reporter: fill in, look at it as the citizen will, save; and every way back."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain.act_kinds import ACTS
from portal.desk.forms.acts import LONGEST
from portal.desk.models.sessions import StaffSession
from portal.reference.texts import text
from tests.desk.arrivals import deliver, told
from tests.desk.casework import PLACES, WORDS, Office, at_work, writing
from tests.page_parts import Page, words

TOO_LONG = f"最多写{LONGEST}个字，您写了{LONGEST + 1}个字"
TYPED = "您写的修路款，\n  我们想再问清楚：\n一、是哪一年？"


def shown(page: Page) -> str:
    return words(page.find("div", class_="desk-preview"))


def test_a_clerk_writes_looks_and_saves(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = at_work(app, office.clerk, "/cases/83172054")
    page = browser.click("受理")
    assert page.value("text") == ACTS["accept"].template
    page = browser.fill(text=WORDS["accept"])
    assert page.h1 == "受理：反映人会看到"
    assert WORDS["accept"] in shown(page)
    assert office.case(reporter).revision == 1
    page = browser.press("保存：受理")
    assert page.h1 == "登记号 83172054"
    assert "已保存：受理" in page.main
    assert ACTS["accept"].afterwards in page.main
    assert office.case(reporter).state == "accepted"
    assert len(told(office.house)) == 1


def where(code: str) -> str:
    """A state in which the clerk may do the act."""
    after = {"start": "accepted", "close": "accepted", "reopen": "out_of_scope"}
    return after.get(code, "received")


@pytest.mark.parametrize("code", sorted(set(ACTS) - {"review-start", "review-close"}))
def test_each_act_says_what_comes_next(app: Flask, office: Office, code: str) -> None:
    reporter = office.case_in(where(code))
    if code == "withdraw-note":
        deliver(office.house, reporter.answer("", office.recipient, purpose="withdraw"))
    browser = writing(app, office, code)
    if code in PLACES:
        browser.fill(text=WORDS[code], place=PLACES[code])
    else:
        browser.fill(text=WORDS[code])
    page = browser.press(f"保存：{ACTS[code].label}")
    assert ACTS[code].afterwards in page.main
    assert "接下来：" in page.main


def test_acts_are_offered_to_the_holder_alone_the_usual_one_first(
    app: Flask, office: Office
) -> None:
    office.case_in("accepted")
    page = at_work(app, office.clerk, "/cases/83172054").page
    offered = [one for item in page.find_all("ul", class_="desk-acts") for one in item.iter("a")]
    assert [words(one) for one in offered] == [
        "开始办理",
        "办结",
        "请补充",
        "答复",
        "转送",
        "交办给部门",
    ]
    assert [one.get("class") for one in offered].count("govuk-button") == 1
    page = at_work(app, office.colleague, "/cases/83172054").page
    assert not page.find_all("ul", class_="desk-acts")


@pytest.mark.parametrize(
    ("code", "typed", "message"),
    [
        ("accept", ACTS["accept"].template, "还有没填的空：〔事情〕。请填好，或者把这一句删掉"),
        ("need-more", " ", "请写给反映人的话"),
        ("accept", "长" * (LONGEST + 1), TOO_LONG),
        ("accept", "坏\0的", "里面有不能识别的字符，请删去再试"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "do"])
def test_what_is_not_ready_comes_back_with_the_reason_and_the_text(
    app: Flask, office: Office, code: str, typed: str, *, message: str, step: str
) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, code)
    form = {
        "csrf_token": browser.page.value("csrf_token"),
        "revision": browser.page.value("revision"),
        "text": typed,
        "step": step,
    }
    page = browser.post(f"/cases/83172054/acts/{code}", form, status=422)
    assert page.error("text") == message
    assert page.errors == [message]
    assert page.value("text").replace("\ufffd", "\0") == typed
    assert office.case(reporter).revision == 1
    assert told(office.house) == []


def test_the_longest_words_are_saved_whole(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    longest = "一\n" * (LONGEST // 2)
    browser = writing(app, office, "reply")
    browser.fill(text=longest)
    browser.press("保存：答复")
    _progress, message = told(office.house)[0]
    assert reporter.keys.open_reply(message.parts["reply-1"]).text == longest


def test_from_the_preview_one_goes_back_and_changes(app: Flask, office: Office) -> None:
    office.case_in("received")
    browser = writing(app, office, "need-more")
    browser.fill(text=TYPED)
    page = browser.press("回去改")
    assert page.value("text") == TYPED
    page = browser.fill(text=TYPED + "\n二、是谁经手？")
    assert "二、是谁经手？" in shown(page)


def test_an_act_without_words_shows_the_state_alone(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    browser = writing(app, office, "start")
    page = browser.fill(text="")
    assert text("progress.in_progress.text") in shown(page)
    assert shown(page).count("给您的答复") == 1
    browser.press("保存：开始办理")
    assert office.case(reporter).state == "in_progress"


# The next one ------------------------------------------------------------------------------------


def test_saving_leads_on_to_the_next_report(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    following = office.arrive("20000002")
    browser = writing(app, office, "accept")
    browser.fill(text=WORDS["accept"])
    page = browser.press("保存并办下一件")
    assert page.h1 == "登记号 20000002"
    assert "登记号 83172054 已保存：受理" in page.main
    assert office.case(reporter).state == "accepted"
    assert office.case(following).claimed_by == office.clerk.id


def test_without_a_next_report_it_is_not_offered(app: Flask, office: Office) -> None:
    office.case_in("received")
    page = writing(app, office, "accept").fill(text=WORDS["accept"])
    assert "保存并办下一件" not in page.main


def test_an_act_is_saved_whole_though_the_next_report_does_not_open(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("received")
    rotten = office.arrive("20000002")
    office.damage(office.case(rotten).content_file)
    browser = writing(app, office, "accept")
    browser.fill(text=WORDS["accept"])
    page = browser.press("保存并办下一件")
    assert page.h1 == "新收的举报"
    assert "登记号 83172054 已保存：受理" in page.main
    assert office.case(reporter).state == "accepted"
    assert office.case(rotten).claimed_by is None
    ((_progress, message),) = told(office.house)
    assert reporter.keys.open_reply(message.parts["reply-1"]).text == WORDS["accept"]
    assert WORDS["accept"] in at_work(app, office.colleague, "/cases/83172054").page.main


def test_a_handler_stays_with_the_case(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    office.arrive("20000002")
    office.release(reporter)
    office.let_in(office.handler)
    browser = at_work(app, office.handler, "/cases/83172054")
    browser.press("领取")
    browser.click("开始办理")
    page = browser.fill(text="")
    assert "保存并办下一件" not in page.main
    form = page.forms[-1].filled()
    page = browser.post(page.url, {**form, "step": "do-and-next"})
    assert page.h1 == "登记号 83172054"
    assert office.case(reporter).state == "in_progress"


@pytest.mark.parametrize("query", ["?done=arrest", "?done=accept&before=x", "?before=83172054"])
def test_an_address_that_nobody_was_led_to_claims_nothing(
    app: Flask, office: Office, query: str
) -> None:
    office.case_in("accepted")
    assert "已保存" not in at_work(app, office.clerk, f"/cases/83172054{query}").page.main


# Kept over an idle sign-out ----------------------------------------------------------------------


def test_what_was_typed_survives_fifteen_idle_minutes(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "need-more")
    with office.house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=16)
        session.execute(update(StaffSession).values(seen_at=then))
    page = browser.fill(text=TYPED, status=403)
    assert page.h1 == "登录办公台"
    assert "修路款" not in page.body.decode()
    clerk = office.clerk
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code())
    assert page.url == "/cases/83172054/acts/need-more"
    assert page.value("text") == TYPED
    assert office.case(reporter).revision == 1
    browser.fill(text=TYPED)
    browser.press("保存：请补充")
    assert office.case(reporter).state == "need_more"
