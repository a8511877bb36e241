"""How satisfied reporters are; every value is sealed to the statistics key."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class CaseRating(Base):
    """A rating that the case's own code signed; its id is the act's, so that it counts once.

    `file` is None once a newer rating of the case took its place: the row stays, so that the
    public host cannot bring an old one back.
    """

    __tablename__ = "case_ratings"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    on: Mapped[date]
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128))
    file: Mapped[str | None] = mapped_column(String(64))
