"""Signed-in browsers, and how often a name was tried."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class StaffSession(Base):
    """One signed-in browser; its id is the SHA-256 of the token that only the cookie carries.

    `sealed_private` and `sealed_refill` open with a key derived from that token. An expired
    session loses both but stays for a while, so that typed text can be kept for its person.
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    proven_at: Mapped[datetime] = mapped_column(Instant)
    sealed_private: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_refill: Mapped[bytes | None] = mapped_column(LargeBinary)


class SignInAttempts(Base):
    """Failed tries for one typed name, known or not; the name itself is not kept.

    The key is an HMAC of the name: people type their password into the wrong field.
    """

    __tablename__ = "sign_in_attempts"

    name_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failed: Mapped[int]
    delayed_until: Mapped[datetime] = mapped_column(Instant, index=True)


class SignInRefusals(Base):
    """How often sign-in was refused in one minute, until the audit log has it.

    `person_id` is empty where nobody has the typed name.
    """

    __tablename__ = "sign_in_refusals"

    minute: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    times: Mapped[int]
