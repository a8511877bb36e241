"""Changes of people by two: one security administrator proposes, another confirms.

While an instance has one security administrator only, as right after `portal init`, that one
works alone, and `portal check` is red.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, enrolment, people
from portal.desk.domain.roles import Role
from portal.desk.models.changes import PendingChange
from portal.desk.models.people import Person, PersonRole

GOOD_FOR = timedelta(days=3)
ENOUGH_ADMINISTRATORS = 2


class Kind(StrEnum):
    """What a change does."""

    TAKE_ON = "take-on"
    ROLES = "roles"
    LET_GO = "let-go"
    LINK = "link"


class UnknownChange(Exception):
    """No such change waits: it was confirmed, withdrawn, or is too old."""


class OwnProposal(Exception):
    """Nobody confirms what they proposed."""


class AlreadyProposed(Exception):
    """The same change of the same person waits for its confirmation."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of one person, or of nobody yet: then with both names."""

    kind: Kind
    person_id: str | None = None
    name: str = ""
    display_name: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """A change that waits, with names and roles as people know them now.

    It can be confirmed `until` then.
    """

    id: str
    change: Change
    whom: str
    present_roles: tuple[Role, ...]
    proposed_by: str
    proposer: str
    until: datetime


@dataclass(frozen=True)
class Outcome:
    """A change that took effect; `token` is that of the one-time link it made, if any."""

    person: Person
    token: str | None = field(default=None, repr=False)


def alone(session: Session) -> bool:
    """Tell whether there are fewer than two security administrators who can sign in."""
    query = (
        select(func.count())
        .select_from(Person)
        .join(PersonRole)
        .where(PersonRole.role == Role.SECURITY_ADMINISTRATOR, Person.active)
        .where(Person.enrolled_at.is_not(None))
    )
    return (session.scalar(query) or 0) < ENOUGH_ADMINISTRATORS


def propose(session: Session, change: Change, *, by: str, now: datetime) -> Outcome | str:
    """Keep a change for a second administrator and return its id; do it at once when alone.

    :raises AlreadyProposed: when it waits already.
    :raises portal.desk.domain.people.BadName, NameTaken, OwnAccount, HasLeft, UnknownPerson,
        portal.desk.domain.roles.RolesClash, portal.desk.domain.key_losses.LastHolder: when it
        could not take effect now.
    """
    if alone(session):
        return _apply(session, change, by=by, now=now)
    _check(session, change, by)
    if any(one.change == change for one in waiting(session, now=now)):
        raise AlreadyProposed
    row = PendingChange(
        id=secrets.token_hex(16),
        kind=change.kind,
        person_id=change.person_id,
        name=change.name,
        display_name=change.display_name,
        roles=",".join(change.roles),
        proposed_by=by,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, person_id=by, act="change-proposed", target=_target(row), now=now)
    return row.id


def confirm(session: Session, change_id: str, *, by: str, now: datetime) -> Outcome:
    """Let a proposed change take effect; the log names both administrators.

    :raises UnknownChange, OwnProposal: as their names say.
    :raises Exception: as `propose`, when it cannot take effect any more.
    """
    row = _find(session, change_id, now, lock=True)
    if row.proposed_by == by:
        raise OwnProposal
    change, proposed_by = _change(row), row.proposed_by
    audit.record(session, person_id=by, act="change-confirmed", target=_target(row), now=now)
    session.delete(row)
    session.flush()
    return _apply(session, change, by=proposed_by, now=now)


def withdraw(session: Session, change_id: str, *, by: str, now: datetime) -> None:
    """Drop a proposed change: its proposer thought again, or another administrator refuses.

    :raises UnknownChange: as its name says.
    """
    row = _find(session, change_id, now, lock=True)
    audit.record(session, person_id=by, act="change-withdrawn", target=_target(row), now=now)
    session.delete(row)


def waiting(session: Session, *, now: datetime) -> list[Waiting]:
    """Return the changes that wait, oldest first."""
    query = select(PendingChange).where(PendingChange.proposed_at > now - GOOD_FOR)
    rows = session.scalars(query.order_by(PendingChange.proposed_at, PendingChange.id)).all()
    return [_waiting(session, row) for row in rows]


def get(session: Session, change_id: str, *, now: datetime) -> Waiting:
    """Return a change that waits.

    :raises UnknownChange: as its name says.
    """
    return _waiting(session, _find(session, change_id, now))


def expire(session: Session, *, now: datetime) -> None:
    """Drop what nobody confirmed in three days."""
    old = select(PendingChange).where(PendingChange.proposed_at <= now - GOOD_FOR)
    for row in session.scalars(old).all():
        audit.record(session, person_id=None, act="change-expired", target=_target(row), now=now)
        session.delete(row)


def _check(session: Session, change: Change, by: str) -> None:
    match change.kind:
        case Kind.TAKE_ON:
            people.check_new(session, change.name, change.roles)
        case Kind.ROLES:
            people.check_roles(session, _person(session, change), change.roles, by)
        case Kind.LET_GO:
            people.check_let_go(session, _person(session, change), by)
        case Kind.LINK:
            people.refuse_self_and_gone(_person(session, change), by)


def _apply(session: Session, change: Change, *, by: str, now: datetime) -> Outcome:
    if change.kind is Kind.TAKE_ON:
        person = people.take_on(
            session,
            name=change.name,
            display_name=change.display_name,
            roles_given=change.roles,
            by=by,
            now=now,
        )
        return Outcome(person, enrolment.issue(session, person, by=by, now=now))
    person = _person(session, change)
    if change.kind is Kind.LINK:
        people.refuse_self_and_gone(person, by)
        return Outcome(person, enrolment.issue(session, person, by=by, now=now))
    if change.kind is Kind.ROLES:
        people.change_roles(session, person, change.roles, by=by, now=now)
    else:
        people.let_go(session, person, by=by, now=now)
    _drop_of(session, person)
    return Outcome(person)


def _drop_of(session: Session, person: Person) -> None:
    """Drop what somebody proposed who may be no administrator any more, or was to be changed."""
    theirs = or_(PendingChange.proposed_by == person.id, PendingChange.person_id == person.id)
    session.execute(delete(PendingChange).where(theirs))


def _person(session: Session, change: Change) -> Person:
    return people.get(session, change.person_id or "")


def _find(session: Session, change_id: str, now: datetime, *, lock: bool = False) -> PendingChange:
    row = session.get(PendingChange, change_id, with_for_update=lock)
    if row is None or row.proposed_at <= now - GOOD_FOR:
        raise UnknownChange
    return row


def _change(row: PendingChange) -> Change:
    given = tuple(Role(one) for one in row.roles.split(",") if one)
    return Change(
        kind=Kind(row.kind),
        person_id=row.person_id,
        name=row.name,
        display_name=row.display_name,
        roles=given,
    )


def _waiting(session: Session, row: PendingChange) -> Waiting:
    person = session.get(Person, row.person_id) if row.person_id else None
    proposer = session.get_one(Person, row.proposed_by)
    return Waiting(
        row.id,
        _change(row),
        person.display_name if person else row.display_name,
        people.roles_of(person) if person else (),
        row.proposed_by,
        proposer.display_name,
        row.proposed_at + GOOD_FOR,
    )


def _target(row: PendingChange) -> str:
    return f"{row.kind} {row.person_id or row.id}"
