"""Telephone calls to named reporters: that they happened, never what was said."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class CaseCall(Base):
    """One call about a case, in the order they were recorded; `kind` is what it was about."""

    __tablename__ = "case_calls"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
