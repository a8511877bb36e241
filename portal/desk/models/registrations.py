"""The clerk's registration sheets (登记表), and the keyed index over them."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Registration(Base):
    """The sheet of one case as it was written last; its text is sealed to the case's key."""

    __tablename__ = "registrations"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    revision: Mapped[int]
    on: Mapped[date]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str] = mapped_column(String(64))


class RegistrationToken(Base):
    """What a sheet says of one kind, such as unit and name, under the key of the index.

    `token` is 16 bytes in hex. Equal tokens of a kind come from equal words; which words, nobody
    can tell or try without the key.
    """

    __tablename__ = "registration_tokens"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    token: Mapped[str] = mapped_column(String(32), index=True)
