"""Who is away, until when, and who stands in."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Absence(Base):
    """A person is away up to and including a day; a row of the past means nothing any more."""

    __tablename__ = "absences"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    until: Mapped[date]
    cover_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
