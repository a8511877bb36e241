"""Requests to open who reported; names and reasons are sealed files."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.desk.models.base import Base, Instant
from portal.desk.models.people import Person


class IdentityRequest(Base):
    """One custodian of group A asks to open one case's identity, one of group B decides.

    `identity_file` is sealed to group B while the request waits, to `decided_by` alone for the
    minutes in which it is open, and empty ever after. `agreed` is empty until it is decided.
    """

    __tablename__ = "identity_requests"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    asked_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant, index=True)
    reason_file: Mapped[str] = mapped_column(String(64))
    identity_file: Mapped[str | None] = mapped_column(String(64))
    agreed: Mapped[bool | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    refusal_file: Mapped[str | None] = mapped_column(String(64))
    asker: Mapped[Person] = relationship(foreign_keys=asked_by, lazy="joined", innerjoin=True)
