"""The consent of somebody whose name is cleared: that there is one in clear, the rest sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class NoticeConsent(Base):
    """A consent; of several of one person the newest counts.

    `file` holds who agreed to what, sealed to the notice key. Who noted that it was taken
    back, when, and the sealed words of that are empty while it stands.
    """

    __tablename__ = "notice_consents"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    file: Mapped[str] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    withdrawal: Mapped[str | None] = mapped_column(String(64))
