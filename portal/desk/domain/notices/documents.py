"""The document that a draft would become: everything that everybody will read, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from portal.desk.domain.notices import paragraphs
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.rendering import render
from portal.desk.models.notices import Notice as Row
from portal.desk.models.notices import NoticeRelease
from portal.exchange.notices import (
    PUBLISHED,
    WITHDRAWN,
    Correction,
    Counts,
    Notice,
    own_notice,
)
from portal.reference.vocabulary import UnknownCode, vocabulary
from portal.store import SealedStore
from portal.text.readings import read

UNNUMBERED = "0000-0000"
MOST_CORRECTED = 2_000


class TooMuchChanged(Exception):
    """A correction would be longer than a correction may be: it is another notice."""


@dataclass(frozen=True)
class Release:
    """What a release is called and when it counts; `before` is the one that it replaces."""

    notice_id: str
    version: int
    number: str
    on: date
    not_before: datetime | None = None
    before: Notice | None = None


def published(draft: Draft, release: Release) -> Notice:
    """Return the document of a draft; a correction lists what was before and what is now.

    :raises TooMuchChanged: when a correction has more than 2,000 characters on either side.
    """
    public = render(draft)
    document = Notice(
        notice=release.notice_id,
        version=release.version,
        number=release.number,
        state=PUBLISHED,
        kind=draft.kind,
        mode=draft.mode,
        title=public.title,
        summary=public.summary,
        body=public.body,
        region=draft.region,
        area=draft.area,
        published_on=release.before.published_on if release.before else release.on,
        not_before=release.not_before,
        counts=paragraphs.counts(draft),
        recovered=public.recovered,
        review_on=review_on(draft, release.on),
        answers=draft.answers or None,
        expires_on=date.fromisoformat(draft.expires_on) if draft.expires_on else None,
        corrections=release.before.corrections if release.before else (),
        reason="",
    )
    return _corrected(document, release, draft.correcting) if release.before else document


def withdrawn(before: Notice, version: int, reason: str, on: date) -> Notice:
    """Return the tombstone of a notice: number, kind, title, when and why."""
    return Notice(
        notice=before.notice,
        version=version,
        number=before.number,
        state=WITHDRAWN,
        kind=before.kind,
        mode=before.mode,
        title=before.title,
        summary="",
        body="",
        region=before.region,
        area=before.area,
        published_on=before.published_on,
        not_before=None,
        counts=Counts(0, 0, 0),
        recovered="",
        review_on=None,
        answers=before.answers,
        expires_on=None,
        corrections=(),
        reason=reason,
        withdrawn_on=on,
    )


def released(session: Session, items: SealedStore, notice: Row) -> Notice | None:
    """Return the document that went out last; None before the first release."""
    row = session.get(NoticeRelease, (notice.id, notice.release)) if notice.release else None
    return own_notice(items.get(row.file)) if row else None


def review_on(draft: Draft, start: date) -> date | None:
    """Return when the longest effect of its sanctions is over; None when nothing says so."""
    months = [
        _months(code) for case in draft.cases for code in (case.party_sanction, case.other_sanction)
    ]
    longest = max(months, default=0)
    return _later(start, longest) if longest else None


def _months(code: str) -> int:
    try:
        return vocabulary().sanction(code).review_months or 0
    except UnknownCode:
        return 0


def _later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    # The last days of a month that the later month does not have become its 28th.
    return date(year, month + 1, min(start.day, 28))


def _corrected(document: Notice, release: Release, why: str) -> Notice:
    before = release.before
    if before is None:
        return document
    old, new = _lines(before), _lines(document)
    gone, come = _changed(old, new)
    if max(len(gone), len(come), len(why)) > MOST_CORRECTED:
        raise TooMuchChanged
    correction = Correction(release.on, why or "–", gone or "–", come or "–")
    changed = {**vars(document), "corrections": (*before.corrections, correction)}
    return Notice(**changed)


def _lines(document: Notice) -> list[str]:
    body = read("body", document.body).text.splitlines()
    return [document.title, document.summary, document.recovered, *body]


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    gone: list[str] = []
    come: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return "\n".join(filter(None, gone)), "\n".join(filter(None, come))
