"""交办: giving a case to an office, whose key alone opens it from then on, beside the intake's.

The intake keeps its own way in: it opens the citizen's later words, and gives the case to another
office when need be. An office that had the case before loses its wrap.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, calendar, clocks, keys, offices, progress
from portal.desk.domain.acts import Changed, NotAllowed, NotYours
from portal.desk.domain.cases import ENDED
from portal.desk.domain.opening import RECOVERY, Opener
from portal.desk.domain.terms import Done
from portal.desk.models.cases import Case
from portal.desk.models.offices import CaseAssignment, Office
from portal.reference.days import local_day
from portal.sealing.keys import Recipient

ASSIGN = "assign"
# Before it is accepted, a report is the intake's: only a person there says 已受理.
NOT_YET = ("received",)


class AlreadyThere(Exception):
    """The office has the case."""


class NobodyHolds(Exception):
    """Nobody holds the office's key: nobody there could open the case."""


@dataclass(frozen=True)
class Assignment:
    """The office that somebody chose for a case, as it stood at `revision`."""

    office_id: str
    revision: int
    person_id: str


@dataclass(frozen=True)
class AssignedLine:
    """A case came to an office on a day."""

    on: date
    office: str
    by: str


def possible(case: Case, person_id: str, office_id: str | None) -> bool:
    """Tell whether a person of the intake office may give a case away as it stands.

    What the intake has is given away by whoever has it there; what another office has, by
    anybody at the intake.
    """
    if case.registered_on is None or case.state in (*NOT_YET, *ENDED):
        return False
    return case.office_id != office_id or case.claimed_by == person_id


def choices(session: Session, case: Case) -> list[Office]:
    """Return the offices that a case can be given to."""
    return [office for office in offices.ready(session) if office.id != case.office_id]


def assign(
    session: Session, opener: Opener, case: Case, chosen: Assignment, *, now: datetime
) -> None:
    """Give a case, locked by the caller, to an office; nobody there has claimed it yet.

    :raises Changed, NotYours, NotAllowed, AlreadyThere, NobodyHolds: as their names say.
    :raises portal.desk.domain.offices.UnknownOffice: for one that is gone.
    :raises KeyNotHeld, CannotOpen: when the giver cannot open the case.
    """
    intake = offices.intake(session)
    _check(case, chosen, intake)
    office = offices.get(session, chosen.office_id, lock=True)
    if not keys.holders(session, office.id):
        raise NobodyHolds
    own = opener.case_key(session, case)
    opener.unwrap(session, case, keep=(intake.id, RECOVERY))
    if office.id != intake.id:
        opener.wrap(session, case, own, office.id, _recipient(session, office))
    case.office_id, case.claimed_by, case.claimed_on = office.id, None, None
    _write_down(session, case, chosen, now)


def history(session: Session, case: Case) -> list[AssignedLine]:
    """Return which offices had a case, oldest first."""
    query = select(CaseAssignment).where(CaseAssignment.case_id == case.id)
    named = offices.names(session)
    return [
        AssignedLine(row.on, named[row.office_id], row.person_id)
        for row in session.scalars(query.order_by(CaseAssignment.number))
    ]


def _check(case: Case, chosen: Assignment, intake: Office) -> None:
    if case.revision != chosen.revision:
        raise Changed
    if case.office_id == chosen.office_id:
        raise AlreadyThere
    if case.office_id == intake.id and case.claimed_by != chosen.person_id:
        raise NotYours
    if not possible(case, chosen.person_id, intake.id):
        raise NotAllowed


def _recipient(session: Session, office: Office) -> Recipient:
    return keys.recipient(session, office.id)


def _write_down(session: Session, case: Case, chosen: Assignment, now: datetime) -> None:
    today = local_day(now)
    count = len(history(session, case))
    session.add(
        CaseAssignment(
            case_id=case.id,
            number=count + 1,
            office_id=chosen.office_id,
            on=today,
            person_id=chosen.person_id,
        )
    )
    # The citizen's progress does not change, so nothing is sent.
    progress.note(session, case, ASSIGN, chosen.person_id, today)
    clocks.after_act(session, case, Done(ASSIGN, today), calendar.load(session))
    audit.record(
        session,
        person_id=chosen.person_id,
        act="case-assigned",
        target=f"{case.reference} {chosen.office_id}",
        now=now,
    )
