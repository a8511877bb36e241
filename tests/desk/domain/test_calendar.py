"""The calendar as a table: seeded once, decided by staff, and what a year's list must hold."""

from datetime import date

import pytest

from portal.desk.domain import calendar
from portal.desk.domain.calendar import Decided, StatutoryDayWorks
from portal.reference.workdays import Calendar, WorkingDay
from tests.desk.arrivals import LATER
from tests.desk.casework import Office

TODAY = date(2026, 11, 21)
HOLIDAYS = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]


def rest(year: int, month: int, day: int) -> Decided:
    return Decided(date(year, month, day), works=False, source="试")


def holidays(year: int) -> list[Decided]:
    """The least that any year's list says."""
    return [rest(year, month, day) for month, day in HOLIDAYS]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),
        (date(2024, 2, 12), False),
        (date(2025, 10, 11), True),
        (date(2026, 10, 10), True),
    ],
)
def test_the_seeded_table_knows_days_that_were_made_up(
    office: Office, day: date, *, works: bool
) -> None:
    with office.house.database.writing() as session:
        calendar.seed(session, TODAY)
        row = calendar.day_of(session, day)
        assert row is not None
        assert (row.works, row.provisional) == (works, False)
        assert calendar.load(session).on(day) == WorkingDay(day, works, provisional=False)


def test_the_table_reaches_through_next_year_which_is_provisional(office: Office) -> None:
    with office.house.database.writing() as session:
        assert calendar.seed(session, TODAY)
        assert calendar.years(session) == [2024, 2025, 2026, 2027]
        coming = calendar.days_of(session, 2027)
        assert len(coming) == 365
        assert all(one.provisional for one in coming)
        assert not coming[0].works


def test_seeding_again_changes_nothing_that_was_decided(office: Office) -> None:
    decided = Decided(date(2026, 11, 23), works=False, source="停电")
    with office.house.database.writing() as session:
        calendar.seed(session, TODAY)
        calendar.decide(session, [decided], by=office.clerk.id, now=LATER)
        assert not calendar.seed(session, TODAY)
        row = calendar.day_of(session, decided.day)
        assert row is not None
        assert (row.works, row.source) == (False, "停电")


def test_a_year_that_was_provisional_is_seeded_anew_when_it_is_announced(office: Office) -> None:
    with office.house.database.writing() as session:
        calendar.seed(session, TODAY)
        # As a release that did not know 2026 yet left it.
        for one in calendar.days_of(session, 2026):
            one.provisional, one.works = True, True
        assert calendar.seed(session, TODAY)
        assert not any(one.provisional for one in calendar.days_of(session, 2026))
        assert not calendar.load(session).on(date(2026, 10, 1)).works


def test_an_imported_year_is_whole_and_not_provisional(office: Office) -> None:
    made_up = Decided(date(2027, 1, 3), works=True, source="试")
    year = calendar.whole_year([*holidays(2027), made_up])
    with office.house.database.writing() as session:
        calendar.decide(session, year, by=office.clerk.id, now=LATER)
        known = calendar.load(session)
    assert len(year) == 365
    assert known.on(date(2027, 1, 3)) == WorkingDay(date(2027, 1, 3), True, provisional=False)
    assert known.on(date(2027, 1, 4)).works
    assert not known.on(date(2027, 1, 9)).works
    assert office.audited("calendar-changed") == [(office.clerk.id, "2027")]


def test_a_list_without_a_statutory_day_is_taken_for_a_torn_one() -> None:
    with pytest.raises(StatutoryDayWorks) as refused:
        calendar.whole_year([one for one in holidays(2027) if one.day != date(2027, 10, 1)])
    assert refused.value.day == date(2027, 10, 1)


def test_one_day_is_decided_without_its_year(office: Office) -> None:
    day = date(2027, 3, 1)
    with office.house.database.writing() as session:
        calendar.decide(session, [Decided(day, works=False, source="试")], by="", now=LATER)
        known = calendar.load(session)
    assert not known.on(day).works
    assert known.on(date(2027, 3, 2)).provisional
    assert office.audited("calendar-changed") == [("", "2027-03-01")]


def test_a_table_without_rows_counts_by_the_packaged_years(office: Office) -> None:
    with office.house.database.reading() as session:
        assert calendar.load(session) == Calendar()
