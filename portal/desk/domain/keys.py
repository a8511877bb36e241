"""Shared keys: what they are, who holds them, and how one holder lets another in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, regrants
from portal.desk.domain.regrants import Regrant
from portal.desk.domain.roles import Role, may_hold
from portal.desk.models.cases import CaseGrant
from portal.desk.models.keys import Grant, Key
from portal.desk.models.offices import Office, OfficeMember
from portal.desk.models.people import Person
from portal.sealing import unseal
from portal.sealing.keys import Identity, Recipient

INTAKE = "intake"
OFFICE = "office"
STATISTICS = "statistics"
CUSTODIAN_A = "custodian_a"
CUSTODIAN_B = "custodian_b"
NOTICES = "notices"
ENOUGH_HOLDERS = 2


class UnknownKey(Exception):
    """The desk has no such key."""


class NotAHolder(Exception):
    """Only who holds a key can let another person in."""


class AlreadyHolds(Exception):
    """The person holds the key."""


class MayNotHold(Exception):
    """The person's roles do not go with this key, or the person cannot sign in."""


class WrongKey(Exception):
    """The private half does not belong to the key of this name."""


@dataclass(frozen=True)
class Holder:
    """One person who holds a key, since when, and who granted it (None: from the ceremony)."""

    person_id: str
    display_name: str
    at: datetime
    granted_by: str | None


@dataclass(frozen=True)
class KeyLine:
    """One key with its holders, those who wait for it again, and all who could be let in."""

    id: str
    kind: str
    not_after: date | None
    retired_on: date | None
    holders: tuple[Holder, ...]
    candidates: tuple[Person, ...]
    waiting: tuple[Regrant, ...]

    @property
    def enough(self) -> bool:
        """Whether one holder may fall ill without anything being lost."""
        return len(self.holders) >= ENOUGH_HOLDERS

    def takes(self, person_id: str) -> bool:
        """Tell whether the person could be let in, or import it from paper."""
        return any(person.id == person_id for person in self.candidates)

    def held_by(self, person_id: str) -> bool:
        """Tell whether the person holds it."""
        return any(holder.person_id == person_id for holder in self.holders)


def register(
    session: Session, *, key_id: str, kind: str, recipient: Recipient, not_after: date | None
) -> None:
    """Tell the desk of a key: INTAKE of a period, OFFICE, STATISTICS, NOTICES, or of custodians."""
    session.add(Key(id=key_id, kind=kind, recipient=str(recipient), not_after=not_after))
    session.flush()


def get(session: Session, key_id: str) -> Key:
    """Return a key.

    :raises UnknownKey: when the desk has none of this name.
    """
    key = session.get(Key, key_id)
    if key is None:
        raise UnknownKey
    return key


def recipient(session: Session, key_id: str) -> Recipient:
    """Return the public half of a key.

    :raises UnknownKey: when the desk has none of this name.
    """
    return Recipient.parse(get(session, key_id).recipient)


def office_key(session: Session) -> Key:
    """Return the key of the intake office, to which new cases are wrapped.

    :raises UnknownKey: before the first keys were made.
    """
    key = session.scalar(select(Key).join(Office, Office.id == Key.id).where(Office.intake))
    if key is None:
        raise UnknownKey
    return key


def of_kind(session: Session, kind: str) -> dict[str, Recipient]:
    """Return the public halves of all keys of a kind, by key id."""
    query = select(Key).where(Key.kind == kind).order_by(Key.id)
    return {key.id: Recipient.parse(key.recipient) for key in session.scalars(query)}


def holders(session: Session, key_id: str) -> tuple[Holder, ...]:
    """Return who holds a key, first holders first."""
    query = (
        select(Grant, Person)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.key_id == key_id)
        .order_by(Grant.at, Person.name)
    )
    return tuple(
        Holder(person.id, person.display_name, grant.at, grant.granted_by)
        for grant, person in session.execute(query)
    )


def open_held(session: Session, person_id: str, own: Identity) -> dict[str, Identity]:
    """Return, by key id, the private halves of the keys that a person holds."""
    query = select(Grant).where(Grant.person_id == person_id).order_by(Grant.key_id)
    return {
        grant.key_id: unseal.accept_grant(grant.sealed, own) for grant in session.scalars(query)
    }


def held_ids(session: Session, person_id: str) -> list[str]:
    """Return the ids of the keys that a person holds."""
    query = select(Grant.key_id).where(Grant.person_id == person_id).order_by(Grant.key_id)
    return list(session.scalars(query))


def overview(session: Session) -> list[KeyLine]:
    """Return every key in use with its holders and with those who could hold it too."""
    closed = select(Office.id).where(Office.closed_on.is_not(None))
    people = session.scalars(select(Person).order_by(Person.name)).all()
    lines = []
    for key in session.scalars(
        select(Key)
        .where(Key.id.not_in(closed))
        .order_by(Key.kind.desc(), func.length(Key.id), Key.id)
    ):
        held = holders(session, key.id)
        known = {holder.person_id for holder in held}
        candidates = tuple(
            person for person in people if person.id not in known and can_hold(session, person, key)
        )
        waiting = regrants.waiting_for(session, key.id)
        dates = (key.not_after, key.retired_on)
        lines.append(KeyLine(key.id, key.kind, *dates, held, candidates, waiting))
    return lines


def take_in(
    session: Session, *, key_id: str, private: Identity, person_id: str, now: datetime
) -> None:
    """Make a person who opened a ceremony file a holder of its key.

    :raises UnknownKey: when the desk has none of this name.
    :raises WrongKey: when the file holds another key.
    :raises AlreadyHolds, MayNotHold: as their names say.
    """
    if private.recipient != recipient(session, key_id):
        raise WrongKey
    _hand_over(session, key_id=key_id, private=private, to=person_id, by=None, now=now)
    audit.record(session, person_id=person_id, act="key-imported", target=key_id, now=now)


def draw(session: Session, office_id: str) -> Identity:
    """Draw the key of a new office and return its private half, which nobody holds yet."""
    private = Identity.generate()
    register(session, key_id=office_id, kind=OFFICE, recipient=private.recipient, not_after=None)
    return private


def draw_again(session: Session, office_id: str) -> Identity | None:
    """Draw another key for an office whose key nobody holds and nothing was wrapped to.

    None when somebody holds it, or a case would be lost with it.
    """
    held = session.scalar(select(Grant.key_id).where(Grant.key_id == office_id))
    used = session.scalar(select(CaseGrant.key_id).where(CaseGrant.key_id == office_id))
    if held is not None or used is not None:
        return None
    private = Identity.generate()
    get(session, office_id).recipient = str(private.recipient)
    return private


def seal_to_first(
    session: Session, key_id: str, private: Identity, *, person_id: str, by: str, now: datetime
) -> None:
    """Seal a key that was just drawn to one of its first holders; `by` drew it and holds nothing.

    :raises AlreadyHolds, MayNotHold: as their names say.
    """
    _hand_over(session, key_id=key_id, private=private, to=person_id, by=by, now=now)
    audit.record(session, person_id=by, act="key-granted", target=f"{key_id} {person_id}", now=now)


def grant(
    session: Session, *, key_id: str, to: str, by: str, by_own: Identity, now: datetime
) -> None:
    """Let one holder make another person a holder.

    :param to, by: ids of people; `by_own` is the granting holder's own private key
    :raises NotAHolder: when `by` does not hold the key.
    :raises UnknownKey, AlreadyHolds, MayNotHold: as their names say.
    """
    get(session, key_id)
    held = session.get(Grant, (key_id, by))
    if held is None:
        raise NotAHolder
    private = unseal.accept_grant(held.sealed, by_own)
    _hand_over(session, key_id=key_id, private=private, to=to, by=by, now=now)
    audit.record(session, person_id=by, act="key-granted", target=f"{key_id} {to}", now=now)


def _hand_over(
    session: Session, *, key_id: str, private: Identity, to: str, by: str | None, now: datetime
) -> None:
    key, person = get(session, key_id), session.get(Person, to)
    if person is None or person.recipient is None or not can_hold(session, person, key):
        raise MayNotHold
    if session.get(Grant, (key_id, to)) is not None:
        raise AlreadyHolds
    sealed = unseal.grant(private, Recipient.parse(person.recipient))
    session.add(Grant(key_id=key_id, person_id=to, sealed=sealed, granted_by=by, at=now))
    regrants.settle(session, to, key_id)
    session.flush()


def can_hold(session: Session, person: Person, key: Key) -> bool:
    """Tell whether a person may hold a key: an office's key takes belonging to that office."""
    if not person.active or person.recipient is None:
        return False
    if key.kind == OFFICE:
        member = session.get(OfficeMember, person.id)
        if member is None or member.office_id != key.id:
            return False
    return may_hold([Role(one.role) for one in person.roles], key.kind)
