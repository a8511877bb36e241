"""The audit page: everything in order, narrowed, page by page, and proven."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal.desk.domain import audit
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from tests.desk.staff import Colleague, hire, make_key, sign_in
from tests.desk.tampering import tamper
from tests.pages import Browser

START = datetime(2026, 11, 9, 0, 0, tzinfo=UTC)


@pytest.fixture
def auditor(house: DeskHouse) -> Colleague:
    return hire(house, "shen.du", Role.AUDITOR, display_name="沈度")


@pytest.fixture
def browser(app: Flask, auditor: Colleague) -> Browser:
    return sign_in(app, auditor)


def fill_log(house: DeskHouse, entries: int, **fields: Any) -> None:
    with house.database.writing() as session:
        for number in range(entries):
            moment = START + timedelta(hours=number)
            given = {"person_id": None, "act": "case-read", "target": f"{number:08}", **fields}
            audit.record(session, now=moment, **given)


def rows(browser: Browser) -> list[str]:
    return ["".join(row.itertext()) for row in browser.page.find_all("tr")[1:]]


def test_who_did_what_is_told_in_words(browser: Browser) -> None:
    page = browser.open("/audit")
    newest, *_, oldest = rows(browser)
    assert "登录" in newest
    assert "沈度" in newest
    assert "添加人员" in oldest
    assert "系统或未知" in oldest
    assert "核对无误" in page.text


def test_what_an_entry_is_about_is_named(
    browser: Browser, house: DeskHouse, auditor: Colleague
) -> None:
    make_key(house, "office-2", "office", [hire(house, "gu.hai", Role.HANDLER)])
    fill_log(house, 1, act="case-assigned", target="12345678 office-2")
    fill_log(house, 1, act="change-proposed", target=f"roles {auditor.id}")
    browser.open("/audit")
    assert "改角色 沈度" in rows(browser)[0]
    assert "12345678 信访室" in rows(browser)[1]


def test_pages_lead_to_the_first_entry_and_back(browser: Browser, house: DeskHouse) -> None:
    fill_log(house, 120)
    browser.open("/audit")
    seen = rows(browser)
    while "更早的" in browser.page.links:
        browser.click("更早的")
        seen += rows(browser)
    assert len(seen) == len(set(seen)) == 124
    assert "第1到" in browser.page.text
    browser.click("回到最新")
    assert rows(browser) == seen[:50]


def test_the_log_is_narrowed_by_person_act_and_days(
    browser: Browser, house: DeskHouse, auditor: Colleague
) -> None:
    fill_log(house, 48)
    fill_log(house, 1, act="case-closed", person_id=auditor.id, target="12345678")
    browser.open("/audit")
    browser.fill(act="case-closed")
    assert len(rows(browser)) == 1
    assert browser.page.value("act") == "case-closed"
    browser.open("/audit")
    browser.fill(person=auditor.id, act="case-closed")
    assert "12345678" in rows(browser)[0]
    browser.open("/audit")
    browser.fill(since="2026-11-10", until="2026-11-10", act="case-read")
    assert len(rows(browser)) == 24
    assert "更早的" not in browser.page.links
    browser.click("看全部")
    assert browser.page.value("since") == ""


def test_narrowing_survives_turning_pages(browser: Browser, house: DeskHouse) -> None:
    fill_log(house, 60)
    fill_log(house, 5, act="case-closed")
    browser.open("/audit?act=case-read")
    browser.click("更早的")
    assert len(rows(browser)) == 10
    assert all("查看" in row for row in rows(browser))


def test_nothing_fits(browser: Browser) -> None:
    page = browser.open("/audit?since=2020-01-01&until=2020-01-02")
    assert "没有符合条件的记录" in page.text


@pytest.mark.parametrize("query", ["since=yesterday", "person=nobody", "act=nonsense"])
def test_a_wrong_narrowing_is_told(browser: Browser, query: str) -> None:
    page = browser.open(f"/audit?{query}", status=422)
    assert page.error(query.partition("=")[0])
    assert rows(browser)


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30])
def test_a_wrong_page_number_is_the_newest_page(browser: Browser, before: str) -> None:
    browser.open("/audit", status=200)
    newest = rows(browser)
    browser.open(f"/audit?before={before}")
    assert rows(browser) == newest


def test_a_changed_entry_is_told_on_top(browser: Browser, house: DeskHouse) -> None:
    fill_log(house, 3)
    tamper(house.database, text("UPDATE audit_entries SET target = '87654321' WHERE n = 2"))
    page = browser.open("/audit")
    assert "第2条对不上" in page.text
    assert "核对无误" not in page.text


def test_a_long_log_is_checked_whole_on_demand(
    browser: Browser, house: DeskHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "RECENT", 10)
    fill_log(house, 20)
    page = browser.open("/audit?act=case-read")
    assert "最近10条逐条核对过" in page.text
    page = browser.click("从第1条起全部核对")
    assert "从第1条起逐条核对过" in page.text
    assert page.value("act") == "case-read"
