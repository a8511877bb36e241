"""内部记录: what staff write about a case for one another; it never leaves the desk."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.domain.opening import OpenedWords, Opener
from portal.desk.models.cases import Case
from portal.desk.models.notes import CaseNote
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.keys import Identity, Recipient
from portal.sealing.seal import seal_words


class NotesChanged(Exception):
    """Somebody wrote a note since the page was opened: perhaps the same one, by a second press."""


@dataclass(frozen=True)
class Note:
    """One note with its author; the words do not open when their file is damaged."""

    person_id: str
    words: OpenedWords


def write(
    session: Session,
    opener: Opener,
    case: Case,
    text: str,
    *,
    seen: int,
    person_id: str,
    now: datetime,
) -> None:
    """Keep a note, sealed to the case's own key; the case is locked by the caller.

    :param seen: how many notes the author saw
    :raises NotesChanged: when there are more by now.
    :raises KeyNotHeld, CannotOpen: for an author who cannot open the case.
    """
    opener.case_key(session, case)
    number = count(session, case)
    if number != seen:
        raise NotesChanged
    today = local_day(now)
    sealed = seal_words(Words(text, today), [Recipient.parse(case.recipient or "")])
    session.add(
        CaseNote(
            case_id=case.id,
            number=number + 1,
            on=today,
            person_id=person_id,
            file=opener.items.put_for(session, sealed),
        )
    )
    session.flush()
    audit.record(session, person_id=person_id, act="case-noted", target=case.reference, now=now)


def count(session: Session, case: Case) -> int:
    """Return how many notes a case has."""
    return len(_rows(session, case))


def read(session: Session, opener: Opener, case: Case, own: Identity) -> list[Note]:
    """Return the notes of a case, oldest first, opened with the case's own key."""
    return [
        Note(row.person_id, opener.own_words(row.file, own, row.on)) for row in _rows(session, case)
    ]


def _rows(session: Session, case: Case) -> list[CaseNote]:
    query = select(CaseNote).where(CaseNote.case_id == case.id).order_by(CaseNote.number)
    return list(session.scalars(query))
