"""Everything that the desk has of one case beside the report, opened, for the superior to read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import calls, duplicates, notes, people, progress, registrations
from portal.desk.domain.opening import OpenedWords, Opener, words_of
from portal.desk.models.cases import Case, CaseEvent
from portal.desk.models.deadlines import Extension
from portal.desk.models.letters import Letter
from portal.sealing.documents import Json, base64_text
from portal.sealing.keys import Identity
from portal.store import MissingFile

Members = dict[str, Json]


@dataclass(frozen=True)
class Clerkship:
    """A case with what opens it, and the people's names by their ids."""

    session: Session
    opener: Opener
    case: Case
    own: Identity
    names: Mapping[str, str]

    def words(self) -> list[Members]:
        """Return what the reporter sent later; what does not open goes along as it lies."""
        rows = words_of(self.session, self.case.id)
        opened = self.opener.citizens_words(self.session, self.case, self.own)
        return [
            {
                "on": row.on.isoformat(),
                "purpose": row.purpose,
                "genuine": row.genuine,
                "pressed": row.pressed,
                "statement": row.statement,
                "signature": row.signature,
                **self._said(row.file, one),
            }
            for row, one in zip(rows, opened, strict=True)
        ]

    def replies(self) -> list[Members]:
        """Return what the desk wrote to the reporter."""
        rows = progress.replies_of(self.session, self.case.id)
        opened = self.opener.desks_words(rows, self.own)
        return [
            {
                "on": row.on.isoformat(),
                "kind": row.kind,
                "by": self.names[row.person_id],
                **self._said(row.desk_file, one),
            }
            for row, one in zip(rows, opened, strict=True)
        ]

    def notes(self) -> list[Members]:
        """Return what staff wrote for one another."""
        return [
            {
                "on": note.words.on.isoformat(),
                "by": self.names[note.person_id],
                "text": note.words.text,
            }
            for note in notes.read(self.session, self.opener, self.case, self.own)
        ]

    def registration(self) -> Members | None:
        """Return the registration sheet; None without one."""
        written = registrations.read(self.session, self.opener, self.case, self.own)
        if written is None:
            return None
        members: Members = {"on": written.on.isoformat(), "by": self.names[written.person_id]}
        return members | (asdict(written.sheet) if written.sheet else {})

    def duplicates(self) -> list[Members]:
        """Return which other cases somebody found to report the same."""
        found = duplicates.repetition(self.session, self.case)
        noted = duplicates.with_notes(self.session, self.opener, self.case, self.own, found)
        return [
            {
                "reference": one.case.reference,
                "on": one.judged.on.isoformat(),
                "by": self.names[one.judged.person_id],
                "text": one.judged.note.text if one.judged.note else None,
            }
            for one in noted.linked
            if one.judged
        ]

    def extension(self) -> Members | None:
        """Return the one extension and its reason; None without one."""
        row = self.session.get(Extension, self.case.id)
        if row is None:
            return None
        reason = self.opener.own_words(row.file, self.own, row.on)
        members: Members = {"on": row.on.isoformat(), "days": row.days}
        return members | {"by": self.names[row.person_id], **self._said(row.file, reason)}

    def calls(self) -> list[Members]:
        """Return that the reporter was called, when and about what."""
        return [
            {"on": one.on.isoformat(), "kind": one.kind, "by": one.person}
            for one in calls.of_case(self.session, self.case)
        ]

    def history(self) -> list[Members]:
        """Return what happened to the case, and who did it."""
        query = select(CaseEvent).where(CaseEvent.case_id == self.case.id)
        return [
            {
                "on": event.on.isoformat(),
                "act": event.act,
                "state": event.state,
                "by": self.names.get(event.person_id or ""),
            }
            for event in self.session.scalars(query.order_by(CaseEvent.number))
        ]

    def _said(self, file: str, words: OpenedWords) -> Members:
        if words.text is not None:
            return {"text": words.text}
        try:
            return {"sealed": base64_text(self.opener.items.get(file))}
        except MissingFile:
            return {"sealed": None}


def compile_dossier(
    session: Session, opener: Opener, case: Case, own: Identity, today: date
) -> Members:
    """Return the dossier of a case that this opener opens with its own key.

    Who reported stays sealed to the custodians' two groups, as it came.

    :raises MissingFile: when that sealed part is not there: nothing may be erased then.
    """
    clerkship = Clerkship(session, opener, case, own, people.names(session))
    return {
        "case": case.id,
        "on": today.isoformat(),
        "state": case.state,
        "channel": case.channel,
        "named": case.named,
        "sealed_identity": base64_text(opener.items.get(case.identity_file)),
        "reply_recipient": case.reply_recipient,
        "verify_key": case.verify_key,
        "passed_to": case.passed_to,
        "words": clerkship.words(),
        "replies": clerkship.replies(),
        "notes": clerkship.notes(),
        "registration": clerkship.registration(),
        "duplicates": clerkship.duplicates(),
        "extension": clerkship.extension(),
        "calls": clerkship.calls(),
        "letter": _letter(session, case),
        "history": clerkship.history(),
    }


def _letter(session: Session, case: Case) -> Members | None:
    letter = session.get(Letter, case.id)
    if letter is None:
        return None
    return {
        "postmark": letter.postmark.isoformat() if letter.postmark else None,
        "pages": letter.pages,
        "signers": letter.signers,
        "repeated": letter.repeated,
        "answerable": letter.answerable,
        "named": letter.named,
    }
