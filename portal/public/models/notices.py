"""What the public site keeps of notices: signed documents, and what finds them."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.public.models.base import NO_ROWID, Base

FOREVER = 2**31 - 1
WAITING = text("shown_from > 0")
OVER = text(f"shown_until < {FOREVER}")


class NoticeVersion(Base):
    """One version of a notice; what it says about itself is believed only to find it.

    It is shown from one minute since 1970 until another, `shown_until` being FOREVER unless a
    newer version waits for its time. `changed_on` is the day on which it came, or its time came.
    `place` is where it stands in every list: the greatest number comes first.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("notice", "version"),
        # Nearly all versions are shown now: only those that wait or are over are worth an index.
        Index("ix_notices_waiting", "shown_from", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_notices_over", "shown_until", sqlite_where=OVER, postgresql_where=OVER),
        # The numbers of deleted rows never come back: words of theirs that stayed find nothing.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    notice: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    number: Mapped[str] = mapped_column(String(9), index=True)
    state: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(16))
    area: Mapped[str] = mapped_column(String(8))
    region: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    published_on: Mapped[date]
    place: Mapped[int] = mapped_column(BigInteger, index=True)
    expires_on: Mapped[date | None]
    answers: Mapped[str | None] = mapped_column(String(9), index=True)
    shown_from: Mapped[int]
    shown_until: Mapped[int]
    changed_on: Mapped[date]


class NoticeDocument(Base):
    """The exact bytes that the desk signed, and the words that are searched in them.

    A table of its own, so that lists do not turn over the pages of every text.
    """

    __tablename__ = "notice_documents"

    id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True, autoincrement=False)
    document: Mapped[bytes]
    words: Mapped[str] = mapped_column(Text)


class NoticeTerm(Base):
    """That a term stands in a notice or says what it is; see `domain.notices.terms`.

    `place` is the notice's own, so that what is found comes in the order of the lists.
    `notice_row` is not a foreign key: deleting a notice would then read the whole table.
    """

    __tablename__ = "notice_terms"
    __table_args__ = NO_ROWID

    term: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    notice_row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
