"""Shared keys: what they are, who holds them, and how one holder lets another in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, regrants
from portal.desk.domain.regrants import Regrant
from portal.desk.domain.roles import Role, may_hold
from portal.desk.models.keys import Grant, Key, LostGrant
from portal.desk.models.people import Person
from portal.sealing import unseal
from portal.sealing.keys import Identity, Recipient

INTAKE = "intake"
OFFICE = "office"
STATISTICS = "statistics"
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


class LastHolder(Exception):
    """Nobody else holds these keys (`key_ids`): taking them from the person would lose them."""

    def __init__(self, key_ids: tuple[str, ...]) -> None:
        super().__init__()
        self.key_ids = key_ids


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
    holders: tuple[Holder, ...]
    candidates: tuple[Person, ...]
    waiting: tuple[Regrant, ...]

    @property
    def enough(self) -> bool:
        """Whether one holder may fall ill without anything being lost."""
        return len(self.holders) >= ENOUGH_HOLDERS

    def held_by(self, person_id: str) -> bool:
        """Tell whether the person holds it."""
        return any(holder.person_id == person_id for holder in self.holders)


def register(
    session: Session, *, key_id: str, kind: str, recipient: Recipient, not_after: date | None
) -> None:
    """Tell the desk of a key: INTAKE of a period, OFFICE or STATISTICS."""
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
    """Return the key that the office's cases are wrapped to.

    :raises UnknownKey: before the first keys were made.
    """
    key = session.scalars(select(Key).where(Key.kind == OFFICE).order_by(Key.id)).first()
    if key is None:
        raise UnknownKey
    return key


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
    """Return every key with its holders and with those who could hold it too."""
    people = session.scalars(select(Person).order_by(Person.name)).all()
    lines = []
    for key in session.scalars(select(Key).order_by(Key.kind.desc(), Key.id)):
        held = holders(session, key.id)
        known = {holder.person_id for holder in held}
        candidates = tuple(
            person for person in people if person.id not in known and _can_hold(person, key.kind)
        )
        waiting = regrants.waiting_for(session, key.id)
        lines.append(KeyLine(key.id, key.kind, key.not_after, held, candidates, waiting))
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


def check_stays_held(session: Session, person: Person, roles: Collection[Role]) -> None:
    """Check that every key keeps a holder when a person's roles become these, or none.

    :raises LastHolder: when a key that does not go with them has no other holder.
    """
    lost = tuple(key.id for key in _held_alone(session, person.id) if not may_hold(roles, key.kind))
    if lost:
        raise LastHolder(lost)


def ids_held_alone(session: Session, person_id: str) -> list[str]:
    """Return the ids of the keys that nobody but this person holds."""
    return [key.id for key in _held_alone(session, person_id)]


def _held_alone(session: Session, person_id: str) -> list[Key]:
    query = select(Key).join(Grant).where(Grant.person_id == person_id).order_by(Key.id)
    return [key for key in session.scalars(query) if len(holders(session, key.id)) == 1]


def lose_all(session: Session, person: Person, *, now: datetime) -> None:
    """Take every key from a person with a new key pair, who waits from now on for each again."""
    regrants.remember(session, person.id, now=now)
    _withdraw(session, person)


def withdraw_all(session: Session, person: Person) -> None:
    """Take every key from a person who leaves."""
    _withdraw(session, person)
    for waited_for in session.scalars(select(LostGrant).where(LostGrant.person_id == person.id)):
        session.delete(waited_for)
    session.flush()


def _withdraw(session: Session, person: Person) -> None:
    for held in session.scalars(select(Grant).where(Grant.person_id == person.id)):
        session.delete(held)
    session.flush()


def withdraw_unfit(session: Session, person: Person) -> None:
    """Take from a person the keys that the roles no longer allow, held or waited for."""
    for table in (Grant, LostGrant):
        query = select(table, Key).join(Key).where(table.person_id == person.id)
        for held, key in session.execute(query).all():
            if not _can_hold(person, key.kind):
                session.delete(held)
    session.flush()


def _hand_over(
    session: Session, *, key_id: str, private: Identity, to: str, by: str | None, now: datetime
) -> None:
    key, person = get(session, key_id), session.get(Person, to)
    if person is None or person.recipient is None or not _can_hold(person, key.kind):
        raise MayNotHold
    if session.get(Grant, (key_id, to)) is not None:
        raise AlreadyHolds
    sealed = unseal.grant(private, Recipient.parse(person.recipient))
    session.add(Grant(key_id=key_id, person_id=to, sealed=sealed, granted_by=by, at=now))
    regrants.settle(session, to, key_id)
    session.flush()


def _can_hold(person: Person, kind: str) -> bool:
    enrolled = person.active and person.recipient is not None
    return enrolled and may_hold([Role(one.role) for one in person.roles], kind)
