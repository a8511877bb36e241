"""Leave: who is away until when, and the colleague of the same office who stands in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from portal.desk.domain import audit, offices
from portal.desk.models.absences import Absence
from portal.desk.models.keys import Grant
from portal.desk.models.offices import OfficeMember
from portal.desk.models.people import Person
from portal.reference.days import local_day


class AlreadyPast(Exception):
    """The last day of the leave is before today."""


class CannotStandIn(Exception):
    """The colleague is of another office, opens nothing there, or is away too."""


@dataclass(frozen=True)
class Leave:
    """A person who is away up to and including a day, and who stands in."""

    person_id: str
    until: date
    cover_id: str


def of_person(session: Session, person_id: str, *, today: date) -> Leave | None:
    """Return a person's leave; None for who is at work, or back."""
    row = session.get(Absence, person_id)
    return Leave(row.person_id, row.until, row.cover_id) if row and row.until >= today else None


def covered_by(session: Session, person_id: str, *, today: date) -> list[Leave]:
    """Return for whom a person stands in: those who are away and still of the same office."""
    theirs, own = aliased(OfficeMember), aliased(OfficeMember)
    query = (
        select(Absence)
        .join(theirs, theirs.person_id == Absence.person_id)
        .join(own, own.person_id == Absence.cover_id)
        .where(_lasts(today), Absence.cover_id == person_id, theirs.office_id == own.office_id)
        .order_by(Absence.person_id)
    )
    return [Leave(row.person_id, row.until, row.cover_id) for row in session.scalars(query)]


def at_work(session: Session, office_id: str, *, today: date) -> list[Person]:
    """Return who can open what an office has and is not away, by name."""
    away = select(Absence.person_id).where(_lasts(today))
    query = (
        select(Person)
        .join(OfficeMember, OfficeMember.person_id == Person.id)
        .join(Grant, Grant.person_id == Person.id)
        .where(
            OfficeMember.office_id == office_id,
            Grant.key_id == office_id,
            Person.active,
            Person.id.not_in(away),
        )
        .order_by(Person.name)
    )
    return list(session.scalars(query))


def covers(session: Session, person_id: str, *, today: date) -> list[Person]:
    """Return the colleagues who could stand in for a person."""
    office = offices.of_person(session, person_id)
    if office is None:
        return []
    return [one for one in at_work(session, office.id, today=today) if one.id != person_id]


def go(session: Session, person_id: str, *, until: date, cover_id: str, now: datetime) -> None:
    """Let a person be away until a day, that day included; it ends by itself.

    :raises AlreadyPast, CannotStandIn: as their names say.
    """
    today = local_day(now)
    if until < today:
        raise AlreadyPast
    if cover_id not in {one.id for one in covers(session, person_id, today=today)}:
        raise CannotStandIn
    session.merge(Absence(person_id=person_id, until=until, cover_id=cover_id))
    session.flush()
    audit.record(session, person_id=person_id, act="leave-begun", target=cover_id, now=now)


def come_back(session: Session, person_id: str, *, now: datetime) -> None:
    """End a person's leave before its last day; without one nothing changes."""
    row = session.get(Absence, person_id)
    if row is not None:
        session.delete(row)
        session.flush()
        audit.record(session, person_id=person_id, act="leave-ended", target=person_id, now=now)


def _lasts(today: date) -> ColumnElement[bool]:
    return Absence.until >= today
