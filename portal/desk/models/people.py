"""Staff: who may sign in, with which roles, and the links that let them enrol."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.desk.models.base import Base, Instant


class Person(Base):
    """One member of staff; without a wrapped key they have not enrolled yet.

    `totp_secret` is sealed under the host secret, `wrapped_private` under the password and the
    host secret: this row alone opens nothing.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    active: Mapped[bool]
    enrolled_at: Mapped[datetime | None] = mapped_column(Instant)
    recipient: Mapped[str | None] = mapped_column(Text)
    wrapped_private: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    last_totp_step: Mapped[int]
    roles: Mapped[list["PersonRole"]] = relationship(
        cascade="all, delete-orphan", order_by="PersonRole.role", lazy="selectin"
    )


class PersonRole(Base):
    """One role of one person; its name is one of `portal.desk.domain.roles.Role`."""

    __tablename__ = "person_roles"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)


class Enrolment(Base):
    """A one-time link for a person; its id is the SHA-256 of the token in the address."""

    __tablename__ = "enrolments"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
