"""Shared keys and who holds them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class Key(Base):
    """The public half of a shared key: of a period, an office, statistics or custodians.

    From `retired_on` nothing is sealed to it any more.
    """

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(Text)
    not_after: Mapped[date | None]
    retired_on: Mapped[date | None]


class Grant(Base):
    """A shared key's private half, sealed to one person who holds it.

    `granted_by` is None for a holder who imported the key from the ceremony.
    """

    __tablename__ = "grants"

    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    granted_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class LostGrant(Base):
    """A key that a person held until a new key pair took it away, and does not hold again yet."""

    __tablename__ = "lost_grants"

    key_id: Mapped[str] = mapped_column(ForeignKey("keys.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
