"""延期: once, in time, with a reason inside, and a new date that the citizen sees."""

from datetime import UTC, date, datetime

import pytest

from portal.desk.domain import cases, clocks, extensions
from portal.desk.domain.acts import Changed, Desk, NotYours
from portal.desk.domain.extensions import AlreadyExtended, Asked, BadLength, NoTerm, TermPassed
from portal.desk.domain.files import files_named
from portal.desk.domain.terms import ACCEPT, RESULT, Done
from portal.desk.models.deadlines import Extension
from portal.reference.workdays import Calendar
from portal.sealing import unseal
from tests.desk.arrivals import LATER, LATER_ON, Reporter, told
from tests.desk.casework import Office

LAST_DAY = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
DAY_AFTER = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
REASON = "账本在市里，要等。"


def extend(
    office: Office,
    reporter: Reporter,
    days: int = 10,
    *,
    now: datetime = LATER,
    person_id: str = "",
    revision: int = 0,
) -> None:
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        asked = Asked(days, REASON, revision or case.revision, person_id or office.clerk.id)
        desk = Desk(office.house.items, office.house.outbox)
        extensions.extend(session, desk, case, asked, now)


def due(office: Office, reporter: Reporter, kind: str = ACCEPT) -> date:
    with office.house.database.reading() as session:
        term = clocks.standing(session, cases.get(session, reporter.reference)).term(kind)
    assert term is not None
    return term.due.day


def test_the_citizen_sees_the_new_date_and_the_desk_the_reason(office: Office) -> None:
    reporter = office.case_in("received")
    extend(office, reporter)
    assert due(office, reporter) == date(2026, 12, 14)
    last, message = told(office.house)[-1]
    assert (last.due, last.flags) == (date(2026, 12, 14), ())
    assert last.replies == ()
    assert REASON.encode() not in message.to_event()
    opener = office.opener(office.clerk)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        extension = session.get_one(Extension, case.id)
        assert (extension.kind, extension.days, extension.on) == (ACCEPT, 10, LATER_ON)
        assert extension.file in files_named(session)
        own = opener.case_key(session, case)
        assert opener.own_words(extension.file, own, extension.on).text == REASON
    assert unseal.open_words(office.house.items.get(extension.file), [own]).on == LATER_ON
    assert office.audited("case-extended") == [(office.clerk.id, reporter.reference)]


def test_what_follows_closing_can_be_extended_when_nothing_was_told(office: Office) -> None:
    reporter = office.case_in("accepted")
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        case.state = "closed"
        clocks.after_act(session, case, Done("close", LATER_ON), Calendar())
    extend(office, reporter, 1)
    assert due(office, reporter, RESULT) == date(2026, 12, 4)


def test_it_can_be_asked_until_the_last_day_is_over(office: Office) -> None:
    in_time, late = office.case_in("received", "10000001"), office.case_in("received", "10000002")
    extend(office, in_time, now=LAST_DAY)
    with pytest.raises(TermPassed):
        extend(office, late, now=DAY_AFTER)


def test_a_second_time_is_refused(office: Office) -> None:
    reporter = office.case_in("received")
    extend(office, reporter, 1)
    with pytest.raises(AlreadyExtended):
        extend(office, reporter, 1)


@pytest.mark.parametrize("days", [-1, 0, 16])
def test_it_has_one_to_fifteen_days(office: Office, days: int) -> None:
    with pytest.raises(BadLength):
        extend(office, office.case_in("received"), days)


@pytest.mark.parametrize("state", ["accepted", "in_progress", "need_more", "closed"])
def test_without_a_term_that_runs_there_is_nothing_to_extend(office: Office, state: str) -> None:
    reporter = office.case_in(state)
    before = office.case(reporter).revision
    with pytest.raises(NoTerm):
        extend(office, reporter)
    assert office.case(reporter).revision == before


def test_only_the_holder_extends_and_only_what_they_saw(office: Office) -> None:
    reporter = office.case_in("received")
    with pytest.raises(NotYours):
        extend(office, reporter, person_id=office.colleague.id)
    with pytest.raises(Changed):
        extend(office, reporter, revision=99)
    with pytest.raises(NotYours):
        extend(office, office.arrive("10000001"))
