"""Units of the county: what everybody knows of offices, and no person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.desk.models.base import Base, Instant


class Unit(Base):
    """A unit that staff list; `other_names` has one a line, `size` is empty where nobody knows it.

    `revision` counts its changes, so that whoever is overtaken is told.
    """

    __tablename__ = "units"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    other_names: Mapped[str] = mapped_column(String(1000))
    kind: Mapped[str] = mapped_column(String(8))
    place: Mapped[str] = mapped_column(String(100))
    size: Mapped[int | None]
    revision: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    posts: Mapped[list["UnitPost"]] = relationship(
        order_by="UnitPost.n", cascade="all, delete-orphan", lazy="selectin"
    )


class UnitPost(Base):
    """A post of a unit and how many people have it; `n` keeps the order in which it was typed."""

    __tablename__ = "unit_posts"

    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    people: Mapped[int]
