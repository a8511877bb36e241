"""登记表: what a clerk notes of a report's subject, sealed to the case and indexed under a key."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Self

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.desk.domain import audit, recusals, registration_index
from portal.desk.domain.opening import Opener
from portal.desk.models.cases import Case
from portal.desk.models.registrations import Registration, RegistrationToken
from portal.reference.days import local_day
from portal.sealing.content import ReportContent, Words
from portal.sealing.keys import Identity, Recipient
from portal.sealing.seal import seal_words


class SheetChanged(Exception):
    """Somebody wrote the sheet since the page was opened."""


@dataclass(frozen=True, repr=False)
class Sheet:
    """Whom and what a report is about, as a clerk writes it; `category` is a code or empty."""

    unit: str = ""
    name: str = ""
    post: str = ""
    category: str = ""
    matter: str = ""

    @classmethod
    def of(cls, content: ReportContent) -> Self:
        """Return the sheet that a report fills in by itself."""
        subject = content.subject
        return cls(subject.unit, subject.name, subject.post, content.category)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the sheet that `text` spelled."""
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        """The sheet as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True)
class Written:
    """A sheet with who wrote it last, and when; None when its file is damaged."""

    revision: int
    on: date
    person_id: str
    sheet: Sheet | None


def revision(session: Session, case: Case) -> int:
    """Return how often a case's sheet was written."""
    row = session.get(Registration, case.id)
    return row.revision if row else 0


def read(session: Session, opener: Opener, case: Case, own: Identity) -> Written | None:
    """Return a case's sheet, opened with the case's own key; None when nobody wrote one."""
    row = session.get(Registration, case.id)
    if row is None:
        return None
    opened = opener.own_words(row.file, own, row.on)
    sheet = None if opened.text is None else Sheet.read(opened.text)
    return Written(row.revision, row.on, row.person_id, sheet)


def write(
    session: Session,
    opener: Opener,
    case: Case,
    sheet: Sheet,
    *,
    seen: int,
    person_id: str,
    now: datetime,
) -> None:
    """Keep a sheet instead of the one before, and index it; the case is locked by the caller.

    :param seen: the revision that the author saw
    :raises SheetChanged: when there is another by now.
    :raises KeyNotHeld, CannotOpen: for who cannot open the case, or has no key of the index.
    """
    opener.case_key(session, case)
    key = registration_index.key_for(session, opener)
    row = session.get(Registration, case.id)
    if seen != (row.revision if row else 0):
        raise SheetChanged
    if row is not None:
        opener.items.discard_after_commit(session, row.file)
    today = local_day(now)
    sealed = seal_words(Words(sheet.text, today), [Recipient.parse(case.recipient or "")])
    file = opener.items.put_for(session, sealed)
    session.merge(
        Registration(case_id=case.id, revision=seen + 1, on=today, person_id=person_id, file=file)
    )
    _index(session, case, registration_index.tokens(key, asdict(sheet)))
    audit.record(session, person_id=person_id, act="sheet-written", target=case.reference, now=now)


def touches(listed: Iterable[str], content: ReportContent, sheet: Sheet | None) -> bool:
    """Tell whether a report, or what a clerk noted of it, names one of the units or names."""
    entries = list(listed)
    return recusals.touches(entries, content) or (
        sheet is not None and recusals.touches(entries, _noted(content, sheet))
    )


def refuse(
    session: Session,
    person_id: str,
    content: ReportContent,
    written: Written | None,
    host_secret: bytes,
) -> None:
    """Refuse a case to who must not handle whom its sheet names, though the report does not.

    :raises portal.desk.domain.recusals.MustRecuse: as its name says.
    """
    if written is not None and written.sheet is not None:
        recusals.refuse(session, person_id, _noted(content, written.sheet), host_secret)


def _noted(content: ReportContent, sheet: Sheet) -> ReportContent:
    subject = replace(content.subject, unit=sheet.unit, name=sheet.name, post=sheet.post)
    return replace(content, subject=subject, story=f"{content.story}\n{sheet.matter}")


def _index(session: Session, case: Case, tokens: dict[str, str]) -> None:
    gone = delete(RegistrationToken).where(RegistrationToken.case_id == case.id)
    session.execute(gone.execution_options(synchronize_session=False))
    session.flush()
    for kind, token in tokens.items():
        session.add(RegistrationToken(case_id=case.id, kind=kind, token=token))
    session.flush()
