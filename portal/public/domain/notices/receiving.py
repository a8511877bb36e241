"""A version of a notice arrives: verified, kept as it came, put where searches find it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from portal.database import after_commit
from portal.exchange.kinds import Publication
from portal.exchange.messages import Message
from portal.exchange.notices import Notice
from portal.exchange.refusals import Park
from portal.public.domain.minutes import newest_over
from portal.public.domain.notices.board import Board
from portal.public.domain.notices.documents import accept, place_of, shown_from, year_of
from portal.public.domain.notices.terms import facets
from portal.public.models.notices import FOREVER, NoticeDocument, NoticeTerm, NoticeVersion
from portal.reference.days import local_day
from portal.text.pairs import pairs, searchable
from portal.text.readings import read


@dataclass(frozen=True)
class NoticeKeeper:
    """Handles `publication` messages; `desk_key` tells the desk's verify key of the manifest."""

    desk_key: Callable[[], bytes]
    board: Board

    def receive(self, session: Session, message: Message, now: datetime) -> None:
        """Keep a version, unless one that is as new is there already.

        :raises Refused: when it may not be shown; see `accept`.
        :raises Park: when the message is about another one, or its number is another notice's.
        """
        publication = Publication.read(message.data)
        document = message.parts["document"]
        notice = accept(document, self.desk_key())
        if (notice.notice, notice.version) != (publication.notice, publication.version):
            raise Park("another notice")
        if notice.version <= _newest_version(session, notice):
            return
        _check_number(session, notice)
        _make_room(session, notice, now)
        _keep(session, notice, document, now)
        after_commit(session, self.board.changed)


def forget_replaced(session: Session, now: datetime) -> int:
    """Delete the versions whose successors are shown; return how many there were."""
    over = NoticeVersion.shown_until <= newest_over(now)
    gone = session.scalars(select(NoticeVersion).where(replaced(), over)).all()
    for version in gone:
        _delete(session, version)
    return len(gone)


def replaced() -> ColumnElement[bool]:
    """Return the condition of versions that have an end, as their index spells it."""
    return NoticeVersion.shown_until < literal_column(str(FOREVER))


def _newest_version(session: Session, notice: Notice) -> int:
    # Of two relays' threads, the second waits here until the first has committed.
    same = select(NoticeVersion.id).where(NoticeVersion.notice == notice.notice)
    session.execute(same.with_for_update())
    newest = select(func.max(NoticeVersion.version)).where(NoticeVersion.notice == notice.notice)
    return session.scalar(newest) or 0


def _check_number(session: Session, notice: Notice) -> None:
    """Refuse a number of another notice: a permanent address leads to one, which has no other."""
    taken = select(NoticeVersion.id).where(
        or_(
            (NoticeVersion.number == notice.number) & (NoticeVersion.notice != notice.notice),
            (NoticeVersion.number != notice.number) & (NoticeVersion.notice == notice.notice),
        )
    )
    if session.scalar(taken.limit(1)) is not None:
        raise Park("another number")


def _make_room(session: Session, notice: Notice, now: datetime) -> None:
    """Let older versions end where this one begins; what would never be shown is deleted."""
    begins = shown_from(notice)
    older = NoticeVersion.notice == notice.notice
    session.execute(
        update(NoticeVersion)
        .where(older, NoticeVersion.shown_until > begins)
        .values(shown_until=begins)
    )
    ended = or_(
        NoticeVersion.shown_until <= newest_over(now),
        NoticeVersion.shown_from >= NoticeVersion.shown_until,
    )
    for version in session.scalars(select(NoticeVersion).where(older, ended)).all():
        _delete(session, version)
    session.flush()


def _keep(session: Session, notice: Notice, document: bytes, now: datetime) -> None:
    row = NoticeVersion(
        notice=notice.notice,
        version=notice.version,
        number=notice.number,
        state=notice.state,
        kind=notice.kind,
        mode=notice.mode,
        area=notice.area,
        region=notice.region,
        year=year_of(notice),
        published_on=notice.published_on,
        place=place_of(notice),
        expires_on=notice.expires_on,
        answers=notice.answers,
        shown_from=shown_from(notice),
        shown_until=FOREVER,
        changed_on=local_day(max(now, notice.not_before or now)),
    )
    session.add(row)
    session.flush()
    words = searchable(_read(notice))
    session.add(NoticeDocument(id=row.id, document=document, words=words))
    place = {"place": row.place, "notice_row": row.id}
    session.execute(
        insert(NoticeTerm), [{"term": term, **place} for term in sorted(_terms(row, words))]
    )


def _read(notice: Notice) -> str:
    """Return everything that a reader sees of a notice, and its number."""
    body = read("body", notice.body).text
    return f"{notice.number}\n{notice.title}\n{notice.summary}\n{notice.recovered}\n{body}"


def _terms(version: NoticeVersion, words: str) -> set[int]:
    return pairs(words) | facets(
        year=version.year,
        kind=version.kind,
        area=version.area,
        region=version.region,
        mode=version.mode,
    )


def _delete(session: Session, version: NoticeVersion) -> None:
    text = session.get(NoticeDocument, version.id)
    if text is not None:
        mine = (NoticeTerm.place == version.place) & (NoticeTerm.notice_row == version.id)
        terms = NoticeTerm.term.in_(_terms(version, text.words))
        session.execute(delete(NoticeTerm).where(terms, mine))
        session.delete(text)
        session.flush()
    session.delete(version)
