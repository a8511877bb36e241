"""What is shown of notices, told to the desk, which alone knows what should be."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.exchange.kinds import Live, LiveNotice
from portal.exchange.kinds.publications import MAX_LIVE
from portal.public.domain.notices.reading import Shown, in_force, kept, newest_first, verified
from portal.reference.days import local_day


@dataclass
class Told:
    """When the desk was told last, and of which revision of the board.

    It is told once a day and whenever something changed; a process that starts tells it again.
    """

    on: date | None = None
    revision: int = -1
    until: datetime | None = None

    def is_news(self, revision: int, now: datetime) -> bool:
        """Tell whether the desk does not know what is shown now."""
        if self.until is None or now >= self.until:
            return True
        return (self.on, self.revision) != (local_day(now), revision)

    def note(self, revision: int, until: datetime, now: datetime) -> None:
        """Remember that the desk was told."""
        self.on, self.revision, self.until = local_day(now), revision, until


def live(session: Session, desk_key: bytes, now: datetime) -> Live:
    """Return everything that is shown, tombstones too; of very many, the newest."""
    rows = session.execute(newest_first(kept().where(in_force(now))).limit(MAX_LIVE)).all()
    newest: dict[str, Shown] = {}
    for one in verified(rows, desk_key):
        known = newest.setdefault(one.notice.notice, one)
        if one.notice.version > known.notice.version:
            newest[one.notice.notice] = one
    return Live(tuple(map(_live, newest.values())))


def _live(shown: Shown) -> LiveNotice:
    digest = hashlib.sha256(shown.document).hexdigest()
    return LiveNotice(shown.notice.notice, shown.notice.version, digest)
