"""That somebody was called is recorded; what was said is not."""

from datetime import date, datetime, timedelta

import pytest

from portal.desk.domain import calls, cases
from portal.desk.domain.calls import BadDay, CallLine, NotNamed
from tests.desk.arrivals import FILED_ON, LATER, LATER_ON, Reporter
from tests.desk.casework import Office


def call(
    office: Office, reporter: Reporter, kind: str, on: date = LATER_ON, now: datetime = LATER
) -> list[CallLine]:
    """Record a call by the clerk; return the calls of the case."""
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        calls.record(session, case, kind=kind, on=on, person_id=office.clerk.id, now=now)
        return calls.of_case(session, case)


def test_calls_are_listed_by_day_with_who_called_and_why(office: Office) -> None:
    reporter = office.open(office.arrive(named=True))
    call(office, reporter, "result")
    listed = call(office, reporter, "accepted", FILED_ON)
    assert listed == [
        CallLine(FILED_ON, "告知已经受理", "陈雨"),
        CallLine(LATER_ON, "告知办理结果", "陈雨"),
    ]
    assert office.audited("call-recorded") == [(office.clerk.id, reporter.reference)] * 2


def test_the_same_call_recorded_twice_is_one(office: Office) -> None:
    reporter = office.open(office.arrive(named=True))
    call(office, reporter, "not_reached")
    assert len(call(office, reporter, "not_reached")) == 1
    assert len(call(office, reporter, "other")) == 2


@pytest.mark.parametrize("on", [FILED_ON - timedelta(days=1), LATER_ON + timedelta(days=1)])
def test_nobody_calls_before_the_report_or_tomorrow(office: Office, on: date) -> None:
    with pytest.raises(BadDay):
        call(office, office.open(office.arrive(named=True)), "other", on)


def test_an_anonymous_reporter_is_not_called(office: Office) -> None:
    with pytest.raises(NotNamed):
        call(office, office.open(office.arrive()), "other")
