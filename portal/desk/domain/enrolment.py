"""One-time links by which people come to the desk, or come back with a new key pair."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.desk.domain import (
    audit,
    key_losses,
    one_time_codes,
    passkeys,
    passphrases,
    recovery_codes,
    sessions,
    signing_in,
)
from portal.desk.models.people import Enrolment, Person
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost

VALID = timedelta(hours=72)


class BadLink(Exception):
    """The link was used, is too old, was replaced, or never was one."""


class WrongCode(Exception):
    """The six digits are not those of the secret shown."""


@dataclass(frozen=True)
class Credentials:
    """What a person's row keeps of a new passphrase, a new key pair and a new TOTP secret."""

    recipient: str
    wrapped_private: bytes
    totp_secret: bytes = field(repr=False)


def issue(session: Session, person: Person, *, by: str | None, now: datetime) -> str:
    """Return the token of a fresh link for a person; older links of that person end.

    Until the link is used, what the person signs in with stays good.
    """
    session.execute(delete(Enrolment).where(Enrolment.person_id == person.id))
    token = token_urlsafe(24)
    session.add(Enrolment(id=_id(token), person_id=person.id, expires_at=now + VALID))
    session.flush()
    audit.record(session, person_id=by, act="link-issued", target=person.id, now=now)
    return token


def find(session: Session, token: str, *, now: datetime) -> Person:
    """Return whom a link is for.

    :raises BadLink: when it does not count (any more).
    """
    row = session.get(Enrolment, _id(token))
    person = session.get(Person, row.person_id) if row and row.expires_at > now else None
    if person is None or not person.active:
        raise BadLink
    return person


def open_links(session: Session, *, now: datetime) -> dict[str, datetime]:
    """Return, by person id, until when each person's unused link is good."""
    query = select(Enrolment).where(Enrolment.expires_at > now)
    return {row.person_id: row.expires_at for row in session.scalars(query)}


def check_code(totp_secret: str, code: str, *, now: datetime) -> int:
    """Return the step of the code that was typed back.

    :raises WrongCode: when the app does not have this secret, or the clocks differ.
    """
    step = one_time_codes.matching_step(totp_secret, code, now)
    if step is None:
        raise WrongCode
    return step


def prepare(
    passphrase: str, totp_secret: str, host_secret: bytes, cost: PasswordCost
) -> Credentials:
    """Make a new key pair and wrap it; slow on purpose, and outside any transaction."""
    own = Identity.generate()
    return Credentials(
        str(own.recipient),
        passphrases.wrap(own, passphrase, host_secret, cost),
        signing_in.seal_totp_secret(totp_secret, host_secret),
    )


def complete(
    session: Session, token: str, credentials: Credentials, *, step: int, now: datetime
) -> Person:
    """Give a person new credentials, once for each link.

    Whoever had a key pair before loses the keys sealed to it, and every session ends: the person
    waits until another holder grants each key again.

    :raises BadLink: when the link does not count (any more).
    """
    person = find(session, token, now=now)
    session.execute(delete(Enrolment).where(Enrolment.person_id == person.id))
    key_losses.lose_all(session, person, now=now)
    sessions.end_all(session, person.id)
    recovery_codes.forget(session, person.id)
    passkeys.forget(session, person.id)
    person.recipient = credentials.recipient
    person.wrapped_private = credentials.wrapped_private
    person.totp_secret = credentials.totp_secret
    person.last_totp_step = step
    person.enrolled_at = now
    session.flush()
    audit.record(session, person_id=person.id, act="enrolled", target=person.id, now=now)
    return person


def _id(token: str) -> str:
    return sha256(token.encode()).hexdigest()
