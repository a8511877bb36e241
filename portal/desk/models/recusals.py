"""Whom a person must not handle (回避), and the cases where that showed."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Recusal(Base):
    """One unit or name on a person's own list; the words are sealed under the host secret."""

    __tablename__ = "recusals"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseRecusal(Base):
    """Says that a person must not handle a case; which words of the list matched is not kept."""

    __tablename__ = "case_recusals"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    on: Mapped[date]
