"""Passkeys: authenticators that stand beside the six digits, never instead of the passphrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.passkeys import Passkey
from portal.desk.models.people import Person

MOST = 10


class UnknownPasskey(Exception):
    """The person has no such passkey."""


class KnownAlready(Exception):
    """The authenticator is registered already."""


class TooMany(Exception):
    """The person has as many passkeys as anybody may have."""


@dataclass(frozen=True)
class Made:
    """What a new authenticator told: its credential and how often it was used."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Answer:
    """A right answer: of which passkey, what that counts now, and when it was given."""

    passkey_id: str
    sign_count: int
    at: datetime


def of(session: Session, person_id: str) -> Sequence[Passkey]:
    """Return a person's passkeys, oldest first."""
    query = select(Passkey).where(Passkey.person_id == person_id)
    return session.scalars(query.order_by(Passkey.added_at, Passkey.id)).all()


def any_for(session: Session, name: str) -> bool:
    """Tell whether somebody of this name, known or not, has a passkey."""
    joined = Passkey.person_id == Person.id
    return session.scalar(select(exists().where(joined, Person.name == name))) is True


def get(session: Session, person_id: str, passkey_id: str) -> Passkey:
    """Return one of a person's own passkeys.

    :raises UnknownPasskey: when there is none of this id.
    """
    row = session.get(Passkey, passkey_id)
    if row is None or row.person_id != person_id:
        raise UnknownPasskey
    return row


def add(session: Session, person_id: str, made: Made, name: str, *, now: datetime) -> None:
    """Let an authenticator count for a person from now on.

    :raises TooMany: when the person has ten.
    :raises KnownAlready: when it counts for anybody already.
    """
    if len(of(session, person_id)) >= MOST:
        raise TooMany
    passkey_id = sha256(made.credential_id).hexdigest()
    if session.get(Passkey, passkey_id) is not None:
        raise KnownAlready
    row = Passkey(
        id=passkey_id,
        person_id=person_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        added_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, person_id=person_id, act="passkey-added", target=passkey_id, now=now)


def remove(session: Session, person_id: str, passkey_id: str, *, now: datetime) -> None:
    """Let one of a person's passkeys count no longer.

    :raises UnknownPasskey: as `get`.
    """
    session.delete(get(session, person_id, passkey_id))
    session.flush()
    audit.record(session, person_id=person_id, act="passkey-removed", target=passkey_id, now=now)


def forget(session: Session, person_id: str) -> None:
    """Delete a person's passkeys."""
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))


def count_up(session: Session, answer: Answer) -> bool:
    """Note what a passkey counts now; False when it no longer counts further, or is gone."""
    count = Passkey.sign_count
    # Many authenticators never count: they say 0 each time.
    further = count < answer.sign_count if answer.sign_count else count == 0
    used = (
        update(Passkey)
        .where(Passkey.id == answer.passkey_id, further)
        .values(sign_count=answer.sign_count, used_at=answer.at)
        .returning(Passkey.id)
    )
    return session.scalar(used.execution_options(synchronize_session=False)) is not None
