"""Calls to named reporters: when, by whom, and what kind of thing was told; never what was said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, people
from portal.desk.models.calls import CaseCall
from portal.desk.models.cases import Case
from portal.reference.days import local_day

KINDS = {
    "accepted": "告知已经受理",
    "result": "告知办理结果",
    "asked": "询问情况",
    "other": "其他",
    "not_reached": "打了，没有接通",
}


class NotNamed(Exception):
    """Nobody left a name and a telephone number for this case."""


class BadDay(Exception):
    """A call was made between the day of receipt and today."""


@dataclass(frozen=True)
class CallLine:
    """One call as the case's page shows it."""

    on: date
    kind: str
    person: str


def check_named(case: Case) -> None:
    """Refuse a case in which nobody left a number.

    :raises NotNamed: as its name says.
    """
    if not case.named:
        raise NotNamed


def record(
    session: Session, case: Case, *, kind: str, on: date, person_id: str, now: datetime
) -> None:
    """Record a call that a person made; the same one again, by a second click, changes nothing.

    :param case: its row is locked by the caller
    :param kind: one of KINDS
    :raises NotNamed, BadDay: as their names say.
    """
    check_named(case)
    if not case.received_on <= on <= local_day(now):
        raise BadDay
    if CallLine(on, KINDS[kind], people.names(session)[person_id]) in of_case(session, case):
        return
    last = session.scalar(select(func.max(CaseCall.number)).where(CaseCall.case_id == case.id))
    session.add(
        CaseCall(case_id=case.id, number=(last or 0) + 1, on=on, kind=kind, person_id=person_id)
    )
    audit.record(session, person_id=person_id, act="call-recorded", target=case.reference, now=now)


def of_case(session: Session, case: Case) -> list[CallLine]:
    """Return the calls about a case, oldest first."""
    names = people.names(session)
    query = select(CaseCall).where(CaseCall.case_id == case.id)
    ordered = query.order_by(CaseCall.on, CaseCall.number)
    return [
        CallLine(one.on, KINDS[one.kind], names[one.person_id]) for one in session.scalars(ordered)
    ]
