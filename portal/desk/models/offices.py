"""Offices (承办部门), who belongs to them, and which cases were given to them."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Office(Base):
    """One office; its id is the id of its shared key, to which its cases are wrapped.

    Exactly one office is the `intake`: reports arrive there and go to the others from there.
    """

    __tablename__ = "offices"

    id: Mapped[str] = mapped_column(ForeignKey("keys.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    intake: Mapped[bool]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class OfficeMember(Base):
    """A person belongs to one office at most: the row's key says so."""

    __tablename__ = "office_members"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    office_id: Mapped[str] = mapped_column(ForeignKey("offices.id"), index=True)
    since: Mapped[date]


class CaseAssignment(Base):
    """A case was given to an office by somebody, once or again."""

    __tablename__ = "case_assignments"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[str] = mapped_column(ForeignKey("offices.id"))
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
