"""Append to the audit log, and prove that nobody changed it.

Each entry's hash covers the entry and the hash before it, so a changed, missing or inserted
entry breaks the chain. Entries cut off at the end show only against the lines shipped off-host,
which carry number and hash too.
"""

import json
import logging
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.orm import Session

from portal.database import after_commit
from portal.desk.models.audit import TABLE, AuditEntry
from portal.reference.days import COUNTY_ZONE

log = logging.getLogger("portal.audit")

START = "0" * 64
RECENT = 5_000
BATCH = 1_000
PAGE = 50

COLUMNS = (
    AuditEntry.n,
    AuditEntry.at,
    AuditEntry.person_id,
    AuditEntry.act,
    AuditEntry.target,
    AuditEntry.previous_hash,
)


@dataclass(frozen=True)
class Verification:
    """What a check of the chain found; `broken_at` is the first entry that does not fit."""

    checked: int
    total: int
    head: str
    broken_at: int | None

    @property
    def sound(self) -> bool:
        """Whether every checked entry fits the one before it."""
        return self.broken_at is None

    @property
    def whole(self) -> bool:
        """Whether the check went back to the first entry."""
        return self.checked == self.total


@dataclass(frozen=True)
class Narrowing:
    """Which entries are wanted; None wants all. Days are those of Asia/Shanghai, both included."""

    person_id: str | None = None
    act: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; `next_before` leads on, None at the end."""

    entries: tuple[AuditEntry, ...]
    next_before: int | None


def record(session: Session, *, person_id: str | None, act: str, target: str, now: datetime) -> int:
    """Append one entry in the caller's transaction and return its number.

    :param person_id: who acted; None when nobody is known, as at a failed sign-in
    :param act: what was done, in lower-case words with hyphens
    :param target: an id or a reference; never a name, never content
    """
    _stand_in_line(session)
    number, previous = _last(session)
    moment = now.astimezone(UTC)
    fields = (number + 1, moment, person_id, act, target, previous)
    names = [column.key for column in COLUMNS]
    entry = AuditEntry(**dict(zip(names, fields, strict=True)), hash=_hash(fields))
    session.add(entry)
    session.flush()
    line = f"{entry.n} {moment.isoformat()} {person_id or '-'} {act} {target} {entry.hash}"
    after_commit(session, lambda: log.info("%s", line))
    return entry.n


def verify(session: Session, *, recent: int | None = None) -> Verification:
    """Check the chain from its first entry, or only its last `recent` entries."""
    total, head = _last(session)
    after = max(0, total - recent) if recent is not None else 0
    checked = 0
    expected_number, expected_previous = after + 1, _hash_of(session, after)
    with closing(_links(session, after)) as links:
        for *fields, hashed in links:
            fits = (fields[0], fields[-1]) == (expected_number, expected_previous)
            if not fits or hashed != _hash(fields):
                return Verification(checked, total, head, expected_number)
            checked += 1
            expected_number, expected_previous = expected_number + 1, hashed
    return Verification(checked, total, head, None)


def page(session: Session, wanted: Narrowing, *, before: int | None = None) -> Page:
    """Return the entries that are wanted, those before a number, a page of them."""
    query = select(AuditEntry).order_by(AuditEntry.n.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(AuditEntry.n < before)
    found = session.scalars(query.where(*_conditions(wanted))).all()
    entries = tuple(found[:PAGE])
    return Page(entries, entries[-1].n if len(found) > PAGE else None)


def _conditions(wanted: Narrowing) -> Iterator[ColumnElement[bool]]:
    if wanted.person_id is not None:
        yield AuditEntry.person_id == wanted.person_id
    if wanted.act is not None:
        yield AuditEntry.act == wanted.act
    if wanted.since is not None:
        yield AuditEntry.at >= _midnight(wanted.since)
    if wanted.until is not None:
        yield AuditEntry.at < _midnight(wanted.until) + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, COUNTY_ZONE)


def _stand_in_line(session: Session) -> None:
    # SQLite has one writer; PostgreSQL must be told that the chain has one end.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {TABLE} IN EXCLUSIVE MODE"))


def _last(session: Session) -> tuple[int, str]:
    query = select(AuditEntry.n, AuditEntry.hash).order_by(AuditEntry.n.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return (row.n, row.hash) if row else (0, START)


def _hash_of(session: Session, number: int) -> str:
    if number == 0:
        return START
    return session.scalar(select(AuditEntry.hash).where(AuditEntry.n == number)) or ""


def _links(session: Session, after: int) -> Generator[tuple[Any, ...]]:
    query = select(*COLUMNS, AuditEntry.hash).where(AuditEntry.n > after).order_by(AuditEntry.n)
    with session.execute(query.execution_options(yield_per=BATCH)) as found:
        yield from map(tuple, found)


def _hash(fields: Sequence[object]) -> str:
    written = [
        field.isoformat(timespec="microseconds") if isinstance(field, datetime) else field
        for field in fields
    ]
    return sha256(json.dumps(written, ensure_ascii=False).encode()).hexdigest()
