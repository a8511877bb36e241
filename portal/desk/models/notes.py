"""What staff write down about a case for one another."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class CaseNote(Base):
    """An internal note (内部记录), sealed to the case's key; it never leaves the desk."""

    __tablename__ = "case_notes"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str] = mapped_column(String(64))
