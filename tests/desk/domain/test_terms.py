"""A case in time, as plain values: when terms run, wait, end, and what the citizen reads."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.domain.terms import (
    ACCEPT,
    ASSIGN,
    DAYS,
    OVERDUE,
    PAUSED,
    RESULT,
    Done,
    Shown,
    Standing,
    Term,
    started,
)
from portal.reference.vocabulary import vocabulary
from portal.reference.workdays import Calendar, DueDate, WorkingDay, add_working_days

MONDAY = date(2026, 11, 9)
PACKAGED = Calendar()
LOOK = add_working_days(MONDAY, 5, PACKAGED)

# A busy machine is slow, not wrong.
unhurried = settings(deadline=None)
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
calendars = st.lists(st.tuples(days, st.booleans()), max_size=30).map(
    lambda decided: Calendar().with_days(
        WorkingDay(day, works, provisional=False) for day, works in decided
    )
)


def arrived(state: str = "received", *, opened: bool = True) -> Standing:
    """A report of the 9th; whatever state it is in, nothing was done about its terms."""
    terms = tuple(started(kind, MONDAY, PACKAGED) for kind in (ACCEPT, ASSIGN))
    return Standing(state, opened, LOOK, None, terms)


def did(standing: Standing, act: str, state: str, on: date, *, words: bool = False) -> Standing:
    return replace(standing, state=state).settled(Done(act, on, words), PACKAGED)


def term(standing: Standing, kind: str) -> Term:
    found = standing.term(kind)
    assert found is not None
    return found


@unhurried
@given(start=days, n=st.integers(1, 60), calendar=calendars)
def test_a_due_date_is_worked_and_one_day_more_is_later(
    start: date, n: int, calendar: Calendar
) -> None:
    due = add_working_days(start, n, calendar)
    assert calendar.on(due.day).works
    assert start < due.day < add_working_days(start, n + 1, calendar).day


@unhurried
@given(start=days, later=st.integers(0, 40), n=st.integers(0, 60), calendar=calendars)
def test_who_starts_later_is_due_no_earlier(
    start: date, later: int, n: int, calendar: Calendar
) -> None:
    first = add_working_days(start, n, calendar)
    assert first.day <= add_working_days(start + timedelta(days=later), n, calendar).day


@unhurried
@given(
    start=days,
    waits=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30)), max_size=4),
    calendar=calendars,
)
def test_waiting_never_shortens_and_ends_on_a_working_day(
    start: date, waits: list[tuple[int, int]], calendar: Calendar
) -> None:
    one, today = started(ACCEPT, start, calendar), start
    for worked, waited in waits:
        before, since = one.due.day, today + timedelta(days=worked)
        today = since + timedelta(days=waited)
        one = one.waiting(since).resumed(today, calendar)
        assert one.due.day >= before
        assert calendar.on(one.due.day).works
    assert one.runs


def test_terms_end_with_what_they_are_about() -> None:
    accepted = did(arrived(), "accept", "accepted", date(2026, 11, 11))
    assert term(accepted, ACCEPT).met_on == date(2026, 11, 11)
    assert term(accepted, ASSIGN).runs
    given_on = did(accepted, "assign", "accepted", date(2026, 11, 12))
    assert term(given_on, ASSIGN).met_on == date(2026, 11, 12)
    assert term(given_on, ACCEPT).met_on == date(2026, 11, 11)


@pytest.mark.parametrize("state", [one.code for one in vocabulary().public_states])
def test_in_each_state_the_right_terms_have_ended(state: str) -> None:
    settled = did(arrived(), "", state, MONDAY)
    undecided = state in {"received", "need_more"}
    assert (term(settled, ACCEPT).met_on is None) is undecided
    assert (term(settled, ASSIGN).met_on is None) is (undecided or state == "accepted")


def test_a_question_stops_the_terms_and_the_answer_gives_the_days_back() -> None:
    asked = did(arrived(), "need-more", "need_more", date(2026, 11, 12), words=True)
    assert asked.shown(date(2027, 6, 1)) == Shown(
        DueDate(date(2026, 11, 26), provisional=False), (PAUSED,)
    )
    assert not term(asked, ACCEPT).is_overdue(date(2027, 6, 1))
    again = did(asked, "reply", "need_more", date(2026, 11, 13), words=True)
    assert again.answer == asked.answer
    assert term(again, ACCEPT).paused_since == date(2026, 11, 12)
    answered = did(again, "answered", "received", date(2026, 11, 17))
    # Friday, Monday and Tuesday were spent waiting: three working days more.
    assert term(answered, ACCEPT).pauses[0].working_days(PACKAGED) == 3
    assert term(arrived(), ACCEPT).due.day == date(2026, 11, 30)
    assert term(answered, ACCEPT).due.day == date(2026, 12, 3)
    assert answered.answer is None


def test_closing_begins_the_term_of_the_result_and_its_words_end_it() -> None:
    silent = did(arrived("accepted"), "close", "closed", MONDAY)
    assert silent.shown(MONDAY) == Shown(add_working_days(MONDAY, DAYS[RESULT], PACKAGED))
    told = did(silent, "reply", "closed", date(2026, 11, 20), words=True)
    assert term(told, RESULT).met_on == date(2026, 11, 20)
    assert told.shown(date(2027, 6, 1)) == Shown(None)
    again = did(told, "reopen", "in_progress", date(2026, 12, 1))
    assert again.term(RESULT) is None


@pytest.mark.parametrize(
    ("today", "opened", "shown"),
    [
        pytest.param(
            date(2026, 11, 30),
            True,
            Shown(DueDate(date(2026, 11, 30), provisional=False)),
            id="the last day is still in time",
        ),
        pytest.param(
            date(2026, 12, 1),
            True,
            Shown(DueDate(date(2026, 11, 30), provisional=False), (OVERDUE,)),
            id="the day after is not",
        ),
        pytest.param(
            date(2026, 11, 17), False, Shown(LOOK, (OVERDUE,)), id="nobody looked in time"
        ),
        pytest.param(
            date(2026, 11, 17),
            True,
            Shown(DueDate(date(2026, 11, 30), provisional=False)),
            id="somebody did",
        ),
    ],
)
def test_a_case_is_overdue_by_itself(today: date, *, opened: bool, shown: Shown) -> None:
    assert arrived(opened=opened).shown(today) == shown


def test_only_a_running_term_that_has_not_passed_can_be_extended() -> None:
    assert arrived().extensible(date(2026, 11, 30)) == term(arrived(), ACCEPT)
    assert arrived().extensible(date(2026, 12, 1)) is None
    asked = did(arrived(), "need-more", "need_more", MONDAY)
    assert asked.extensible(MONDAY) is None
    assert did(arrived(), "accept", "accepted", MONDAY).extensible(MONDAY) is None
    closed = did(arrived("accepted"), "close", "closed", MONDAY)
    assert closed.extensible(MONDAY) == term(closed, RESULT)


def test_an_extension_counts_in_working_days() -> None:
    longer = term(arrived(), ACCEPT).longer(15, PACKAGED)
    assert longer.due == add_working_days(MONDAY, 30, PACKAGED)
    assert longer.extended == 15
