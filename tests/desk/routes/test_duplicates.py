"""A clerk finds the candidate, says that it is a duplicate, sees the count, and takes it back."""

import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.sealing.content import Subject
from tests.desk.arrivals import Reporter
from tests.desk.casework import Office, at_work
from tests.desk.routes.test_nothing_in_clear import files_of, found_in, rows_of
from tests.desk.sheets import fill_in, link, stands
from tests.desk.townships import TOWNSHIP, assign, open_township
from tests.page_parts import words
from tests.pages import Browser

FIRST, AGAIN = "83172054", "83172055"
ADDRESS = f"/cases/{AGAIN}/acts/link"


@pytest.fixture
def pair(office: Office) -> tuple[Reporter, Reporter]:
    """Two open cases whose sheets agree in unit and name."""
    first, again = office.case_in("accepted", FIRST), office.case_in("accepted", AGAIN)
    return fill_in(office, first, post="出纳"), fill_in(office, again, matter="修路款")


def said(browser: Browser) -> str:
    return words(browser.page.find("main"))


def test_found_linked_counted_and_taken_back(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    clerk = at_work(app, office.colleague, f"/cases/{AGAIN}")
    assert "没有标过。" in said(clerk)
    clerk.click("找重复件")
    assert "登记号 83172054 单位、姓名相同" in said(clerk)
    assert "职务：出纳" in said(clerk)
    assert "在信访室，陈雨经手" in said(clerk)
    clerk.fill(other=FIRST, note="是同一笔修路款。")
    assert "已保存：标为重复件" in said(clerk)
    assert "重复，第2次，一共2件。" in said(clerk)
    assert "是同一笔修路款。" in said(clerk)
    clerk.click(FIRST)
    assert "初次，一共2件。" in said(clerk)
    listed = {
        words(row): "重复" in words(row) for row in clerk.open("/cases").find_all("th", scope="row")
    }
    assert listed == {FIRST: False, f"{AGAIN} 重复": True}
    clerk.open(f"/cases/{FIRST}/acts/link")
    assert "林涛标" in said(clerk)
    assert "没有找到别的。" in said(clerk)
    clerk.press(f"不是重复，取消 {AGAIN}")
    assert "已保存：取消重复件" in said(clerk)
    assert "没有标过。" in said(clerk)
    both = f"{AGAIN} {FIRST}"
    assert office.audited("case-linked") == [(office.colleague.id, both)]
    assert office.audited("case-unlinked") == [(office.colleague.id, f"{FIRST} {AGAIN}")]


def test_every_sheet_that_is_shown_is_a_read(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    browser = at_work(app, office.colleague, ADDRESS)
    assert office.audited("case-read") == [(office.colleague.id, AGAIN)]
    assert office.audited("sheet-read") == [(office.colleague.id, FIRST)]
    # A page that comes back with an error shows none, and is none.
    page = browser.fill(status=422, note="忘了选")
    assert page.error("typed") == "请选一件，或者填登记号"
    assert page.value("note") == "忘了选"
    assert "出纳" not in page.main
    assert "单位、姓名相同" in said(browser)
    assert len(office.audited("sheet-read")) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("8317", "登记号是8位数字，请对照再填一次"),
        (AGAIN, "填的就是这一件，请核对。"),
        ("99999999", "没有这个登记号的举报，请核对。"),
        ("20000001", "那一件还没有人领取打开，先打开看过再标。"),
    ],
)
def test_a_reference_that_leads_nowhere_is_explained(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter], typed: str, sentence: str
) -> None:
    office.arrive("20000001")
    browser = at_work(app, office.clerk, ADDRESS)
    page = browser.fill(status=422, typed=typed, note="看看")
    assert sentence in {page.error("typed"), *page.errors}
    assert (page.value("typed"), page.value("note")) == (typed, "看看")
    assert office.audited("case-linked") == []


def test_one_that_is_written_otherwise_is_linked_by_its_reference(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    third = office.case_in("received", "83172056")
    browser = at_work(app, office.clerk, f"/cases/{third.reference}/acts/link")
    assert "还没有登记表" in said(browser)
    assert browser.fill(status=422, typed=FIRST[:7]).error("typed")
    browser.fill(typed="8317 2054")
    assert stands(office, third).number == 2


def test_two_presses_and_an_old_page_do_no_harm(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    browser = at_work(app, office.clerk, ADDRESS)
    form = {"csrf_token": browser.page.value("csrf_token"), "other": FIRST}
    for _press in range(2):
        browser.post(ADDRESS, form)
    assert len(office.audited("case-linked")) == 1
    away = f"/cases/{AGAIN}/acts/unlink"
    for _press in range(2):
        browser.post(away, form)
    assert len(office.audited("case-unlinked")) == 1
    browser.post(away, {**form, "csrf_token": "old"}, status=422)
    browser.post(away, {**form, "other": "99999999"}, status=404)
    chosen_and_typed = browser.post(ADDRESS, {**form, "typed": FIRST}, status=422)
    assert "请只留一样" in (chosen_and_typed.error("typed") or "")


def test_what_one_must_keep_away_from_is_neither_found_nor_linked(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    kept = office.open(office.arrive("83172056", story="黎家湾的账。", subject=Subject()))
    fill_in(office, kept)
    at_work(app, office.colleague, "/recusals").fill(words="黎家湾")
    browser = at_work(app, office.colleague, ADDRESS)
    assert "83172056" not in browser.page.text
    page = browser.fill(status=422, typed="83172056")
    assert "那一件需要您回避，请同事来标。" in page.errors[0]
    assert "83172056" in at_work(app, office.clerk, ADDRESS).page.text


def test_the_other_is_given_to_the_same_office(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    township = open_township(office)
    assign(office, pair[0], TOWNSHIP)
    link(office, *pair)
    clerk = at_work(app, office.clerk, f"/cases/{AGAIN}")
    assert "在派驻第2组，没有人经手" in said(clerk)
    page = clerk.click("把这件也交给派驻第2组")
    assert page.value("office") == TOWNSHIP
    clerk.press("交办")
    assert office.case(pair[1]).office_id == TOWNSHIP
    assert "也交给" not in said(clerk)
    handler = at_work(app, township.handler, f"/cases/{AGAIN}")
    assert "重复，第2次，一共2件。" in said(handler)
    assert FIRST in handler.page.links


def test_another_offices_duplicate_is_told_to_nobody_else(
    app: Flask, office: Office, pair: tuple[Reporter, Reporter]
) -> None:
    township = open_township(office)
    assign(office, pair[1], TOWNSHIP)
    link(office, *pair)
    handler = at_work(app, township.handler, f"/cases/{AGAIN}")
    assert "没有标过。" in said(handler)
    assert FIRST not in handler.page.text
    assert "重复 " not in said(handler)
    assert "重复" not in words(handler.open("/cases").find("table"))


def test_no_word_of_a_sheet_or_a_note_lies_in_rows_files_or_logs(
    app: Flask, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    canaries: dict[str, Any] = {
        "unit": "金丝雀二十号合作社",
        "name": "金丝雀二一",
        "post": "金丝雀二十二号出纳",
        "matter": "金丝雀二十三号修路款",
    }
    note = "金丝雀二十四号是同一笔"
    with caplog.at_level(logging.DEBUG):
        for reference in (FIRST, AGAIN):
            office.case_in("received", reference)
            clerk = at_work(app, office.clerk, f"/cases/{reference}/registration")
            clerk.fill(status=422, category="village", **{**canaries, "name": "二" * 51})
            clerk.fill(**canaries)
        clerk.fill(status=422, typed="8317", note=note)
        clerk.fill(typed="", other=FIRST, note=note)
    assert all(word in clerk.page.text for word in (*canaries.values(), note))
    kept = rows_of(office.house.database) + files_of(tmp_path) + caplog.text.encode()
    assert AGAIN.encode() in kept
    assert found_in(kept, {**canaries, "note": note}) == []
