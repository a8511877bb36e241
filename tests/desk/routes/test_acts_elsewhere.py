"""Handing a case to another body, telling where else to go, and beginning from other sentences."""

import pytest
from flask import Flask

from portal.desk.domain.act_kinds import ACTS
from tests.desk.casework import PLACES, Office, at_work, writing
from tests.page_parts import Page, words


def choices(page: Page) -> list[str]:
    return [str(one.get("value")) for one in page.find("datalist").iter("option")]


@pytest.mark.parametrize(("code", "said"), [("transfer", "转送给"), ("out-of-scope", "请反映人找")])
def test_the_place_is_filled_into_the_words_and_kept_with_the_case(
    app: Flask, office: Office, code: str, said: str
) -> None:
    reporter = office.case_in("received")
    page = writing(app, office, code).page
    browser = at_work(app, office.clerk, page.url)
    page = browser.fill(text=ACTS[code].template.replace("〔事情〕", "修路款"), place=PLACES[code])
    assert f"{ACTS[code].place}：{PLACES[code]}" in page.main
    assert PLACES[code] in words(page.find("section", class_="reply"))
    assert browser.press("回去改").value("place") == PLACES[code]
    browser.press("先看看反映人会看到什么")
    page = browser.press(f"保存：{ACTS[code].label}")
    assert f"{said} {PLACES[code]}" in page.main
    assert office.case(reporter).state == ACTS[code].state


@pytest.mark.parametrize("code", list(PLACES))
@pytest.mark.parametrize("typed", ["", "　"])
def test_without_a_place_the_act_comes_back_with_the_text(
    app: Flask, office: Office, code: str, typed: str
) -> None:
    office.case_in("received")
    page = writing(app, office, code).fill(status=422, text="您反映的修路款。", place=typed)
    assert page.error("place") == f"请写{ACTS[code].place}"
    assert page.value("text") == "您反映的修路款。"


def test_other_places_are_offered_by_their_number(app: Flask, office: Office) -> None:
    office.case_in("received")
    offered = choices(writing(app, office, "out-of-scope").page)
    assert any(one.startswith("12345（") for one in offered)


@pytest.mark.parametrize(("start", "number"), [("2", 1), ("5", 4), ("6", 0), ("0", 0), ("x", 0)])
def test_a_closing_begins_from_the_sentence_that_was_chosen(
    app: Flask, office: Office, start: str, number: int
) -> None:
    office.case_in("accepted")
    browser = writing(app, office, "close")
    assert all(template in browser.page.links for template in ACTS["close"].templates)
    page = browser.open(f"/cases/83172054/acts/close?start={start}")
    assert page.value("text") == ACTS["close"].templates[number]


def test_an_act_that_names_no_place_takes_none(app: Flask, office: Office) -> None:
    reporter = office.case_in("received")
    browser = writing(app, office, "accept")
    assert not browser.page.find_all("datalist")
    form = browser.page.forms[-1].filled(text="我们已经受理。")
    browser.post(browser.page.url, {**form, "place": "别处", "step": "do"})
    assert office.case(reporter).state == "accepted"
    assert office.case(reporter).passed_to is None
