"""Finding notices: whatever is asked for, in the order of the lists, from any place on.

The rarest term is walked and the others are looked up beside it, so that finding costs what is
shown and not what there is. Both databases find the same, because all of it is whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from portal.public.domain.notices.reading import listed
from portal.public.models.notices import NoticeDocument, NoticeTerm, NoticeVersion

# Nobody needs to know which of two common terms is the rarer one.
COMMON = 500


@dataclass(frozen=True)
class Row:
    """A notice that was found: its row, its number, and where it stands."""

    id: int
    number: str
    place: int


@dataclass(frozen=True)
class Matching:
    """Everything that matches, to be walked either way; nothing is read before it is asked for."""

    session: Session
    rows: "Select[int, str, int]"
    place: InstrumentedAttribute[int]

    def older(self, than: int | None, most: int) -> list[Row]:
        """Return the next ones after a place, or the first ones of all."""
        ordered = self.rows.order_by(self.place.desc())
        return self._read(ordered if than is None else ordered.where(self.place < than), most)

    def newer(self, than: int, most: int) -> list[Row]:
        """Return the ones before a place, the nearest first."""
        return self._read(self.rows.where(self.place > than).order_by(self.place.asc()), most)

    def count(self, most: int) -> int:
        """Return how many there are, counting no further than `most`."""
        some = self.rows.order_by(self.place.desc()).limit(most).subquery()
        return self.session.scalar(select(func.count()).select_from(some)) or 0

    def _read(self, query: "Select[int, str, int]", most: int) -> list[Row]:
        return [Row(*row) for row in self.session.execute(query.limit(most)).all()]


def matching(
    session: Session, terms: Sequence[int], words: Sequence[str], now: datetime
) -> Matching:
    """Return what is listed, has every term, and every word where terms alone do not tell."""
    columns = (NoticeVersion.id, NoticeVersion.number)
    if not terms:
        place = NoticeVersion.place
        return Matching(session, select(*columns, place).where(listed(now)), place)
    rarest, *others = _rarest_first(session, terms)
    rows = (
        select(*columns, NoticeTerm.place)
        .join(NoticeTerm, NoticeTerm.notice_row == NoticeVersion.id)
        .where(NoticeTerm.term == rarest, listed(now))
        .where(*map(_beside, others), *map(_in_text, words))
    )
    return Matching(session, rows, NoticeTerm.place)


def _rarest_first(session: Session, terms: Sequence[int]) -> list[int]:
    """Return the terms in the order of how many notices have them."""
    if len(terms) == 1:
        return list(terms)
    counts = session.execute(select(*map(_count, terms))).one()
    ordered = sorted(zip(counts, terms, strict=True))
    return [term for _count, term in ordered]


def _count(term: int) -> Any:
    # In an order, so that PostgreSQL walks the index to the bound instead of gathering all of it.
    known = select(literal(1)).where(NoticeTerm.term == term).order_by(NoticeTerm.place)
    return select(func.count()).select_from(known.limit(COMMON).subquery()).scalar_subquery()


def _beside(term: int) -> ColumnElement[bool]:
    other = aliased(NoticeTerm)
    beside = select(other.term).where(
        other.term == term,
        other.place == NoticeTerm.place,
        other.notice_row == NoticeTerm.notice_row,
    )
    return _looked_up(beside)


def _in_text(word: str) -> ColumnElement[bool]:
    contains = NoticeDocument.words.contains(word, autoescape=True)
    return _looked_up(
        select(NoticeDocument.id).where(NoticeDocument.id == NoticeVersion.id, contains)
    )


def _looked_up(one: "Select[int]") -> ColumnElement[bool]:
    # Of EXISTS PostgreSQL would make a join, and read all rows of a term before the first is known.
    return one.scalar_subquery().is_not(None)
