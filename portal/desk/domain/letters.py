"""What a clerk enters of a letter, a visit or a call: registered at once, claimed by the clerk."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, calendar, clocks, keys, progress
from portal.desk.domain.intake import RECEIVED
from portal.desk.domain.opening import KeyNotHeld, Opener
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.letters import Letter
from portal.desk.models.people import Person
from portal.reference.days import local_day
from portal.reference.vocabulary import vocabulary
from portal.reference.workdays import add_working_days
from portal.sealing.content import ReportContent, Subject
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.seal import bind_identity, seal_identity

# The code of the vocabulary for a letter on paper.
LETTER = "XIN"
NO_INTAKE_KEY = ""


@dataclass(frozen=True)
class Reporter:
    """Who wrote, came or called; the same fields as the public site seals."""

    full_name: str
    phone: str

    def fields(self) -> dict[str, str]:
        """Return what is sealed to the custodians; a note and calls were not asked for."""
        return {**vars(self), "call_me": "no", "contact_note": ""}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """All that a clerk typed of one report; `reporter` is None when no name was given."""

    channel: str
    received_on: date
    postmark: date | None = None
    pages: int | None = None
    signers: int = 1
    repeated: bool = False
    answerable: bool = True
    category: str
    subject: Subject
    story: str
    place: str = ""
    happened: str = ""
    reporter: Reporter | None = None


@dataclass(frozen=True)
class SealedEntry:
    """An entry whose identity is sealed already; `case_id` is the same for the same form."""

    case_id: str
    entry: Entry
    identity: bytes
    manifest: Manifest


def draw_once() -> str:
    """Draw the number by which one form counts once."""
    return secrets.token_hex(16)


def draw_reference() -> str:
    """Draw an eight-digit reference as the desk does: the first digit is 9."""
    return str(90_000_000 + secrets.randbelow(10_000_000))


def seal(entry: Entry, once: str, manifest: Manifest) -> SealedEntry:
    """Seal who reported, before the transaction begins."""
    identity = seal_identity(entry.reporter.fields() if entry.reporter else None, manifest)
    case_id = hashlib.sha256(f"letter {once}".encode()).hexdigest()[:32]
    return SealedEntry(case_id, entry, identity, manifest)


@dataclass(frozen=True)
class Ledger:
    """Where a clerk's entries go; `first_look_days` as for what comes over the site."""

    opener: Opener
    first_look_days: int

    def enter(
        self,
        session: Session,
        sealed: SealedEntry,
        person_id: str,
        now: datetime,
        *,
        draw: Callable[[], str] = draw_reference,
    ) -> Case:
        """Register a report; the same form a second time finds the first one's case.

        :raises KeyNotHeld: when the clerk could not read the case afterwards.
        """
        # Two clicks of one person stand in line here.
        session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
        known = session.get(Case, sealed.case_id)
        if known is not None:
            return known
        if keys.office_key(session).id not in self.opener.held:
            raise KeyNotHeld
        case = self._case(session, sealed, person_id, _free_reference(session, draw), now)
        recovery = sealed.manifest.recipient("recovery")
        content = bind_identity(_content(sealed.entry), sealed.identity)
        self.opener.give_key(session, case, content, recovery=recovery, today=local_day(now))
        clocks.start(session, case, calendar.load(session))
        session.add(_letter(case, sealed.entry))
        progress.note(session, case, RECEIVED, person_id, case.received_on)
        audit.record(
            session, person_id=person_id, act="case-entered", target=case.reference, now=now
        )
        return case

    def _case(
        self, session: Session, sealed: SealedEntry, person_id: str, reference: str, now: datetime
    ) -> Case:
        received = sealed.entry.received_on
        look_by = add_working_days(received, self.first_look_days, calendar.load(session))
        return Case(
            id=sealed.case_id,
            reference=reference,
            received_on=received,
            look_by=look_by.day,
            look_by_provisional=look_by.provisional,
            state=RECEIVED,
            state_on=received,
            revision=0,
            claimed_by=person_id,
            claimed_on=local_day(now),
            intake_key=NO_INTAKE_KEY,
            identity_file=self.opener.items.put_for(session, sealed.identity),
            channel=sealed.entry.channel,
        )


def letter_of(session: Session, case: Case) -> Letter | None:
    """Return what was noted of a case on paper; None for what came over the site."""
    return session.get(Letter, case.id)


def _content(entry: Entry) -> ReportContent:
    # A content names its reporter's keys. Nobody has any yet: these belong to no code, and those
    # of the code that the slip is exchanged for stand in the case's row.
    nobody = CodeKeys(*(secrets.token_bytes(32) for _ in range(3)))
    return ReportContent(
        category=entry.category,
        vocabulary=vocabulary().version,
        story=entry.story,
        place=entry.place,
        happened=entry.happened,
        subject=entry.subject,
        reply_recipient=nobody.reply_recipient,
        verify_key=nobody.verify_key,
        named=entry.reporter is not None,
    )


def _letter(case: Case, entry: Entry) -> Letter:
    return Letter(
        case_id=case.id,
        postmark=entry.postmark,
        pages=entry.pages,
        signers=entry.signers,
        repeated=entry.repeated,
        answerable=entry.answerable,
        named=entry.reporter is not None,
    )


def _free_reference(session: Session, draw: Callable[[], str]) -> str:
    while True:
        reference = draw()
        # Also a case that this clerk must not see has its reference.
        taken = everywhere(select(Case.id).where(Case.reference == reference))
        if session.scalar(taken) is None:
            return reference
