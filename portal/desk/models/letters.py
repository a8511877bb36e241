"""Letters, visits and calls: what a clerk noted beside the report itself."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Letter(Base):
    """How a report reached the desk that did not come over the site.

    `named` says that a name was given, which lies sealed in the case's identity; `answerable`
    that a letter has a return address. `repeated` is the clerk's word for 重复 (else 初次).
    """

    __tablename__ = "letters"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    postmark: Mapped[date | None]
    pages: Mapped[int | None]
    signers: Mapped[int]
    repeated: Mapped[bool]
    answerable: Mapped[bool]
    named: Mapped[bool]
