"""The board: what is due when, for whom it counts, and who may see what nobody opened."""

from datetime import UTC, date, datetime

from portal.desk.domain import cases, deadlines
from portal.desk.domain.deadlines import OLDEST, Board
from portal.reference.workdays import Calendar
from tests.desk.casework import Office, a_row

# Friday the 20th; the week ends on Sunday the 22nd.
FRIDAY = date(2026, 11, 20)


def board(office: Office, today: date = FRIDAY, *, opens: bool = True) -> Board:
    with office.house.database.reading() as session:
        return deadlines.board(session, Calendar(), today, opens=opens)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def test_an_empty_desk_has_nothing_due(office: Office) -> None:
    assert board(office) == Board((), (), (), (), ())
    assert board(office, opens=False).unopened is None


def test_each_clock_stands_where_its_day_falls(office: Office) -> None:
    filed = {"10000001": 12, "10000002": 13, "10000003": 16}
    for reference, day in filed.items():
        arrived = morning(date(2026, 11, day))
        office.open(office.arrive(reference, now=arrived), now=arrived)
    # 5 working days after the 12th are the 19th, after the 13th the 20th, after the 16th the 23rd.
    shown = board(office)
    assert [(one.reference, one.kind) for one in shown.overdue] == [("10000001", "assign")]
    assert [one.reference for one in shown.today] == ["10000002"]
    assert shown.week == ()
    assert [one.reference for one in board(office, date(2026, 11, 23)).today] == ["10000003"]
    wednesday = board(office, date(2026, 11, 18))
    assert [one.reference for one in wednesday.week] == ["10000001", "10000002"]
    assert {one.holder for one in shown.overdue} == {"陈雨"}


def test_only_named_reports_are_held_to_being_told(office: Office) -> None:
    anonymous = office.open(office.arrive("10000001"))
    named = office.open(office.arrive("10000002"))
    with office.house.database.writing() as session:
        cases.get(session, named.reference).named = True
    last_day = board(office, date(2026, 11, 30))
    assert [(one.reference, one.kind) for one in last_day.today] == [("10000002", "accept")]
    assert [one.reference for one in last_day.overdue] == [anonymous.reference, named.reference]
    assert {one.kind for one in last_day.overdue} == {"assign"}


def test_waiting_for_the_citizen_is_nobodys_delay(office: Office) -> None:
    office.case_in("need_more")
    assert board(office, date(2027, 6, 1)).overdue == ()


def test_what_nobody_opened_is_due_to_be_looked_at_and_only_those_who_open_see_it(
    office: Office,
) -> None:
    office.arrive()
    shown = board(office)
    assert [(one.kind, one.opened) for one in shown.overdue] == [("look", False)]
    assert [one.age for one in shown.oldest] == [11]
    handlers = board(office, opens=False)
    assert (handlers.overdue, handlers.oldest, handlers.unopened) == ((), (), None)


def test_two_working_days_may_pass_before_an_unopened_report_alarms(office: Office) -> None:
    office.arrive(now=morning(date(2026, 11, 19)))
    # Friday and Monday are the two days; the weekend between them is none.
    for quiet in (20, 21, 22, 23):
        assert board(office, date(2026, 11, quiet)).unopened == ()
    alarmed = board(office, date(2026, 11, 24)).unopened
    assert alarmed is not None
    assert [one.reference for one in alarmed] == ["83172054"]


def test_the_oldest_open_cases_come_first_and_no_more_than_ten(office: Office) -> None:
    with office.house.database.writing() as session:
        for number in range(OLDEST + 2):
            row = a_row(number)
            row.received_on = date(2026, 9, 1 + number)
            row.state = "closed" if number == 0 else "accepted"
            session.add(row)
    found = board(office).oldest
    assert [one.reference for one in found] == [str(10_000_001 + n) for n in range(OLDEST)]
    assert found[0].age == (FRIDAY - date(2026, 9, 2)).days
