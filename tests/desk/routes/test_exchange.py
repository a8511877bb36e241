"""/exchange: what lags, what is missing, and what was put aside, in words for people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from portal.desk.domain.roles import Role
from portal.desk.routes.exchange import REASONS, how_long_ago, reason_words
from portal.exchange.inbox import Arrival, Inbox
from portal.exchange.kinds import Reply, Report
from portal.exchange.messages import Message
from portal.exchange.refusals import Unsigned
from portal.exchange.tables import Incoming
from portal.reference.days import local_day
from tests.desk.arrivals import LATER, Reporter, letterbox
from tests.desk.casework import Office, at_work
from tests.desk.staff import hire, sign_in
from tests.page_parts import Page, words

EPOCH = "0123456789abcdef"


def take_in(office: Office, message: Message, sequence: int) -> str:
    """Let the desk's inbox handle a message that the relay verified."""
    box = letterbox(office.house)
    handlers = {Report.KIND: box.receive_report, Reply.KIND: box.receive_reply}
    inbox = Inbox(office.house.database, office.house.items, handlers, unwrap=no_bytes)
    placed = replace(message, epoch=EPOCH, sequence=sequence)
    return inbox.take_in(Arrival(f"message {sequence}".encode(), placed), LATER)


def mixed_up(office: Office, reporter: Reporter) -> Message:
    """Words of a reporter under what somebody else signed about other words."""
    one, other = (who.answer("前年", office.recipient) for who in (reporter, Reporter.draw()))
    return replace(one, parts={**one.parts, "statement": other.parts["statement"]})


def no_bytes(_data: bytes) -> Message:
    raise Unsigned


def facts(page: Page) -> dict[str, str]:
    names = [words(one) for one in page.find_all("dt", class_="govuk-summary-list__key")]
    values = [words(one) for one in page.find_all("dd", class_="govuk-summary-list__value")]
    return dict(zip(names, values, strict=True))


def rows(page: Page) -> list[list[str]]:
    found = [list(row) for row in page.find_all("tr")]
    return [[words(cell) for cell in row] for row in found if row[0].get("scope") == "row"]


def test_a_quiet_letterbox_is_said_to_be_in_order(app: Flask, office: Office) -> None:
    page = at_work(app, office.clerk, "/exchange").page
    assert "没有缺号，没有搁置的信件" in page.main
    assert facts(page)["最早的一件"] == "没有"
    assert facts(page)["最近收到"] == "还没有"
    assert facts(page)["发送批次"] == "还没有送出过"
    assert rows(page) == []


def test_what_waits_to_be_sent_is_counted_with_its_age(app: Flask, office: Office) -> None:
    office.case_in("in_progress")
    page = at_work(app, office.clerk, "/exchange").page
    assert facts(page)["等着送出"] == "2件"
    days = (local_day(datetime.now(UTC)) - date(2026, 11, 9)).days
    assert facts(page)["最早的一件"] == f"2026年11月9日（{days}天前）"


def test_gaps_waiting_and_parked_messages_are_told_with_reasons(app: Flask, office: Office) -> None:
    reporter = Reporter.draw()
    assert take_in(office, reporter.report(office.recipient), 1) == "handled"
    assert take_in(office, mixed_up(office, reporter), 4) == "parked"
    assert take_in(office, Reporter.draw().answer("前年", office.recipient), 6) == "waiting"
    page = at_work(app, office.clerk, "/exchange").page
    assert "有需要看一看的地方" in page.main
    stream, waiting, parked = rows(page)
    assert stream == [EPOCH, "6", "3", "2–3、5", "0"]
    assert waiting[2:4] == ["反映人的回答", "它说的举报还没有到"]
    assert parked[2:4] == ["反映人的回答", "签名说的不是这些话"]
    assert facts(page)["最近收到"] == "2026年11月12日"


def test_a_parked_message_is_tried_again_and_that_is_written_down(
    app: Flask, office: Office
) -> None:
    first = Reporter.draw()
    take_in(office, first.report(office.recipient), 1)
    message = mixed_up(office, first)
    take_in(office, message, 2)
    browser = at_work(app, office.clerk, "/exchange")
    page = browser.press(f"再试一次 {message.id}")
    (_stream, waiting) = rows(page)
    assert waiting[3] == "有人按了“再试一次”，马上再办"
    assert office.audited("message-retried") == [(office.clerk.id, message.id)]


def test_what_nobody_signed_cannot_be_tried_again(app: Flask, office: Office) -> None:
    inbox = Inbox(office.house.database, office.house.items, {}, unwrap=no_bytes)
    inbox.take_in(inbox.open(b"not ours"), LATER)
    browser = at_work(app, office.clerk, "/exchange")
    (parked,) = rows(browser.page)
    assert parked[2:] == ["不明", "没有公开网站的签名", "–"]
    token = {"csrf_token": browser.page.value("csrf_token")}
    browser.post(f"/exchange/{parked[0]}/retry", token, status=404)
    browser.post("/exchange/none/retry", token, status=404)
    assert office.audited("message-retried") == []


def test_a_form_of_yesterday_tries_nothing(app: Flask, office: Office) -> None:
    first = Reporter.draw()
    take_in(office, first.report(office.recipient), 1)
    message = mixed_up(office, first)
    take_in(office, message, 2)
    browser = at_work(app, office.clerk, "/exchange")
    page = browser.post(f"/exchange/{message.id}/retry", {"csrf_token": "old"}, status=422)
    assert page.errors
    with office.house.database.reading() as session:
        assert session.get_one(Incoming, message.id).outcome == "parked"


def test_the_auditor_sees_how_the_exchange_stands(app: Flask, office: Office) -> None:
    auditor = hire(office.house, "jian.zhou", Role.AUDITOR)
    assert sign_in(app, auditor).open("/exchange").h1 == "内外网交换"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("waiting: unknown case", "它说的举报还没有到"),
        ("bad-schema: case", "格式不对（case）"),
        ("failed: ValueError", "办理时出了错（ValueError）"),
        ("unsigned", "没有公开网站的签名"),
        ("parked: something new", "parked（something new）"),
        ("something newer", "something newer"),
    ],
)
def test_reasons_are_words_for_people(reason: str, said: str) -> None:
    assert reason_words(reason) == said


@pytest.mark.parametrize(("ago", "said"), [(0, "今天"), (1, "1天前"), (40, "40天前"), (-1, "今天")])
def test_an_age_is_told_in_days(ago: int, said: str) -> None:
    today = date(2026, 11, 20)
    assert how_long_ago(today - timedelta(days=ago), today).endswith(f"（{said}）")


def test_every_reason_has_words_without_code() -> None:
    assert not [said for said in REASONS.values() if said.isascii()]
