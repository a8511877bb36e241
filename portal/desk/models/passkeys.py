"""Passkeys of staff, and the questions that browsers have been asked and not answered yet."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class Passkey(Base):
    """One authenticator of one person; its id is the SHA-256 of the credential id.

    `sign_count` (to 2^32 - 1) is what it counted at its last use; many authenticators always say 0.
    """

    __tablename__ = "passkeys"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(30))
    added_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class PasskeyChallenge(Base):
    """A challenge that one browser may answer once; its id is the SHA-256 of the browser's token.

    `sealed` opens with that token. At a sign-in it holds the person's private key, which the
    passphrase opened: this is the session of somebody who is half signed in.
    """

    __tablename__ = "passkey_challenges"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
