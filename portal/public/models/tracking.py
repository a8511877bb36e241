"""Open looks at a case: half an hour at most."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.public.models.base import NO_ROWID, Base


class TrackingSession(Base):
    """The keys of one typed code, sealed under the token in the citizen's cookie.

    `ends_minute` counts whole minutes since 1970. How long the citizen has been idle is told by
    the cookie, so that looking changes no row.
    """

    __tablename__ = "tracking_sessions"
    __table_args__ = NO_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[bytes]
    ends_minute: Mapped[int] = mapped_column(index=True)
