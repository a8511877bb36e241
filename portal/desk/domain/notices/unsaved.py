"""What editors typed and did not save: kept sealed until they save it, drop it, or two weeks pass.

It is no version: nobody reviews it and nothing is made public from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.desk.domain.notices.drafting import WRITABLE, Drafts, NotWritable
from portal.desk.domain.opening import CannotOpen
from portal.desk.models.notices import Notice
from portal.desk.models.unsaved import UnsavedWords
from portal.sealing import documents
from portal.sealing.content import SUITE
from portal.sealing.errors import MalformedContent
from portal.store import SealedStore

KEPT = timedelta(days=14)
RECENT = timedelta(minutes=15)
TYPE = "notice-unsaved"

Words = Sequence[tuple[str, str]]


class Page(StrEnum):
    """The pages of a notice that are typed on for long."""

    EDIT = "edit"
    PARTIES = "parties"


class OtherTab(Exception):
    """Words of another page that the same editor has open are kept; `at` says since when."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


@dataclass(frozen=True)
class Tab:
    """A page as it is open in a browser; `seen` is the one whose words it was filled with."""

    id: str
    seen: str = ""

    def knows(self, row: UnsavedWords) -> bool:
        """Tell whether the words of a row are on this page."""
        return row.tab in {self.id, self.seen}


@dataclass(frozen=True)
class Unsaved:
    """What one editor has on one page of a notice."""

    drafts: Drafts
    notice_id: str
    page: Page
    person_id: str

    def find(self, session: Session) -> UnsavedWords | None:
        """Return the row of the words, if there are any."""
        return session.get(UnsavedWords, (self.notice_id, self.person_id, self.page))

    def open(self, row: UnsavedWords) -> Words:
        """Return the fields as they were typed, by name.

        :raises portal.desk.domain.opening.KeyNotHeld, CannotOpen: as for a version.
        """
        try:
            return _read(self.drafts.open(row.file))
        except MalformedContent as error:
            raise CannotOpen from error

    def keep(
        self,
        session: Session,
        notice: Notice,
        words: Words,
        *,
        tab: Tab,
        version: int,
        now: datetime,
    ) -> None:
        """Keep words in place of those before, for a notice that the caller has locked.

        :param version: the version that the page began with
        :raises NotWritable: for what was released or withdrawn.
        :raises OtherTab: when the words before are on another page, which did not see these.
        :raises portal.desk.domain.opening.KeyNotHeld: for who could not open them again.
        """
        if notice.state not in WRITABLE:
            raise NotWritable
        before = self.find(session)
        if before is not None and not tab.knows(before):
            raise OtherTab(before.at)
        file = self.drafts.keep(session, _written(words))
        if before is None:
            before = UnsavedWords(
                notice_id=self.notice_id, person_id=self.person_id, page=self.page
            )
            session.add(before)
        else:
            self.drafts.items.discard_after_commit(session, before.file)
        before.tab, before.version, before.at, before.file = tab.id, version, now, file
        session.flush()

    def drop(self, session: Session, tab: Tab) -> None:
        """Forget the words of this page: they were saved, or nobody wants them."""
        row = self.find(session)
        if row is not None and tab.knows(row):
            _forget(session, self.drafts.items, [row])


def others(session: Session, notice_id: str, person_id: str, now: datetime) -> list[UnsavedWords]:
    """Return who else typed on a notice in the last quarter of an hour and has not saved it."""
    query = select(UnsavedWords).where(
        UnsavedWords.notice_id == notice_id,
        UnsavedWords.person_id != person_id,
        UnsavedWords.at > now - RECENT,
    )
    return list(session.scalars(query.order_by(UnsavedWords.at.desc())))


def forget_notice(session: Session, items: SealedStore, notice_id: str) -> None:
    """Forget everybody's words of a notice that will not be written on again."""
    _forget_where(session, items, UnsavedWords.notice_id == notice_id)


def forget_old(session: Session, items: SealedStore, now: datetime) -> None:
    """Forget what nobody came back to for two weeks."""
    _forget_where(session, items, UnsavedWords.at <= now - KEPT)


def _forget_where(session: Session, items: SealedStore, which: ColumnElement[bool]) -> None:
    _forget(session, items, session.scalars(select(UnsavedWords).where(which)).all())


def _forget(session: Session, items: SealedStore, rows: Sequence[UnsavedWords]) -> None:
    for row in rows:
        items.discard_after_commit(session, row.file)
        session.delete(row)
    session.flush()


def _written(words: Words) -> bytes:
    fields = [{"name": name, "value": value} for name, value in words]
    return documents.to_bytes({"type": TYPE, "suite": SUITE, "fields": fields})


def _read(data: bytes) -> Words:
    document = documents.from_bytes(data)
    document.expect("type", TYPE)
    document.expect("suite", SUITE)
    words = []
    for field in document.each("fields"):
        words.append((field.text("name"), field.text("value")))
        field.end()
    document.end()
    return words
