"""Citizens are told by themselves what time alone has changed: once, and not again."""

from dataclasses import replace
from datetime import date, timedelta

from portal.desk.domain import cases, reminders
from tests.desk.arrivals import FILED, FILED_ON, LATER, told
from tests.desk.casework import Office

LATE = date(2026, 12, 1)


def remind(office: Office, today: date) -> list[tuple[date | None, tuple[str, ...]]]:
    """The dates and flags that a day's look sends."""
    before = {message.id for _progress, message in told(office.house)}
    with office.house.database.writing() as session:
        reminders.remind(session, office.house.items, office.house.outbox, today)
    return [(one.due, one.flags) for one, message in told(office.house) if message.id not in before]


def test_a_new_report_is_told_its_date_then_that_it_passed_and_nothing_twice(
    office: Office,
) -> None:
    office.arrive()
    accept, look = date(2026, 11, 30), date(2026, 11, 16)
    assert remind(office, FILED_ON) == [(accept, ())]
    assert remind(office, FILED_ON) == []
    assert remind(office, look) == []
    assert remind(office, look + timedelta(days=1)) == [(look, ("overdue",))]
    assert remind(office, look + timedelta(days=1)) == []
    assert remind(office, accept) == []
    assert remind(office, LATE) == [(accept, ("overdue",))]
    assert remind(office, LATE + timedelta(days=1)) == []


def test_each_telling_is_newer_than_the_one_before(office: Office) -> None:
    reporter = office.arrive()
    for today in (FILED_ON, date(2026, 11, 17), LATE):
        remind(office, today)
    revisions = [one.revision for one, _message in told(office.house)]
    assert revisions == sorted(set(revisions))
    assert office.case(reporter).revision == revisions[-1]


def test_who_claimed_a_case_today_is_not_overtaken_while_writing(office: Office) -> None:
    reporter = office.open(office.arrive())
    before = office.case(reporter).revision
    assert remind(office, FILED_ON) == []
    assert office.case(reporter).revision == before
    assert remind(office, FILED_ON + timedelta(days=1)) == [(date(2026, 11, 30), ())]


def test_an_act_tells_the_date_with_the_rest(office: Office) -> None:
    office.do(office.case_in("received"), "reply", now=FILED)
    assert told(office.house)[-1][0].due == date(2026, 11, 30)
    assert remind(office, FILED_ON) == []


def test_a_case_that_is_being_handled_has_no_date_to_tell(office: Office) -> None:
    office.case_in("in_progress")
    assert told(office.house)[-1][0].due is None
    assert remind(office, LATE) == []


def test_waiting_for_the_citizen_is_told_as_waiting(office: Office) -> None:
    office.case_in("need_more")
    last, _message = told(office.house)[-1]
    assert last.flags == ("paused",)
    assert remind(office, LATE) == []


def test_nothing_that_crosses_tells_who_is_named(office: Office) -> None:
    named, anonymous = (office.case_in("received", ref) for ref in ("10000001", "10000002"))
    with office.house.database.writing() as session:
        cases.get(session, named.reference).named = True
    for reporter in (named, anonymous):
        office.do(reporter, "reply")
    remind(office, LATE)
    for reporter in (named, anonymous):
        office.do(reporter, "accept", "", now=LATER)
        office.do(reporter, "close", now=LATER)
    seen = {
        reporter.case: [
            replace(one, case="")
            for one, _message in told(office.house)
            if one.case == reporter.case
        ]
        for reporter in (named, anonymous)
    }
    assert len(seen[named.case]) == 4
    assert seen[named.case] == seen[anonymous.case]


def test_lost_words_of_one_case_keep_no_other_from_being_told(office: Office) -> None:
    lost, whole = office.case_in("received", "10000001"), office.case_in("received", "10000002")
    for reporter in (lost, whole):
        office.do(reporter, "reply")
    office.house.items.discard(office.reply_file(lost, 1, of="reporter"))
    before = office.case(lost).revision
    assert remind(office, LATE) == [(date(2026, 11, 30), ("overdue",))]
    assert office.case(lost).revision == before
    assert office.case(whole).revision == before + 1
