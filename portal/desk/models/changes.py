"""Changes of people that one security administrator proposed and another has not confirmed yet."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class PendingChange(Base):
    """One proposed change; `person_id` is None for somebody who is to be taken on.

    Names are kept for somebody new alone. `roles` are separated by commas.
    """

    __tablename__ = "pending_changes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(64))
    display_name: Mapped[str] = mapped_column(String(100))
    roles: Mapped[str] = mapped_column(String(200))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
