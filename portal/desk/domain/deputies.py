"""Deputies of approvers: for some days, with a reason, and never by a deputy's own word.

A deputy is an editor who holds the notice key and is no approver: nobody is let into drafts for a
few days only. What a deputy does says for whom, and nobody decides about what they wrote.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, keys
from portal.desk.domain.roles import Role
from portal.desk.models.deputies import Deputyship
from portal.desk.models.keys import Grant, Key
from portal.desk.models.people import Person
from portal.reference.days import local_day

LONGEST = timedelta(days=90)
AHEAD, RUNNING, OVER, ENDED = "ahead", "running", "over", "ended"


class CannotDeputise(Exception):
    """The person is an approver, holds no notice key, or has left."""


class BadDays(Exception):
    """The first day has passed, the last one lies before it, or they are too far apart."""


class HasDeputy(Exception):
    """The approver named somebody for some of these days."""


class UnknownDeputyship(Exception):
    """There is no such one."""


@dataclass(frozen=True)
class Line:
    """A deputyship as the page shows it; `standing` is ahead, running, over or ended."""

    row: Deputyship
    standing: str


def candidates(session: Session) -> list[Person]:
    """Return whom an approver may name, by name."""
    query = (
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .join(Key, Key.id == Grant.key_id)
        .where(Key.kind == keys.NOTICES, Person.active)
        .order_by(Person.name)
        .distinct()
    )
    return [one for one in session.scalars(query) if _may_deputise(one)]


def name(
    session: Session,
    approver_id: str,
    deputy_id: str,
    *,
    since: date,
    until: date,
    reason: str,
    now: datetime,
) -> Deputyship:
    """Let somebody approve notices from a day to a day, both included.

    :raises CannotDeputise, BadDays, HasDeputy: as their names say.
    """
    if not local_day(now) <= since <= until or until - since > LONGEST:
        raise BadDays
    if deputy_id not in {one.id for one in candidates(session)}:
        raise CannotDeputise
    # Two presses at once stand in line: an approver has one deputy a day.
    session.execute(select(Person.id).where(Person.id == approver_id).with_for_update())
    named = Deputyship.approver_id == approver_id
    if session.scalar(select(Deputyship.id).where(named, *_between(since, until))) is not None:
        raise HasDeputy
    row = Deputyship(
        id=secrets.token_hex(16),
        approver_id=approver_id,
        deputy_id=deputy_id,
        since=since,
        until=until,
        reason=reason,
        named_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, person_id=approver_id, act="deputy-named", target=deputy_id, now=now)
    return row


def end(session: Session, deputyship_id: str, *, by: str, now: datetime) -> None:
    """End a deputyship before its last day; one that is over stays as it is.

    :raises UnknownDeputyship: when there is none.
    """
    row = session.get(Deputyship, deputyship_id, with_for_update=True)
    if row is None:
        raise UnknownDeputyship
    if row.ended_at is None and row.until >= local_day(now):
        row.ended_at, row.ended_by = now, by
        session.flush()
        audit.record(session, person_id=by, act="deputy-ended", target=row.deputy_id, now=now)


def deputy_for(session: Session, person: Person, *, now: datetime) -> str | None:
    """Return the approver for whom a person decides now; None for everybody else.

    Whoever became an approver decides in the own name; whose approver is none any more, not at all.
    """
    if not _may_deputise(person):
        return None
    today = local_day(now)
    query = (
        select(Person)
        .join(Deputyship, Deputyship.approver_id == Person.id)
        .where(Deputyship.deputy_id == person.id, *_between(today, today))
        .order_by(Deputyship.named_at, Deputyship.id)
    )
    return next((one.id for one in session.scalars(query) if one.active and _approves(one)), None)


def overview(session: Session, *, today: date) -> list[Line]:
    """Return all deputyships: those that run or lie ahead first, the latest first."""
    query = select(Deputyship).order_by(Deputyship.since.desc(), Deputyship.named_at.desc())
    lines = [Line(row, _standing(row, today)) for row in session.scalars(query)]
    return sorted(lines, key=lambda line: line.standing in {OVER, ENDED})


def _between(since: date, until: date) -> Iterable[ColumnElement[bool]]:
    """Return the conditions of what has some of these days and was not ended."""
    return Deputyship.since <= until, Deputyship.until >= since, Deputyship.ended_at.is_(None)


def _may_deputise(person: Person) -> bool:
    return Role.EDITOR in {one.role for one in person.roles} and not _approves(person)


def _approves(person: Person) -> bool:
    return Role.APPROVER in {one.role for one in person.roles}


def _standing(row: Deputyship, today: date) -> str:
    if row.ended_at is not None:
        return ENDED
    if row.until < today:
        return OVER
    return RUNNING if row.since <= today else AHEAD
