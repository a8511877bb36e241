"""Notices as they are read: verified each time, so that a changed row shows nothing."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal_column, or_, select
from sqlalchemy.orm import Session

from portal.exchange.notices import PUBLISHED, WITHDRAWN, Notice
from portal.exchange.refusals import Refused
from portal.public.domain.minutes import instant_of, newest_over
from portal.public.domain.notices.documents import (
    AT_ONCE,
    accept,
    open_known,
    place_of,
    shown_from,
    year_of,
)
from portal.public.models.notices import NoticeDocument, NoticeVersion
from portal.reference.days import COUNTY_ZONE, local_day

log = logging.getLogger(__name__)

Kept = Row[NoticeVersion, bytes]
Ordered = TypeVar("Ordered", bound="Select[*tuple[Any, ...]]")
Opening = Callable[[bytes, bytes], Notice]


class NoSuchNotice(Exception):
    """Nothing that may be shown has this number, now."""


@dataclass(frozen=True)
class Shown:
    """A notice that may be shown, and since which day it reads like this."""

    notice: Notice
    changed_on: date
    document: bytes

    @property
    def withdrawn_on(self) -> date:
        """The day that was signed; of the first tombstones, the one on which they came."""
        return self.notice.withdrawn_on or self.changed_on

    def is_over(self, today: date) -> bool:
        """Tell whether the time is over for which somebody agreed to be named."""
        return self.notice.expires_on is not None and self.notice.expires_on < today

    def is_gone(self, today: date) -> bool:
        """Tell whether only the reason is left why it is no longer shown."""
        return self.notice.state == WITHDRAWN or self.is_over(today)

    def reads_so_since(self, today: date) -> date:
        """Return the day since which it says what it says today."""
        last = self.notice.expires_on
        if last is not None and last < today and self.notice.state == PUBLISHED:
            return last + timedelta(days=1)
        return max(self.changed_on, self.notice.published_on)


@dataclass(frozen=True)
class Around:
    """What a notice's page leads to: newer and older ones, and who answers whom."""

    newer: Shown | None
    older: Shown | None
    clarified_by: tuple[Shown, ...]
    answers: Shown | None


def in_force(now: datetime) -> ColumnElement[bool]:
    """Return the condition of versions whose time is now."""
    minute = newest_over(now)
    return and_(NoticeVersion.shown_from <= minute, NoticeVersion.shown_until > minute)


def listed(now: datetime) -> ColumnElement[bool]:
    """Return the condition of what lists show: neither withdrawn nor over."""
    last = NoticeVersion.expires_on
    return and_(
        in_force(now),
        NoticeVersion.state == PUBLISHED,
        or_(last.is_(None), last >= local_day(now)),
    )


def kept() -> "Select[NoticeVersion, bytes]":
    """Return the query for versions with their documents."""
    return select(NoticeVersion, NoticeDocument.document).join(
        NoticeDocument, NoticeDocument.id == NoticeVersion.id
    )


def newest_first(query: Ordered) -> Ordered:
    """Return a query in the order of the lists."""
    return query.order_by(NoticeVersion.place.desc())


def verified(
    rows: Iterable[Kept], desk_key: bytes, opening: Opening = open_known
) -> tuple[Shown, ...]:
    """Return what may be shown of some rows; the rest is left out and logged."""
    return tuple(one for row in rows if (one := _verify(row, desk_key, opening)))


def find(session: Session, number: str, desk_key: bytes, now: datetime) -> Shown:
    """Return the notice with this number, or its tombstone.

    :raises NoSuchNotice: when there is none, or its time has not come, or it is not the desk's.
    """
    query = kept().where(NoticeVersion.number == number, in_force(now))
    rows = session.execute(query.order_by(NoticeVersion.version.desc())).all()
    found = verified(rows, desk_key, accept)
    if not found:
        raise NoSuchNotice(number)
    return found[0]


def around(session: Session, shown: Shown, desk_key: bytes, now: datetime) -> Around:
    """Return what the page of a notice leads to."""
    notice, place = shown.notice, NoticeVersion.place
    visible = kept().where(listed(now))
    oldest_first = visible.where(place > place_of(notice)).order_by(place.asc())
    older = newest_first(visible.where(place < place_of(notice)))
    answered = visible.where(NoticeVersion.number == (notice.answers or ""))

    def first(query: "Select[NoticeVersion, bytes]") -> Shown | None:
        found = verified(session.execute(query.limit(1)).all(), desk_key)
        return found[0] if found else None

    return Around(
        newer=first(oldest_first),
        older=first(older),
        clarified_by=clarified_by(session, [notice.number], desk_key, listed(now)),
        answers=first(answered),
    )


def clarifications(
    session: Session, entries: Iterable[Shown], desk_key: bytes, now: datetime
) -> dict[str, Shown]:
    """Return the newest clarification of each of some notices that has one, by its number."""
    numbers = [one.notice.number for one in entries]
    answering = clarified_by(session, numbers, desk_key, listed(now))
    return {one.notice.answers: one for one in reversed(answering) if one.notice.answers}


def clarified_by(
    session: Session, numbers: Sequence[str], desk_key: bytes, which: ColumnElement[bool]
) -> tuple[Shown, ...]:
    """Return the notices that answer one of these, the newest first."""
    query = kept().where(NoticeVersion.answers.in_(numbers), which)
    return verified(session.execute(newest_first(query)).all(), desk_key)


def true_until(session: Session, now: datetime) -> datetime:
    """Return when time alone changes what is shown: at midnight, or when a version's time comes."""
    tomorrow = local_day(now) + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=COUNTY_ZONE)
    soon = NoticeVersion.shown_from > newest_over(now)
    waiting = NoticeVersion.shown_from > literal_column(str(AT_ONCE))
    next_minute = session.scalar(select(func.min(NoticeVersion.shown_from)).where(waiting, soon))
    return midnight if next_minute is None else min(midnight, instant_of(next_minute))


def _verify(row: Kept, desk_key: bytes, opening: Opening) -> Shown | None:
    version, document = row
    try:
        notice = opening(document, desk_key)
    except Refused as refusal:
        log.error("a notice is not shown: %s", refusal.reason)  # noqa: TRY400 — the reason says it
        return None
    if _columns(version) != _said(notice):
        log.error("a notice is not shown: its row was changed")
        return None
    return Shown(notice, version.changed_on, document)


def _columns(row: NoticeVersion) -> tuple[object, ...]:
    return (
        *(row.notice, row.version, row.number, row.state, row.kind, row.mode),
        *(row.area, row.region, row.year, row.published_on, row.expires_on, row.answers),
        *(row.shown_from, row.place),
    )


def _said(notice: Notice) -> tuple[object, ...]:
    return (
        *(notice.notice, notice.version, notice.number, notice.state, notice.kind, notice.mode),
        *(notice.area, notice.region, year_of(notice), notice.published_on, notice.expires_on),
        *(notice.answers, shown_from(notice), place_of(notice)),
    )
