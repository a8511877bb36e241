"""The clocks of cases as rows: begun on arrival, moved by acts and answers, recounted."""

from datetime import UTC, date, datetime

from portal.desk.domain import calendar, cases, clocks
from portal.desk.domain.calendar import Decided
from portal.desk.domain.clocks import Move
from portal.desk.domain.terms import ACCEPT, ASSIGN, LOOK, RESULT, Pause, Standing
from portal.desk.models.deadlines import Deadline
from portal.reference.workdays import DueDate
from tests.desk.arrivals import FILED_ON, LATER, LATER_ON, Reporter, deliver, told
from tests.desk.casework import Office

DECEMBER = datetime(2026, 12, 11, 2, tzinfo=UTC)
# Invented: the State Council announces 2027 late in 2026.
NEW_YEAR = [Decided(date(2027, 1, day), works=False, source="试") for day in (1, 2, 3, 4, 5)]


def standing(office: Office, reporter: Reporter) -> Standing:
    with office.house.database.reading() as session:
        return clocks.standing(session, cases.get(session, reporter.reference))


def due(office: Office, reporter: Reporter, kind: str) -> DueDate:
    term = standing(office, reporter).term(kind)
    assert term is not None
    return term.due


def test_terms_run_from_the_day_of_receipt(office: Office) -> None:
    reporter = office.arrive()
    assert due(office, reporter, ASSIGN) == DueDate(date(2026, 11, 16), provisional=False)
    assert due(office, reporter, ACCEPT) == DueDate(date(2026, 11, 30), provisional=False)
    assert standing(office, reporter).term(RESULT) is None


def test_acts_and_answers_move_the_rows(office: Office) -> None:
    reporter = office.case_in("received")
    office.do(reporter, "need-more")
    deliver(office.house, reporter.answer("前年", office.recipient))
    accept = standing(office, reporter).term(ACCEPT)
    assert accept is not None
    assert accept.pauses == (Pause(FILED_ON, LATER_ON),)
    assert accept.due.day == date(2026, 12, 3)
    office.do(reporter, "accept", now=LATER)
    office.do(reporter, "close", now=LATER)
    terms = {one.kind: one.met_on for one in standing(office, reporter).terms}
    assert terms == {ACCEPT: LATER_ON, ASSIGN: LATER_ON, RESULT: LATER_ON}


def test_a_report_of_december_gets_a_provisional_day_until_the_year_is_announced(
    office: Office,
) -> None:
    reporter = office.arrive(now=DECEMBER)
    assert due(office, reporter, ACCEPT) == DueDate(date(2027, 1, 4), provisional=True)
    year = calendar.whole_year(NEW_YEAR_AND_HOLIDAYS)
    with office.house.database.writing() as session:
        before = calendar.load(session)
        after = calendar.after(before, year)
        moves = clocks.moves(session, before, after)
        calendar.decide(session, year, by=office.clerk.id, now=DECEMBER)
        changed = clocks.recount(session, before, calendar.load(session))
    assert due(office, reporter, ACCEPT) == DueDate(date(2027, 1, 6), provisional=False)
    assert [case.id for case in changed] == [reporter.case]
    # Nobody is named here: the term of being told moves as well, but is nobody's deadline.
    assert moves == []


NEW_YEAR_AND_HOLIDAYS = [
    *NEW_YEAR,
    *(
        Decided(date(2027, month, day), works=False, source="试")
        for month, day in ((5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    ),
]


def test_a_named_report_says_which_of_its_dates_would_move(office: Office) -> None:
    reporter = office.arrive()
    with office.house.database.writing() as session:
        cases.get(session, reporter.reference).named = True
    with office.house.database.writing() as session:
        before = calendar.load(session)
        rest = [Decided(date(2026, 11, 10), works=False, source="试")]
        moves = clocks.moves(session, before, calendar.after(before, rest))
        assert clocks.standing(session, cases.get(session, reporter.reference)).look.day == date(
            2026, 11, 16
        )
    certain = {"provisional": False}
    assert [(one.kind, one.before, one.after) for one in moves] == [
        (LOOK, DueDate(date(2026, 11, 16), **certain), DueDate(date(2026, 11, 17), **certain)),
        (ACCEPT, DueDate(date(2026, 11, 30), **certain), DueDate(date(2026, 12, 1), **certain)),
        (ASSIGN, DueDate(date(2026, 11, 16), **certain), DueDate(date(2026, 11, 17), **certain)),
    ]
    assert {one.reference for one in moves} == {reporter.reference}


def test_the_day_of_a_question_moves_with_the_calendar(office: Office) -> None:
    reporter = office.case_in("need_more")
    rest = [Decided(date(2026, 11, 20), works=False, source="试")]
    with office.house.database.writing() as session:
        before = calendar.load(session)
        calendar.decide(session, rest, by=office.clerk.id, now=LATER)
        clocks.recount(session, before, calendar.load(session))
    assert office.case(reporter).answer_by == date(2026, 11, 24)


def test_a_day_of_waiting_that_was_not_worked_moves_nothing(office: Office) -> None:
    reporter = office.case_in("received")
    office.do(reporter, "need-more")
    deliver(office.house, reporter.answer("前年", office.recipient))
    told_before = due(office, reporter, ACCEPT)
    rest = [Decided(LATER_ON, works=False, source="试")]
    with office.house.database.writing() as session:
        before = calendar.load(session)
        calendar.decide(session, rest, by=office.clerk.id, now=LATER)
        clocks.recount(session, before, calendar.load(session))
    assert due(office, reporter, ACCEPT) == told_before


def test_what_is_over_keeps_its_day(office: Office) -> None:
    reporter = office.case_in("closed")
    before_rows = standing(office, reporter)
    rest = [Decided(date(2026, 11, 10), works=False, source="试")]
    with office.house.database.writing() as session:
        before = calendar.load(session)
        assert clocks.recount(session, before, calendar.after(before, rest)) == []
    assert standing(office, reporter) == before_rows


def test_cases_from_before_there_were_clocks_get_theirs(office: Office) -> None:
    waiting, accepted = office.arrive("10000001"), office.case_in("accepted", "10000002")
    with office.house.database.writing() as session:
        session.query(Deadline).delete()
        clocks.start_missing(session, calendar.load(session))
    assert due(office, waiting, ACCEPT).day == date(2026, 11, 30)
    assert {one.kind: one.met_on for one in standing(office, accepted).terms} == {
        ACCEPT: FILED_ON,
        ASSIGN: None,
    }
    assert told(office.house)[-1][0].case == accepted.case


def test_a_move_is_told_from_one_that_only_becomes_certain() -> None:
    day = DueDate(date(2027, 1, 4), provisional=True)
    certain = DueDate(date(2027, 1, 4), provisional=False)
    assert not Move("83172054", ACCEPT, day, certain).changes_the_day
    assert Move(
        "83172054", ACCEPT, day, DueDate(date(2027, 1, 5), provisional=False)
    ).changes_the_day
