"""Unfinished reports: where the sealed file is, and until when."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.public.models.base import NO_ROWID, Base


class Draft(Base):
    """A draft, or for an hour after filing a stub of it.

    `id` is computed from the token that only the citizen's cookie carries. A draft has a `file`,
    a stub has `stub` (under 1.1 KiB), both sealed under that token. `expires_minute` counts whole
    minutes since 1970. `kept_long` says that the phone is the citizen's own.
    """

    __tablename__ = "drafts"
    __table_args__ = NO_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str | None] = mapped_column(String(64))
    stub: Mapped[bytes | None]
    expires_minute: Mapped[int] = mapped_column(index=True)
    kept_long: Mapped[bool]
