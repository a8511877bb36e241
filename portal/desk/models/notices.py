"""Notices: how they stand in clear, every text in sealed files."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class Notice(Base):
    """One notice (通报) from its first draft on.

    `version` is that of the newest draft, `release` that of what was released last (0: nothing
    yet), made from the draft `released_draft`. `number` is given with the first release.
    """

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    version: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(9), unique=True)
    release: Mapped[int] = mapped_column(default=0)
    released_draft: Mapped[int | None]
    published_on: Mapped[date | None]
    review_on: Mapped[date | None] = mapped_column(index=True)


class NoticeVersion(Base):
    """A draft as somebody saved it: text and parties, sealed to the notice key."""

    __tablename__ = "notice_versions"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str] = mapped_column(String(64))
