"""Words between the desk and a reporter; the texts are sealed files."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class CaseReply(Base):
    """What the desk wrote to the reporter: one file for the desk, one for the reporter.

    `desk_file` is sealed to the case's key, `reporter_file` to the key of the tracking code. It
    is None while a claim slip waits to be exchanged for a code, and where there is no slip.
    """

    __tablename__ = "case_replies"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    desk_file: Mapped[str] = mapped_column(String(64))
    reporter_file: Mapped[str | None] = mapped_column(String(64))


class CaseWords(Base):
    """What came for a case with a reporter's tracking code; its id is the act's, so it counts once.

    `purpose` is what the signed statement says: reply, add, withdraw or review. `pressed`, of a
    withdrawal that was opened, says whether somebody asked for it: yes, no or unsaid.
    `genuine` is unknown until the report was opened, because the key that checks the signature
    lies sealed inside it. The words are sealed to the intake key until somebody takes them over
    for the office: from `read_on` they are sealed to the case's own key.
    """

    __tablename__ = "case_words"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(32))
    pressed: Mapped[str | None] = mapped_column(String(8))
    genuine: Mapped[bool | None]
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(128))
    file: Mapped[str] = mapped_column(String(64))
    read_on: Mapped[date | None]
