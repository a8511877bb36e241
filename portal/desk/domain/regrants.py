"""Keys that people held before they lost their passphrase, until a holder grants them again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.desk.models.keys import Grant, LostGrant
from portal.desk.models.people import Person


@dataclass(frozen=True)
class Regrant:
    """One person who waits for one key again."""

    key_id: str
    person_id: str
    display_name: str


@dataclass(frozen=True)
class Loss:
    """One key that a person waits for, and the colleagues who can grant it again."""

    key_id: str
    holders: tuple[str, ...]


def remember(session: Session, person_id: str, *, now: datetime) -> None:
    """Note which keys a person holds, just before they are withdrawn."""
    for key_id in session.scalars(select(Grant.key_id).where(Grant.person_id == person_id)).all():
        session.merge(LostGrant(key_id=key_id, person_id=person_id, at=now))
    session.flush()


def settle(session: Session, person_id: str, key_id: str) -> None:
    """Forget that a person waits for a key."""
    session.execute(
        delete(LostGrant).where(LostGrant.person_id == person_id, LostGrant.key_id == key_id)
    )


def waiting_for(session: Session, key_id: str) -> tuple[Regrant, ...]:
    """Return who waits for a key, longest first."""
    return tuple(one for one in _all(session) if one.key_id == key_id)


def asked_of(session: Session, person_id: str) -> tuple[Regrant, ...]:
    """Return everybody whom this holder can let in again, longest waiting first."""
    held = set(session.scalars(select(Grant.key_id).where(Grant.person_id == person_id)))
    return tuple(one for one in _all(session) if one.key_id in held)


def lost_by(session: Session, person_id: str) -> tuple[Loss, ...]:
    """Return the keys that a person waits for, with the names of those who hold them."""
    query = (
        select(LostGrant.key_id).where(LostGrant.person_id == person_id).order_by(LostGrant.key_id)
    )
    return tuple(Loss(key_id, _holders(session, key_id)) for key_id in session.scalars(query).all())


def _all(session: Session) -> list[Regrant]:
    query = (
        select(LostGrant.key_id, Person.id, Person.display_name)
        .join(Person, Person.id == LostGrant.person_id)
        .order_by(LostGrant.at, LostGrant.key_id)
    )
    return [Regrant(*row) for row in session.execute(query)]


def _holders(session: Session, key_id: str) -> tuple[str, ...]:
    query = (
        select(Person.display_name)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.key_id == key_id)
        .order_by(Person.name)
    )
    return tuple(session.scalars(query))
