"""/cases/new: one page for a letter, a visit or a call."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.desk.models.cases import Case
from portal.reference.days import local_day, utcnow
from tests.desk.casework import Office, at_work
from tests.desk.paper import PAPER, TYPED
from tests.page_parts import words


def dated(days_ago: int) -> str:
    return (local_day(utcnow()) - timedelta(days=days_ago)).strftime("%Y%m%d")


@pytest.fixture
def typed() -> dict[str, Any]:
    """A letter that came ten days ago."""
    return {**TYPED, "received_on": dated(10), "postmark": dated(12)}


def cases(office: Office) -> list[Case]:
    with office.house.database.reading() as session:
        return list(session.scalars(select(Case)))


def test_a_letter_is_typed_once_and_stands_there_as_a_case(
    app: Flask, office: Office, typed: dict[str, Any]
) -> None:
    browser = at_work(app, office.clerk, "/intake")
    browser.click("登记来信、来访、来电")
    page = browser.fill(**typed)
    (case,) = cases(office)
    assert page.url.startswith(f"/cases/{case.reference}")
    assert case.reference.startswith("9")
    assert case.received_on == local_day(utcnow()) - timedelta(days=10)
    assert "已登记" in page.main
    assert PAPER.story in page.main
    assert "来信" in page.main
    rows = {words(one) for one in page.find_all("dd")}
    assert {"12", "重复", "3"} <= rows
    assert office.audited("case-read") == [(office.clerk.id, case.reference)]


def test_the_keyboard_starts_at_the_first_field_and_digits_choose(
    app: Flask, office: Office
) -> None:
    page = at_work(app, office.clerk, "/cases/new").page
    assert page.find("select", name="channel").get("autofocus") is not None
    options = [words(one) for one in page.find("select", name="channel").iter("option")]
    assert options[:3] == ["–", "1 来信", "2 来访（含领导接访、下访）"]
    assert not any("网络举报" in one for one in options)
    assert page.value("received_on") == local_day(utcnow()).isoformat()
    names = [one.get("name") for one in page.find("main").iter() if one.get("name")]
    assert names.index("channel") < names.index("received_on") < names.index("story")


def test_a_name_is_never_shown_again(app: Flask, office: Office, typed: dict[str, Any]) -> None:
    browser = at_work(app, office.clerk, "/cases/new")
    page = browser.fill(**typed, full_name="柳小满", phone="13900000001")
    assert "另外封存" in page.main
    assert "柳小满" not in page.text
    assert "13900000001" not in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        ({"channel": ""}, "channel", "请选来源"),
        ({"received_on": ""}, "received_on", "请填收到日期，例如 20261118 或者 11.18"),
        ({"received_on": "昨天"}, "received_on", "没有这一天。"),
        ({"received_on": dated(-1)}, "received_on", "不能在今天"),
        ({"received_on": dated(367)}, "received_on", "收到日期最早是一年以前"),
        ({"postmark": "2026-02-30"}, "postmark", "没有这一天。"),
        ({"postmark": dated(9)}, "postmark", "邮戳日期不能在收到日期以后"),
        ({"channel": "DIAN"}, "postmark", "只有来信才有邮戳"),
        ({"pages": "很多"}, "pages", "页数是1到999的数字"),
        ({"pages": "0"}, "pages", "页数是1到999的数字"),
        ({"signers": "²"}, "signers", "署名人数是1到9999的数字"),
        ({"signers": "99999999999"}, "signers", "署名人数是1到9999的数字"),
        ({"category": ""}, "category", "请选问题类别"),
        ({"story": "  "}, "story", "请写反映的问题"),
        ({"story": "长" * 10_001}, "story", "最多写10000个字"),
        ({"phone": "13900000001"}, "full_name", "填了电话，请填姓名"),
    ],
)
def test_a_slip_of_the_hand_is_told_beside_its_field_and_nothing_is_lost(
    app: Flask, office: Office, typed: dict[str, Any], wrong: tuple[dict[str, str], str, str]
) -> None:
    change, field, sentence = wrong
    sent = {**typed, **change}
    page = at_work(app, office.clerk, "/cases/new").fill(status=422, **sent)
    assert sentence in (page.error(field) or "")
    assert {name: page.value(name) for name in sent} == sent
    assert cases(office) == []


@pytest.mark.parametrize("field", ["channel", "repeated", "answerable", "category", "level"])
def test_a_code_that_nobody_offers_is_refused(
    app: Flask, office: Office, typed: dict[str, Any], field: str
) -> None:
    browser = at_work(app, office.clerk, "/cases/new")
    token = {"csrf_token": browser.page.value("csrf_token")}
    foreign = {**typed, "repeated": "first", "answerable": "yes", field: "WANG"}
    page = browser.post("/cases/new", {**token, **foreign}, status=422)
    assert page.error(field)
    assert cases(office) == []


def test_a_colleague_without_the_office_key_is_told_and_keeps_the_text(
    app: Flask, office: Office, typed: dict[str, Any]
) -> None:
    office.take_keys_from(office.colleague)
    browser = at_work(app, office.colleague, "/cases/new")
    page = browser.fill(status=409, **typed)
    assert "没有部门密钥" in page.main
    assert page.value("story") == PAPER.story
    assert cases(office) == []


def test_without_keys_in_force_nothing_is_entered(
    app: Flask, office: Office, typed: dict[str, Any]
) -> None:
    browser = at_work(app, office.clerk, "/cases/new")
    (office.house.settings.instance / "manifest.json").unlink()
    page = browser.fill(status=503, **typed)
    assert "密钥清单不能用" in page.main
    assert page.value("story") == PAPER.story


def test_two_clicks_and_the_back_button_enter_one_case(
    app: Flask, office: Office, typed: dict[str, Any]
) -> None:
    browser = at_work(app, office.clerk, "/cases/new")
    page = browser.page
    sent = {**page.forms[-1].filled(**typed)}
    start = Barrier(2)

    def press(_n: int) -> str:
        start.wait(timeout=20)
        answer = browser.client.post("/cases/new", base_url=browser.origin, data=sent)
        return answer.headers["Location"]

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(press, range(2))
    assert first == second
    assert browser.post("/cases/new", sent).url == first
    assert len(cases(office)) == 1
    assert len(office.audited("case-entered")) == 1


def test_the_list_says_how_each_came(app: Flask, office: Office, typed: dict[str, Any]) -> None:
    office.case_in("accepted")
    browser = at_work(app, office.clerk, "/cases/new")
    browser.fill(**{**typed, "channel": "DIAN", "postmark": ""})
    page = browser.open("/cases")
    assert {words(one) for one in page.find_all("td") if one.get("data-head") == "来源"} == {
        "网络举报",
        "来电",
    }
