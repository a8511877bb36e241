"""Recovery codes: when the phone is lost, each stands in once for the six digits.

They replace the second factor alone, never the passphrase. What is stored is an HMAC under the
host secret, which lies outside the database (decision 0024).
"""

import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.domain.boxes import derived
from portal.desk.models.people import Person
from portal.desk.models.recovery_codes import RecoveryCode

HOW_MANY = 10
GROUPS = 3
PURPOSE = "recovery codes"


def draw() -> list[str]:
    """Draw a set of codes: three groups of four digits each, 40 bits."""
    return [
        " ".join(f"{secrets.randbelow(10_000):04}" for _group in range(GROUPS))
        for _code in range(HOW_MANY)
    ]


def replace(
    session: Session, person: Person, codes: Sequence[str], host_secret: bytes, *, now: datetime
) -> None:
    """Put a person's new set in force; the codes of the old one are good no more."""
    forget(session, person.id)
    for code in codes:
        digest = row_id(person.name, code, host_secret)
        session.add(RecoveryCode(id=digest, person_id=person.id))
    session.flush()
    act = "recovery-codes-made"
    audit.record(session, person_id=person.id, act=act, target=person.id, now=now)


def forget(session: Session, person_id: str) -> None:
    """Delete a person's codes."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def left(session: Session, person_id: str) -> int:
    """Return how many codes a person has not used yet."""
    count = select(func.count()).where(RecoveryCode.person_id == person_id)
    return session.scalar(count) or 0


def find(session: Session, name: str, typed: str, host_secret: bytes) -> str | None:
    """Return the id of the unused code that was typed for a name, known or not; None for none."""
    wanted = row_id(name, typed, host_secret)
    found: str | None = session.scalar(select(RecoveryCode.id).where(RecoveryCode.id == wanted))
    return found


def use_up(session: Session, code_id: str) -> bool:
    """Delete a code; False when another request used it first."""
    used = delete(RecoveryCode).where(RecoveryCode.id == code_id).returning(RecoveryCode.id)
    return session.scalar(used) is not None


def row_id(name: str, typed: str, host_secret: bytes) -> str:
    """Return the id of a code's row; `name` is as `signing_in.canonical_name` gives it."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", typed) if one.isdecimal())
    key = derived(host_secret, PURPOSE)
    return hmac.digest(key, f"{digits} {name}".encode(), "sha256").hex()
