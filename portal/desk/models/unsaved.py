"""Words of notices that were typed and not saved."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class UnsavedWords(Base):
    """What one editor typed on one page of a notice since it was saved, sealed to the notice key.

    `version` is the draft that the page began with, `tab` the open page in a browser that wrote
    last: no other page of the same editor writes over it unseen.
    """

    __tablename__ = "notice_unsaved"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    page: Mapped[str] = mapped_column(String(8), primary_key=True)
    tab: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    file: Mapped[str] = mapped_column(String(64))
