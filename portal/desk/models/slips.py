"""Claim slips: the paper by which a reporter without a code comes to one."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class ClaimSlip(Base):
    """One slip for one case, without its code; a higher `number` voids the ones before.

    `verify_key`, 32 bytes in hex, checks that a claim came from who had the slip.
    """

    __tablename__ = "claim_slips"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    issued_on: Mapped[date]
    issued_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    lookup_hash: Mapped[str] = mapped_column(String(64))
    pepper_id: Mapped[str] = mapped_column(String(32))
    verify_key: Mapped[str] = mapped_column(String(64))
    claimed_on: Mapped[date | None]
