"""Who is signed in: a token that only the cookie carries opens the person's private key.

A session ends 15 minutes after it was last used and 12 hours after it began. What it sealed goes
at once; the bare row stays a day, so that text typed too late can still be kept for its author.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from portal.desk.domain import deputies, keys
from portal.desk.domain.boxes import seal, unseal
from portal.desk.domain.roles import DEPUTISED, Permission, Role, permits
from portal.desk.models.passkeys import PasskeyChallenge
from portal.desk.models.people import Person
from portal.desk.models.sessions import StaffSession
from portal.sealing.keys import Identity

TOKEN_BYTES = 32
IDLE = timedelta(minutes=15)
WHOLE = timedelta(hours=12)
PROOF = timedelta(minutes=5)
SEEN_STEP = timedelta(seconds=20)
TRACE = timedelta(days=1)

PRIVATE = "session private key"
REFILL = "session refill"


class NotSignedIn(Exception):
    """There is no session with this token."""


class SessionOver(Exception):
    """The session was too long idle, or lasted too long; `person_id` says whose it was."""

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person behind a request, with the private key that the session opened.

    `deputy_for` is the approver for whom they decide about notices today, if any.
    """

    session_id: str
    person_id: str
    name: str
    display_name: str
    roles: frozenset[Role]
    seen_at: datetime
    proven_at: datetime
    has_refill: bool
    deputy_for: str | None
    own: Identity = field(repr=False)

    def may(self, permission: Permission) -> bool:
        """Tell whether the person's roles have the permission, or a deputy's days give it."""
        lent = self.deputy_for is not None and permission in DEPUTISED
        return lent or permits(self.roles, permission)

    def identities(self, session: Session) -> list[Identity]:
        """Return the private halves of every shared key that the person holds."""
        return list(self.held(session).values())

    def held(self, session: Session) -> dict[str, Identity]:
        """Return the same by key id."""
        return keys.open_held(session, self.person_id, self.own)

    def proven(self, now: datetime) -> bool:
        """Tell whether passphrase and code were given within the last five minutes."""
        return now - self.proven_at < PROOF


def begin(session: Session, person_id: str, own: Identity, *, now: datetime) -> bytes:
    """Start a session and return its token, which belongs in the cookie and nowhere else."""
    token = token_bytes(TOKEN_BYTES)
    row = StaffSession(
        id=session_id(token),
        person_id=person_id,
        started_at=now,
        seen_at=now,
        proven_at=now,
        sealed_private=seal(token, PRIVATE, str(own).encode()),
        sealed_refill=None,
    )
    session.add(row)
    session.flush()
    return token


def find(session: Session, token: bytes, *, now: datetime) -> SignedIn:
    """Return who is signed in with this token.

    :raises NotSignedIn: when nobody is, or the person was deactivated.
    :raises SessionOver: when somebody was.
    """
    row = session.get(StaffSession, session_id(token))
    person = session.get(Person, row.person_id) if row else None
    if row is None or person is None or not person.active:
        raise NotSignedIn
    if row.sealed_private is None or _is_over(row, now):
        raise SessionOver(person.id)
    own = Identity.parse(unseal(token, PRIVATE, row.sealed_private).decode("ascii"))
    return SignedIn(
        session_id=row.id,
        person_id=person.id,
        name=person.name,
        display_name=person.display_name,
        roles=frozenset(Role(one.role) for one in person.roles),
        seen_at=row.seen_at,
        proven_at=row.proven_at,
        has_refill=row.sealed_refill is not None,
        deputy_for=deputies.deputy_for(session, person, now=now),
        own=own,
    )


def touch(session: Session, session_id: str, *, now: datetime) -> None:
    """Note that the session was used."""
    _change(session, session_id, seen_at=now)


def prove(session: Session, session_id: str, *, now: datetime) -> None:
    """Note that passphrase and code were given again."""
    _change(session, session_id, proven_at=now)


def put_refill(session: Session, token: bytes, path: str, form: list[tuple[str, str]]) -> None:
    """Keep text that was typed for a page until that page is next opened in this session."""
    plain = json.dumps({"path": path, "form": form}).encode()
    _change(session, session_id(token), sealed_refill=seal(token, REFILL, plain))


def take_refill(session: Session, token: bytes, path: str) -> list[tuple[str, str]] | None:
    """Return, once, the text kept for this page; None when there is none for it."""
    row = session.get(StaffSession, session_id(token))
    if row is None or row.sealed_refill is None:
        return None
    kept = json.loads(unseal(token, REFILL, row.sealed_refill))
    if kept["path"] != path:
        return None
    row.sealed_refill = None
    return [(name, value) for name, value in kept["form"]]


def end(session: Session, session_id: str) -> str | None:
    """Forget one session; return whose it was, or None when there was none."""
    query = delete(StaffSession).where(StaffSession.id == session_id)
    person_id: str | None = session.scalar(query.returning(StaffSession.person_id))
    return person_id


def end_all(session: Session, person_id: str, *, but: str = "") -> None:
    """Forget every session of a person, but for one that may stay; half a sign-in goes too."""
    query = delete(StaffSession).where(StaffSession.person_id == person_id, StaffSession.id != but)
    session.execute(query)
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.person_id == person_id))


def end_everybody(session: Session) -> None:
    """Forget every session of everybody, and whoever is half signed in."""
    session.execute(delete(StaffSession))
    session.execute(delete(PasskeyChallenge))


def expire(session: Session, *, now: datetime) -> None:
    """Destroy what sessions that are over had sealed, and forget those of yesterday."""
    over = or_(StaffSession.seen_at <= now - IDLE, StaffSession.started_at <= now - WHOLE)
    wiped = update(StaffSession).where(over).values(sealed_private=None, sealed_refill=None)
    session.execute(wiped.execution_options(synchronize_session=False))
    session.execute(delete(StaffSession).where(StaffSession.seen_at <= now - TRACE))
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now))


def _is_over(row: StaffSession, now: datetime) -> bool:
    return now - row.seen_at >= IDLE or now - row.started_at >= WHOLE


def _change(session: Session, session_id: str, **values: object) -> None:
    query = update(StaffSession).where(StaffSession.id == session_id).values(**values)
    session.execute(query)


def session_id(token: bytes) -> str:
    """Return the id of the session that a token opens: its SHA-256."""
    return sha256(token).hexdigest()
