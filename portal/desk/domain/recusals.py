"""回避: whom a person must not handle, and keeping such cases from them before they see anything.

A list says who is whose relative, so it is its owner's alone: sealed under the host secret, read
by no page but the owner's, and compared in memory with a report that was just opened.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.domain.boxes import seal, unseal
from portal.desk.models.cases import Case
from portal.desk.models.recusals import CaseRecusal, Recusal
from portal.reference.days import local_day
from portal.sealing.content import ReportContent
from portal.text.mentions import is_part_of, mentions

PURPOSE = "recusal"


class MustRecuse(Exception):
    """The report names somebody or something on the person's list."""


class UnknownEntry(Exception):
    """The person's list has no such entry."""


@dataclass(frozen=True)
class Entry:
    """One unit or name on a person's own list."""

    id: str
    on: date
    words: str = field(repr=False)


def entries(session: Session, person_id: str, host_secret: bytes) -> list[Entry]:
    """Return a person's list, oldest first."""
    query = select(Recusal).where(Recusal.person_id == person_id).order_by(Recusal.on, Recusal.id)
    return [
        Entry(row.id, row.on, unseal(host_secret, PURPOSE, row.sealed).decode())
        for row in session.scalars(query)
    ]


def add(session: Session, person_id: str, words: str, host_secret: bytes, *, now: datetime) -> None:
    """Put a unit or a name on a person's list."""
    session.add(
        Recusal(
            id=secrets.token_hex(16),
            person_id=person_id,
            on=local_day(now),
            sealed=seal(host_secret, PURPOSE, words.encode()),
        )
    )
    session.flush()
    audit.record(session, person_id=person_id, act="recusal-added", target=person_id, now=now)


def remove(session: Session, person_id: str, entry_id: str, *, now: datetime) -> None:
    """Take an entry off a person's own list; what was refused because of it stays refused.

    :raises UnknownEntry: as its name says.
    """
    row = session.get(Recusal, entry_id)
    if row is None or row.person_id != person_id:
        raise UnknownEntry
    session.delete(row)
    session.flush()
    audit.record(session, person_id=person_id, act="recusal-removed", target=person_id, now=now)


def refuse(session: Session, person_id: str, content: ReportContent, host_secret: bytes) -> None:
    """Refuse a report to a person who must not handle it; nothing of it was shown yet.

    :raises MustRecuse: as its name says.
    """
    if touches((one.words for one in entries(session, person_id, host_secret)), content):
        raise MustRecuse


def touches(listed: Iterable[str], content: ReportContent) -> bool:
    """Tell whether a report names one of the units or names."""
    subject = content.subject
    fields = (subject.unit, subject.name, subject.post, subject.region, content.place)
    return any(
        is_part_of(subject.unit, entry)
        or any(mentions(entry, text) for text in (*fields, content.story))
        for entry in listed
    )


def note_met(session: Session, case: Case, person_id: str, *, now: datetime) -> None:
    """Keep a case from a person for good, and write down that it was, without why."""
    if session.get(CaseRecusal, (case.id, person_id)) is None:
        session.add(CaseRecusal(case_id=case.id, person_id=person_id, on=local_day(now)))
        session.flush()
    audit.record(session, person_id=person_id, act="case-recused", target=case.reference, now=now)
