"""Passphrase and code: the same work, the same answer and the same delays for every name.

A try is counted before it is checked, so that tries sent at the same moment slow each other
down too. Delays double up to five minutes and never become for ever.
"""

import hmac
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.desk.domain import one_time_codes, passkeys, passphrases, recovery_codes
from portal.desk.domain.boxes import derived, seal, unseal
from portal.desk.domain.passkeys import Answer
from portal.desk.models.people import Person
from portal.desk.models.sessions import SignInAttempts
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost

LONGEST_DELAY = timedelta(seconds=300)
FORGIVEN_AFTER = timedelta(days=1)
TOTP = "one-time codes"
NAMES = "sign-in names"


class Delayed(Exception):
    """The name was tried wrongly before; the next try counts `seconds` from now."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class WrongCredentials(Exception):
    """Name, passphrase and code do not go together, or the code was used before."""


@dataclass(frozen=True)
class Candidate:
    """What a try is checked against; a decoy where nobody has the typed name."""

    person_id: str | None
    wrapped_private: bytes
    totp_secret: bytes
    last_totp_step: int
    recovery_code: str | None


@dataclass(frozen=True)
class Proof:
    """A try that was right: whose, with which opened key, and its second factor, not yet used up.

    That is a TOTP step, or where `recovery_code` is given the code of that row, or an answer
    of a passkey.
    """

    person_id: str
    own: Identity = field(repr=False)
    step: int = 0
    recovery_code: str | None = None
    passkey: Answer | None = None


def canonical_name(typed: str) -> str:
    """Return what counts of a typed name."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def count_try(session: Session, name: str, host_secret: bytes, *, now: datetime) -> None:
    """Count a try for a name as failed, until `accept` forgives it; commit before checking.

    :raises Delayed: when it comes too soon after a failed one; it then counts for nothing.
    """
    stale = delete(SignInAttempts).where(SignInAttempts.delayed_until < now - FORGIVEN_AFTER)
    session.execute(stale)
    key = _name_key(name, host_secret)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = {"name_key": key, "failed": 0, "delayed_until": now}
    # Two first tries for one name in one moment: the second waits here for the first.
    session.execute(dialect.insert(SignInAttempts).values(first).on_conflict_do_nothing())
    tries = session.get_one(SignInAttempts, key, with_for_update=True)
    if tries.delayed_until > now:
        raise Delayed(-(-(tries.delayed_until - now) // timedelta(seconds=1)))
    tries.failed += 1
    tries.delayed_until = now + _delay(tries.failed)
    session.flush()


def candidate(
    session: Session, name: str, code: str, host_secret: bytes, cost: PasswordCost
) -> Candidate:
    """Return what to check a try for this name against."""
    recovery_code = recovery_codes.find(session, canonical_name(name), code, host_secret)
    wrapped, totp_secret = _decoy(host_secret, cost)
    # Columns alone: loading the person would take longer than finding nobody.
    query = select(
        Person.id, Person.wrapped_private, Person.totp_secret, Person.last_totp_step
    ).where(Person.name == canonical_name(name), Person.active)
    row = session.execute(query).first()
    if row is None or row.wrapped_private is None or row.totp_secret is None:
        return Candidate(None, wrapped, totp_secret, 0, recovery_code)
    return Candidate(
        row.id, row.wrapped_private, row.totp_secret, row.last_totp_step, recovery_code
    )


def check(
    against: Candidate, passphrase: str, code: str, host_secret: bytes, *, now: datetime
) -> Proof:
    """Check a try; slow on purpose, and outside any transaction.

    :raises WrongCredentials: whatever it was that did not fit.
    """
    secret = unseal(host_secret, TOTP, against.totp_secret).decode("ascii")
    step = one_time_codes.matching_step(secret, code, now)
    person_id, own = check_passphrase(against, passphrase, host_secret)
    if against.recovery_code is not None:
        return Proof(person_id, own, against.last_totp_step, against.recovery_code)
    if step is None or step <= against.last_totp_step:
        raise WrongCredentials
    return Proof(person_id, own, step)


def check_passphrase(
    against: Candidate, passphrase: str, host_secret: bytes
) -> tuple[str, Identity]:
    """Return whose passphrase it is and the key that it opens; slow on purpose, as `check`.

    :raises WrongCredentials: when it opens nothing, or nobody has the typed name.
    """
    try:
        own = passphrases.unwrap(against.wrapped_private, passphrase, host_secret)
    except passphrases.WrongPassword as error:
        raise WrongCredentials from error
    if against.person_id is None:
        raise WrongCredentials
    return against.person_id, own


def accept(session: Session, proof: Proof, host_secret: bytes) -> Person:
    """Use up the proof's second factor, forgive the failed tries, and return the person.

    :raises WrongCredentials: when another request used it up, or the person just left.
    """
    person = session.get(Person, proof.person_id) if _use_up(session, proof) else None
    if person is None or not person.active:
        raise WrongCredentials
    key = _name_key(person.name, host_secret)
    session.execute(delete(SignInAttempts).where(SignInAttempts.name_key == key))
    return person


def seal_totp_secret(secret: str, host_secret: bytes) -> bytes:
    """Return a TOTP secret as a person's row keeps it."""
    return seal(host_secret, TOTP, secret.encode("ascii"))


def has_totp_secret(person: Person, secret: str, host_secret: bytes) -> bool:
    """Tell whether codes of this secret count for a person already."""
    sealed = person.totp_secret
    return sealed is not None and unseal(host_secret, TOTP, sealed) == secret.encode("ascii")


def _use_up(session: Session, proof: Proof) -> bool:
    if proof.passkey is not None:
        return passkeys.count_up(session, proof.passkey)
    if proof.recovery_code is not None:
        return recovery_codes.use_up(session, proof.recovery_code)
    return _use_up_step(session, proof)


def _use_up_step(session: Session, proof: Proof) -> bool:
    used = (
        update(Person)
        .where(Person.id == proof.person_id, Person.last_totp_step < proof.step)
        .values(last_totp_step=proof.step)
        .returning(Person.id)
    )
    return session.scalar(used.execution_options(synchronize_session=False)) is not None


@lru_cache(maxsize=4)
def _decoy(host_secret: bytes, cost: PasswordCost) -> tuple[bytes, bytes]:
    secret = seal_totp_secret(one_time_codes.draw_secret(), host_secret)
    return passphrases.decoy(host_secret, cost), secret


def warm_up(host_secret: bytes, cost: PasswordCost) -> None:
    """Make the decoy at the start, so that the first unknown name takes no longer than others."""
    _decoy(host_secret, cost)


def _name_key(name: str, host_secret: bytes) -> str:
    key = derived(host_secret, NAMES)
    return hmac.digest(key, canonical_name(name).encode(), "sha256").hex()


def _delay(failed: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(failed - 1, 16)), LONGEST_DELAY)
