"""Lists of notices: filtered, searched, twenty on a page, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.exchange.notices import NAMED
from portal.public.domain.notices.finding import Matching, Row, matching
from portal.public.domain.notices.reading import (
    NoSuchNotice,
    Shown,
    clarifications,
    clarified_by,
    in_force,
    kept,
    listed,
    newest_first,
    verified,
)
from portal.public.domain.notices.terms import (
    facets,
    region_of_term,
    year_of_term,
    years_and_regions,
)
from portal.public.models.notices import NoticeTerm, NoticeVersion
from portal.text.pairs import asked, pairs_of_word

PAGE = 20
COUNTED = 100
FEED = 50
MOST_MAPPED = 49_000  # https://www.sitemaps.org/protocol.html: 50,000 addresses in one file
CLARIFICATION = "N09"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; an empty member wants all.

    `after` and `before` are numbers of notices, of which one is the end of the page before, or
    of the one after: a page stays what it is while newer notices arrive.
    """

    words: str = ""
    year: int = 0
    kind: str = ""
    area: str = ""
    region: str = ""
    mode: str = ""
    after: str = ""
    before: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for besides where to begin, as an address says it."""
        asked_for = {
            "q": self.words,
            "year": str(self.year or ""),
            "kind": self.kind,
            "area": self.area,
            "region": self.region,
            "mode": self.mode,
        }
        return {name: value for name, value in asked_for.items() if value}

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
    """One page of a list.

    `newer` and `older` are the numbers from which other pages go on, empty where there are none.
    `hits` is how many were found, at most COUNTED + 1; 0 where nobody counted. `clarified` names
    the clarification of each notice that has one.
    """

    entries: tuple[Shown, ...] = ()
    newer: str = ""
    older: str = ""
    hits: int = 0
    clarified: Mapping[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: years, newest first, and codes of regions."""

    years: tuple[int, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Followed:
    """A notice that a feed carries, and whatever answered it, even what is gone since."""

    shown: Shown
    answering: tuple[Shown, ...]

    def clarified_by(self, today: date) -> list[Shown]:
        """Return what clarifies it today."""
        return [one for one in self.answering if not one.is_gone(today)]

    def changed_on(self, today: date) -> date:
        """Return the day since which it reads as it does, with what answers it."""
        return max(one.reads_so_since(today) for one in (self.shown, *self.answering))


@dataclass(frozen=True)
class _Page:
    rows: list[Row]
    has_newer: bool
    has_older: bool


def browse(session: Session, wanted: Wanted, desk_key: bytes, now: datetime) -> Listed:
    """Return one page of what somebody wants to see.

    :raises NoSuchNotice: when it is to begin at a number that is not there.
    """
    words = asked(wanted.words)
    if wanted.words and not words:
        # Nothing but marks was typed, and no text is searched by its marks.
        return Listed()
    longer = [word for word in words if len(word) > 2]
    found = matching(session, _terms(wanted, words), longer, now)
    page = _page(session, found, wanted, now)
    entries = _entries(session, page, desk_key)
    return Listed(
        entries,
        newer=page.rows[0].number if page.has_newer else "",
        older=page.rows[-1].number if page.has_older else "",
        hits=0 if wanted.is_all or page.has_newer else _hits(found, page),
        clarified=clarifications(session, entries, desk_key, now),
    )


def offered(session: Session, now: datetime) -> Offered:
    """Return what lists can be filtered by: what no listed notice has is not offered."""
    least, end = years_and_regions()
    known = select(func.min(NoticeTerm.term).label("term"))
    # One term after the other: each is found by the index, however many notices have it.
    codes = known.where(NoticeTerm.term >= least, NoticeTerm.term < end).cte(recursive=True)
    following = known.where(NoticeTerm.term > codes.c.term, NoticeTerm.term < end)
    codes = codes.union_all(
        select(following.correlate(codes).scalar_subquery()).where(codes.c.term.is_not(None))
    )
    shown = (
        select(NoticeTerm.term)
        .join(NoticeVersion, NoticeVersion.id == NoticeTerm.notice_row)
        .where(NoticeTerm.term == codes.c.term, listed(now))
        .order_by(NoticeTerm.place.desc())
        .limit(1)
        .correlate(codes)
        .scalar_subquery()
    )
    terms = session.scalars(
        select(codes.c.term).where(codes.c.term.is_not(None), shown.is_not(None))
    ).all()
    years = [year for term in terms if (year := year_of_term(term))]
    regions = [code for term in terms if (code := region_of_term(term))]
    return Offered(tuple(sorted(years, reverse=True)), tuple(sorted(regions)))


def newest(session: Session, desk_key: bytes, now: datetime) -> list[Followed]:
    """Return what feeds carry: the newest notices, and tombstones of those withdrawn."""
    rows = session.execute(newest_first(kept().where(in_force(now))).limit(FEED)).all()
    entries = verified(rows, desk_key)
    numbers = [one.notice.number for one in entries]
    answering = clarified_by(session, numbers, desk_key, in_force(now))
    return [
        Followed(one, tuple(each for each in answering if each.notice.answers == number))
        for one, number in zip(entries, numbers, strict=True)
    ]


def addresses(session: Session, now: datetime) -> list[tuple[str, str]]:
    """Return number and day of the last change of every notice that search engines may keep."""
    query = select(NoticeVersion.number, NoticeVersion.changed_on)
    named = query.where(listed(now), NoticeVersion.mode == NAMED)
    rows = session.execute(newest_first(named).limit(MOST_MAPPED)).all()
    return [(number, day.isoformat()) for number, day in rows]


def _terms(wanted: Wanted, words: tuple[str, ...]) -> list[int]:
    chosen = facets(
        year=wanted.year,
        kind=wanted.kind,
        area=wanted.area,
        region=wanted.region,
        mode=wanted.mode,
    )
    return sorted(chosen.union(*map(pairs_of_word, words)))


def _page(session: Session, found: Matching, wanted: Wanted, now: datetime) -> _Page:
    if wanted.before:
        newer = found.newer(_place(session, wanted.before, now), PAGE + 1)
        if len(newer) > PAGE:
            rows = newer[:PAGE][::-1]
            return _Page(rows, has_newer=True, has_older=bool(found.older(rows[-1].place, 1)))
    # Fewer than a page are newer: whoever goes back to them sees the whole first page.
    start = _place(session, wanted.after, now) if wanted.after else None
    rows = found.older(start, PAGE + 1)
    has_newer = bool(start and rows and found.newer(rows[0].place, 1))
    return _Page(rows[:PAGE], has_newer=has_newer, has_older=len(rows) > PAGE)


def _entries(session: Session, page: _Page, desk_key: bytes) -> tuple[Shown, ...]:
    ids = [row.id for row in page.rows]
    read = session.execute(kept().where(NoticeVersion.id.in_(ids))).all()
    by_id = {row[0].id: row for row in read}
    return verified([by_id[one] for one in ids], desk_key)


def _hits(found: Matching, page: _Page) -> int:
    return found.count(COUNTED + 1) if page.has_older else len(page.rows)


def _place(session: Session, number: str, now: datetime) -> int:
    query = select(NoticeVersion.place).where(NoticeVersion.number == number, in_force(now))
    place = session.scalar(query.limit(1))
    if place is None:
        raise NoSuchNotice(number)
    return place
