"""回避 at the desk: met before anything is shown, refused without content, the next one offered."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.sealing.content import Subject
from tests.desk.casework import Office, at_work
from tests.desk.staff import Colleague
from tests.desk.townships import open_township
from tests.pages import Browser

ELSEWHERE: dict[str, Any] = {
    "story": "望江村的路一直没有修，有人拿了钱。",
    "place": "",
    "subject": Subject(),
}
MET = "这件需要您回避"


@pytest.fixture
def listed(app: Flask, office: Office) -> Callable[[Colleague], Browser]:
    """Lets a colleague put the village of the usual report on the own list."""

    def put(person: Colleague) -> Browser:
        browser = at_work(app, person, "/recusals")
        browser.fill(words=" 石桥村 ")
        return browser

    return put


def silent(browser: Browser) -> bool:
    """Whether the open page says nothing of the report."""
    return not any(word in browser.page.text for word in ("石桥", "修路款", "83172054"))


def test_the_list_is_kept_and_cleared_by_its_owner(app: Flask, office: Office, listed) -> None:
    browser = listed(office.clerk)
    assert "石桥村" in browser.page.main
    assert "石桥村" not in at_work(app, office.colleague, "/recusals").page.main
    assert browser.fill(words=" ", status=422).error("words") == "请填单位或者姓名"
    assert "请填2到50个字" in (browser.fill(words="王", status=422).error("words") or "")
    token = browser.page.value("csrf_token")
    browser.post("/recusals/nothing/remove", {"csrf_token": token}, status=404)
    browser.open("/recusals")
    assert "现在是空的" in browser.press("去掉 石桥村").main


def test_an_old_button_takes_nothing_off(office: Office, listed) -> None:
    browser = listed(office.clerk)
    form = next(one for one in browser.page.forms if one.action.endswith("/remove"))
    browser.post(form.action, {"csrf_token": "old"}, status=422)
    assert "石桥村" in browser.open("/recusals").main


@pytest.mark.parametrize("way", ["from the list", "the oldest", "from its page"])
def test_a_claim_is_refused_before_anything_is_shown(
    app: Flask, office: Office, listed, way: str
) -> None:
    reporter = office.arrive()
    browser = listed(office.clerk)
    browser.open("/cases/83172054" if way == "from its page" else "/intake")
    label = {"the oldest": "领取最早的一件", "from the list": "领取并打开 83172054"}
    page = browser.press(label.get(way, "领取并打开"))
    assert page.h1 == MET
    assert silent(browser)
    case = office.case(reporter)
    assert (case.claimed_by, case.registered_on) == (None, None)
    assert office.audited("case-recused") == [(office.clerk.id, "83172054")]
    assert office.audited("case-opened") == office.audited("case-claimed") == []
    browser.open("/cases/83172054", status=404)
    assert "83172054" not in browser.open("/intake").main
    assert "石桥村" in at_work(app, office.colleague, "/intake").press("领取最早的一件").main


def test_the_next_one_is_offered_instead(office: Office, listed) -> None:
    office.arrive()
    office.arrive("90000009", **ELSEWHERE)
    browser = listed(office.clerk)
    browser.open("/intake")
    assert browser.press("领取最早的一件").h1 == "登记号 90000009"
    assert office.audited("case-recused") == [(office.clerk.id, "83172054")]


def test_what_a_colleague_opened_is_not_shown_either(app: Flask, office: Office, listed) -> None:
    reporter = office.case_in("accepted")
    browser = listed(office.colleague)
    page = browser.open("/cases/83172054")
    assert MET in page.main
    assert "修路款" not in page.text
    page = browser.open("/cases/83172054/notes")
    assert "以前写的" not in page.main
    assert "您打不开" in browser.fill(text="看看", status=409).errors[0]
    assert browser.open("/cases/83172054").h1 == "登记号 83172054"
    token = {"csrf_token": browser.open("/account").value("csrf_token")}
    page = browser.post("/cases/83172054/take-over", token)
    assert page.h1 == MET
    assert office.case(reporter).claimed_by == office.clerk.id


def test_who_has_a_case_and_must_not_reads_no_more_and_gives_it_back(
    office: Office, listed
) -> None:
    reporter = office.case_in("accepted")
    browser = listed(office.clerk)
    browser.open("/cases/83172054/acts/reply")
    page = browser.fill(text="您反映的正在办。", status=409)
    assert page.value("text") == "您反映的正在办。"
    browser.open("/cases/83172054")
    assert MET in browser.page.main
    browser.press("放回，让别人办")
    browser.open("/cases/83172054")
    assert office.case(reporter).claimed_by is None
    token = {"csrf_token": browser.open("/account").value("csrf_token")}
    assert browser.post("/cases/83172054/claim", token).h1 == MET


def test_the_intake_learns_of_a_case_that_an_office_must_not_handle(
    app: Flask, office: Office, listed
) -> None:
    township = open_township(office)
    township.given()
    clerk = at_work(app, office.clerk)
    for person in (township.handler, township.colleague):
        assert "没有人能办" not in clerk.open("/").main
        browser = listed(person)
        token = {"csrf_token": browser.open("/account").value("csrf_token")}
        assert browser.post("/cases/83172054/claim", token).h1 == MET
    page = clerk.open("/")
    assert "1件没有人能办" in page.main
    assert clerk.click("83172054").h1 == "登记号 83172054"
    # A handler of the intake sees no other office's cases, nor how many there are.
    assert "没有人能办" not in at_work(app, office.handler).page.main


def test_a_report_that_every_clerk_must_not_handle_is_counted_and_not_named(
    office: Office, listed
) -> None:
    office.arrive()
    for person in (office.clerk, office.colleague):
        browser = listed(person)
        browser.open("/intake")
        assert browser.press("领取最早的一件").h1 == MET
    page = browser.open("/")
    assert "1件没有人能办" in page.main
    assert "83172054" not in page.text
