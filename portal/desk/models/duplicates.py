"""Which cases report again (重复) what an earlier one reported."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Duplicate(Base):
    """A clerk found that a case repeats an earlier one.

    The note says why, sealed to the keys of both cases; `file` is None where none was written.
    Nothing of it leaves the desk, and no column of a case depends on it.
    """

    __tablename__ = "duplicates"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    earlier_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str | None] = mapped_column(String(64))
