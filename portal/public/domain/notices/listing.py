"""Lists of notices: filtered, searched, twenty on a page, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from portal.exchange.notices import NAMED
from portal.public.domain.notices.reading import (
    Shown,
    in_force,
    kept,
    listed,
    newest_first,
    verified,
)
from portal.public.models.notices import NoticeDocument, NoticePair, NoticeVersion
from portal.text.pairs import asked, pairs_of_word, pairs_that_begin_with

PAGE = 20
FEED = 50
MOST_MAPPED = 49_000  # https://www.sitemaps.org/protocol.html: 50,000 addresses in one file
CLARIFICATION = "N09"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; an empty member wants all. `page` counts from 1."""

    words: str = ""
    year: int = 0
    kind: str = ""
    area: str = ""
    region: str = ""
    mode: str = ""
    page: int = 1

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered out."""
        return not (self.words or self.is_filtered)

    @property
    def is_filtered(self) -> bool:
        """Whether something is chosen besides words."""
        return any((self.year, self.kind, self.area, self.region, self.mode))


@dataclass(frozen=True)
class Listed:
    """One page of a list, and whether another one follows."""

    entries: tuple[Shown, ...]
    has_more: bool


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: years, newest first, and codes of regions."""

    years: tuple[int, ...]
    regions: tuple[str, ...]


def browse(session: Session, wanted: Wanted, desk_key: bytes, now: datetime) -> Listed:
    """Return one page of what somebody wants to see."""
    # Rows first: sorting thousands of matches would carry the text of each along.
    matching = newest_first(select(NoticeVersion.id).where(listed(now), *_conditions(wanted)))
    ids = session.scalars(matching.offset((wanted.page - 1) * PAGE).limit(PAGE + 1)).all()
    rows = session.execute(newest_first(kept().where(NoticeVersion.id.in_(ids[:PAGE])))).all()
    return Listed(verified(rows, desk_key), has_more=len(ids) > PAGE)


def offered(session: Session) -> Offered:
    """Return what lists can be filtered by."""
    least = session.scalar(select(func.min(NoticeVersion.year)))
    most = session.scalar(select(func.max(NoticeVersion.year)))
    named = NoticeVersion.region > ""
    regions = select(NoticeVersion.region).where(named).distinct().order_by(NoticeVersion.region)
    return Offered(
        years=tuple(range(most, least - 1, -1)) if least and most else (),
        regions=tuple(session.scalars(regions)),
    )


def newest(session: Session, desk_key: bytes, now: datetime) -> tuple[Shown, ...]:
    """Return what feeds carry: the newest notices, and tombstones of those withdrawn."""
    rows = session.execute(newest_first(kept().where(in_force(now))).limit(FEED)).all()
    return verified(rows, desk_key)


def addresses(session: Session, now: datetime) -> list[tuple[str, str]]:
    """Return number and day of the last change of every notice that search engines may keep."""
    query = select(NoticeVersion.number, NoticeVersion.changed_on)
    named = query.where(listed(now), NoticeVersion.mode == NAMED)
    rows = session.execute(named.order_by(NoticeVersion.number.desc()).limit(MOST_MAPPED)).all()
    return [(number, day.isoformat()) for number, day in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    chosen = {
        NoticeVersion.year: wanted.year,
        NoticeVersion.kind: wanted.kind,
        NoticeVersion.area: wanted.area,
        NoticeVersion.region: wanted.region,
        NoticeVersion.mode: wanted.mode,
    }
    conditions = [column == value for column, value in chosen.items() if value]
    words = asked(wanted.words)
    if wanted.words and not words:
        # Nothing but marks was typed, and no text is searched by its marks.
        return [NoticeVersion.id.is_(None)]
    return conditions + [one for word in words for one in _has(word)]


def _has(word: str) -> list[ColumnElement[bool]]:
    if len(word) == 1:
        least, most = pairs_that_begin_with(word)
        return [_paired(NoticePair.pair.between(least, most))]
    conditions = [_paired(NoticePair.pair == pair) for pair in pairs_of_word(word)]
    if len(word) > 2:
        in_text = NoticeDocument.words.contains(word, autoescape=True)
        conditions.append(exists().where(NoticeDocument.id == NoticeVersion.id, in_text))
    return conditions


def _paired(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return NoticeVersion.id.in_(select(NoticePair.notice_row).where(condition))
