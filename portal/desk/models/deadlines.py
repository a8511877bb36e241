"""By when something is to be done about a case, and what its citizen was told of that."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Deadline(Base):
    """One term of a case: `days` working days after `starts_on`, and those that were added.

    `pauses` are the times that were spent waiting for the citizen, each as the day of the question
    and that of the answer; `extended` are the working days of an extension. `due` follows from all
    of them and from the calendar. A term that waits has `paused_since`; one that was kept, or that
    nobody asks for any more, has `met_on`.
    """

    __tablename__ = "deadlines"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    starts_on: Mapped[date]
    days: Mapped[int]
    pauses: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    extended: Mapped[int] = mapped_column(default=0)
    due: Mapped[date] = mapped_column(index=True)
    provisional: Mapped[bool]
    paused_since: Mapped[date | None]
    met_on: Mapped[date | None]


class Extension(Base):
    """The one extension that a case may have; its reason is sealed to the case's key."""

    __tablename__ = "extensions"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    days: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str] = mapped_column(String(64))


class ToldDate(Base):
    """What the newest snapshot told about time, and on which day that was last compared."""

    __tablename__ = "told_dates"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
    due: Mapped[date | None]
    provisional: Mapped[bool]
    flags: Mapped[str] = mapped_column(String(100))
