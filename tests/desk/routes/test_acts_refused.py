"""An act that is refused says why, does nothing, and keeps what was written."""

import pytest
from flask import Flask

from tests.desk.arrivals import deliver, told
from tests.desk.casework import Office, at_work, writing

TYPED = "您写的修路款，\n  我们想再问清楚：\n一、是哪一年？"


def test_a_case_that_changed_meanwhile_is_not_decided_blindly(app: Flask, office: Office) -> None:
    reporter = office.case_in("need_more")
    browser = writing(app, office, "reply")
    browser.fill(text=TYPED)
    deliver(office.house, reporter.answer("前年", office.recipient))
    before = office.case(reporter).revision
    page = browser.press("保存：答复", status=422)
    assert page.errors == [
        "这件刚刚有了变化，还没有保存。请先看看现在的情况，再决定。您写的还在下面。"
    ]
    assert page.value("text") == TYPED
    assert "现在是 已收到" in page.main
    assert office.case(reporter).revision == before
    browser.fill(text=TYPED)
    browser.press("保存：答复")
    assert office.case(reporter).revision == before + 1


def test_an_act_that_no_longer_fits_keeps_the_text(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    office.do(reporter, "accept")
    browser.fill(text=TYPED, status=422)
    page = browser.fill(text=TYPED, status=422)
    assert page.errors == ["这件现在不能这样办。您写的还在下面。"]
    assert page.value("text") == TYPED


def test_a_case_given_back_meanwhile_keeps_the_text(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    office.release(reporter)
    page = browser.fill(text=TYPED, status=422)
    assert page.errors == ["这件不在您手里，请先回到这一件领取。您写的还在下面。"]
    assert page.value("text") == TYPED


@pytest.mark.parametrize("revision", ["", "-1", "x", "９９", "9" * 30])
def test_a_revision_that_is_no_number_counts_as_an_old_one(
    app: Flask, office: Office, revision: str
) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    form = {
        "csrf_token": browser.page.value("csrf_token"),
        "text": "好的",
        "revision": revision,
        "step": "do",
    }
    browser.post("/cases/83172054/acts/accept", form, status=422)
    assert office.case(reporter).revision == 1


def test_an_expired_form_keeps_the_text(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    form = {"csrf_token": "old", "text": TYPED, "revision": "1", "step": "do"}
    page = browser.post("/cases/83172054/acts/accept", form, status=422)
    assert page.value("text") == TYPED
    assert office.case(reporter).revision == 1
    browser.fill(text=TYPED)
    browser.press("保存：受理")
    assert office.case(reporter).state == "accepted"


def test_a_double_press_is_done_once(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    form = {
        "csrf_token": browser.page.value("csrf_token"),
        "text": "好的",
        "revision": "1",
        "step": "do",
    }
    browser.post("/cases/83172054/acts/accept", form)
    browser.post("/cases/83172054/acts/accept", form, status=422)
    assert office.case(reporter).revision == 2
    assert len(told(office.house)) == 1


@pytest.mark.parametrize("address", ["/cases/83172054/acts/arrest", "/cases/99999999/acts/accept"])
def test_an_unknown_act_or_case_is_not_found(app: Flask, office: Office, address: str) -> None:
    office.case_in("received")
    at_work(app, office.clerk, "/account").open(address, status=404)


def test_who_lost_the_keys_sees_no_preview_and_keeps_the_text(app: Flask, office: Office) -> None:
    office.case_in("received")
    browser = writing(app, office, "accept")
    office.take_keys_from(office.clerk)
    page = browser.fill(text=TYPED, status=409)
    assert page.errors == [
        "您现在打不开这一件，不能看预览，也不能办。请回到这一件看看原因。您写的还在下面。"
    ]
    assert page.value("text") == TYPED


def test_nothing_is_done_to_a_case_that_its_handler_must_not_see_any_more(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    browser.fill(text=TYPED)
    own_list = at_work(app, office.clerk, "/recusals")
    own_list.fill(words="石桥村")
    page = browser.press("保存：受理", status=409)
    assert "不能办" in page.errors[0]
    assert page.value("text") == TYPED
    assert office.case(reporter).state == "received"


def test_words_that_got_lost_stop_the_next_message_and_keep_the_text(
    app: Flask, office: Office
) -> None:
    reporter = office.case_in("accepted")
    browser = writing(app, office, "reply")
    browser.fill(text=TYPED)
    office.house.items.discard(office.reply_file(reporter, 1, of="reporter"))
    page = browser.press("保存：答复", status=409)
    assert "有一段不见了" in page.errors[0]
    assert page.value("text") == TYPED
    assert office.case(reporter).revision == 2
    assert len(told(office.house)) == 1
