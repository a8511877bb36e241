"""Questions for a passkey: each is put to one browser, lives three minutes, is answered once.

A question keeps, sealed under a token that only that browser's cookie carries, what is needed
when the answer comes: at a sign-in the private key that the passphrase has opened already.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_bytes

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.desk.domain.boxes import seal, unseal
from portal.desk.models.passkeys import PasskeyChallenge

TOKEN_BYTES = 32
CHALLENGE_BYTES = 32
LIFE = timedelta(minutes=3)
CARRIED = "passkey challenge"


class Purpose(StrEnum):
    """What an answer is good for, and for nothing else."""

    SIGN_IN = "sign-in"
    PROVE = "prove"
    ADD = "add"


class ChallengeOver(Exception):
    """The question was answered, is too old, was for something else, or never was put."""


@dataclass(frozen=True)
class Asked:
    """A question that waits, whom it was put to, and what was kept for its answer."""

    person_id: str
    challenge: bytes
    carried: Mapping[str, str] = field(repr=False)


def ask(
    session: Session,
    person_id: str,
    purpose: Purpose,
    carried: Mapping[str, str],
    *,
    now: datetime,
) -> bytes:
    """Put a new question; return the token, which belongs in the cookie and nowhere else."""
    token = token_bytes(TOKEN_BYTES)
    row = PasskeyChallenge(
        id=_id(token),
        person_id=person_id,
        purpose=purpose.value,
        challenge=token_bytes(CHALLENGE_BYTES),
        expires_at=now + LIFE,
        sealed=seal(token, CARRIED, json.dumps(carried).encode()),
    )
    session.add(row)
    session.flush()
    return token


def look(
    session: Session,
    token: bytes,
    purpose: Purpose,
    *,
    person_id: str | None = None,
    now: datetime,
) -> Asked:
    """Return a question that still waits.

    :param person_id: who is signed in and so must have been asked; None before a sign-in
    :raises ChallengeOver: when none does.
    """
    row = session.get(PasskeyChallenge, _id(token))
    return _open(row, token, purpose, person_id, now)


def take(
    session: Session,
    token: bytes,
    purpose: Purpose,
    *,
    person_id: str | None = None,
    now: datetime,
) -> Asked:
    """Return a question and forget it, whatever the answer will be; commit before checking that.

    :param person_id: as `look`
    :raises ChallengeOver: when none waits, or another request took it.
    """
    taken = delete(PasskeyChallenge).where(PasskeyChallenge.id == _id(token))
    row = session.scalar(taken.returning(PasskeyChallenge))
    return _open(row, token, purpose, person_id, now)


def _open(
    row: PasskeyChallenge | None,
    token: bytes,
    purpose: Purpose,
    person_id: str | None,
    now: datetime,
) -> Asked:
    if row is None or row.purpose != purpose or row.expires_at <= now:
        raise ChallengeOver
    if person_id not in {None, row.person_id}:
        raise ChallengeOver
    carried = json.loads(unseal(token, CARRIED, row.sealed))
    return Asked(row.person_id, row.challenge, carried)


def _id(token: bytes) -> str:
    return sha256(token).hexdigest()
