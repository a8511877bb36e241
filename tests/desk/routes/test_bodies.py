"""The list of bodies for transfers: kept by staff, offered while writing, never in the way."""

import logging
import re

import pytest
from flask import Flask

from portal.desk.forms.bodies import LONGEST
from tests.desk.casework import Office, at_work, writing
from tests.page_parts import Page, words

BODY = "云河市交通运输局"


def listed(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("th", scope="row")]


def test_a_body_is_put_on_the_list_offered_and_taken_off(app: Flask, office: Office) -> None:
    office.case_in("received")
    browser = at_work(app, office.clerk, "/bodies")
    assert "现在没有。" in browser.page.main
    assert listed(browser.fill(name=f" {BODY}　")) == [BODY]
    page = writing(app, office, "transfer").page
    assert [one.get("value") for one in page.find("datalist").iter("option")] == [BODY]
    assert page.links["整理常用的机关"] == "/bodies"
    assert listed(browser.press(f"去掉 {BODY}")) == []
    ((by, target),) = office.audited("body-added")
    assert by == office.clerk.id
    assert re.fullmatch("[0-9a-f]{32}", target)
    assert office.audited("body-dropped") == [(by, target)]


def test_a_name_cannot_forge_a_line_of_the_shipped_log(
    app: Flask, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "portal.audit")
    browser = at_work(app, office.clerk, "/bodies")
    browser.fill(name=f"{BODY}\n9999 2026-11-09T02:00:00+00:00 - case-closed 83172054")
    assert "body-added" in caplog.text
    assert not [line for line in caplog.text.splitlines() if line.startswith("9999")]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请写机关名称"),
        ("　 ", "请写机关名称"),
        (BODY, "名单里已经有这个机关"),
        ("局" * (LONGEST + 1), f"最多写{LONGEST}个字"),
        ("坏\0的", "里面有不能识别的字符"),
    ],
)
def test_what_cannot_be_listed_comes_back_with_the_reason(
    app: Flask, office: Office, typed: str, reason: str
) -> None:
    browser = at_work(app, office.clerk, "/bodies")
    browser.fill(name=BODY)
    page = browser.fill(name=typed, status=422)
    assert reason in (page.error("name") or "")
    assert listed(page) == [BODY]


def test_taking_off_twice_and_with_an_old_form_does_no_harm(app: Flask, office: Office) -> None:
    browser = at_work(app, office.clerk, "/bodies")
    browser.fill(name=BODY)
    (drop,) = [one.action for one in browser.page.forms if one.action.endswith("/drop")]
    assert listed(browser.post(drop, {"csrf_token": "old"}, status=422)) == [BODY]
    token = {"csrf_token": browser.page.value("csrf_token")}
    for _time in range(2):
        assert listed(browser.post(drop, token)) == []
    assert len(office.audited("body-dropped")) == 1
