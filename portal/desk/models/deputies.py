"""Who approves notices while an approver is away."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class Deputyship(Base):
    """An approver named somebody to approve notices from a day to a day, both included.

    It ends by itself; `ended_at` and `ended_by` say when and by whom it was ended before.
    """

    __tablename__ = "deputyships"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    approver_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    named_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
