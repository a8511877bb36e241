"""What the desk does when it starts and every minute: it knows the days, and tells what passed."""

from datetime import date, timedelta
from threading import Event

import pytest
from sqlalchemy import select

from portal.commands import desk
from portal.config import load
from portal.desk.domain import calendar, reminders
from portal.desk.domain.calendar import Decided
from portal.desk.models.cases import Case
from portal.desk.models.hand_ups import HandedUpCase
from portal.desk.models.notices import NoticeAlarm
from portal.exchange.tables import Outgoing
from portal.reference.days import local_day, utcnow
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from tests.desk.arrivals import FILED, LATER, LATER_ON, Reporter, deliver


@pytest.fixture
def house(made, folder):
    """The desk of a real instance, as a start puts it together."""
    opened = desk.open_house(load(folder, {}), Event())
    yield opened
    opened.database.dispose()


def snapshots(house):
    with house.database.reading() as session:
        return session.scalars(select(Outgoing.id).where(Outgoing.kind == "progress")).all()


def arrive(house, now):
    deliver(house, Reporter.draw().report(Identity.generate().recipient, now=now))


def test_a_start_seeds_the_calendar_and_the_next_one_leaves_decisions(house, folder):
    day = date(2026, 11, 23)
    with house.database.writing() as session:
        assert calendar.load(session).on(date(2024, 2, 4)).works
        calendar.decide(session, [Decided(day, works=False, source="试")], by="operator", now=FILED)
    again = desk.open_house(load(folder, {}), Event())
    with again.database.reading() as session:
        assert not calendar.load(session).on(day).works
    again.database.dispose()


def test_what_passed_is_told_by_itself_and_once(house):
    arrive(house, FILED)
    for _minute in range(3):
        desk.keep_house(house)
    assert len(snapshots(house)) == 1


def test_more_cases_than_fit_into_one_transaction_are_all_told(house, monkeypatch):
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    for number in range(5):
        reporter = Reporter.draw(str(10_000_001 + number))
        deliver(house, reporter.report(Identity.generate().recipient))
    desk.keep_house(house)
    assert len(snapshots(house)) == 5


def test_check_is_red_while_a_report_waits_unopened(house, portal):
    arrive(house, utcnow())
    assert "green   No report waits unopened" in portal("check").output
    deliver(
        house,
        Reporter.draw("10000001").report(
            Identity.generate().recipient, now=utcnow() - timedelta(days=20)
        ),
    )
    said = portal("check").output
    assert "red     1 reports wait unopened for more than 2 working days." in said


def test_whatever_comes_for_a_case_that_was_handed_up_follows_it(house):
    reporter, intake = Reporter.draw(), Identity.generate().recipient
    arriving = [
        reporter.report(intake),
        reporter.answer("还有一件", intake, purpose="add"),
        reporter.rating(Rating(site=5), intake),
    ]
    with house.database.writing() as session:
        session.add(
            HandedUpCase(case_id=reporter.case, revision=3, on=LATER_ON, followed=True, once="1")
        )
    for one in arriving:
        with house.database.writing() as session:
            desk.handlers_of(house)[one.kind](session, one, LATER)
    with house.database.reading() as session:
        assert session.scalars(select(Case)).all() == []
    assert len(house.superior.names()) == len(arriving)
    assert house.items.names() == set()


def test_check_is_red_while_a_notice_is_shown_otherwise_than_released(house, portal):
    assert "notices are shown otherwise" not in portal("check").output
    with house.database.writing() as session:
        session.add(NoticeAlarm(notice_id="0" * 32, what="foreign", on=local_day(utcnow())))
    assert (
        "red     1 notices are shown otherwise than they were released." in portal("check").output
    )
