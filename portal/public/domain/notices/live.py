"""What is shown of notices, told to the desk, which alone knows what should be."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Live, LiveNotice
from portal.exchange.kinds.publications import GREATEST_ID, LEAST_ID, MAX_LIVE
from portal.public.domain.notices.reading import Shown, in_force, kept, verified
from portal.public.models.notices import NoticeVersion
from portal.reference.days import local_day

AT_ONCE = 500


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


def live(session: Session, desk_key: bytes, now: datetime, most: int = MAX_LIVE) -> Iterator[Live]:
    """Return everything that is shown, tombstones too, at most so many in each message."""
    first = LEAST_ID
    while True:
        query = select(NoticeVersion.notice).where(in_force(now), NoticeVersion.notice >= first)
        ids = session.scalars(query.distinct().order_by(NoticeVersion.notice).limit(most + 1)).all()
        last = ids[most - 1] if len(ids) > most else GREATEST_ID
        yield Live(tuple(_shown(session, desk_key, now, (first, last))), first, last)
        if last == GREATEST_ID:
            return
        first = f"{int(last, 16) + 1:032x}"


def _shown(
    session: Session, desk_key: bytes, now: datetime, ends: tuple[str, str]
) -> Iterator[LiveNotice]:
    between = NoticeVersion.notice.between(*ends)
    query = kept().where(in_force(now), between).order_by(NoticeVersion.version)
    # The documents of a whole message at once would fill the memory.
    rows = session.execute(query.execution_options(yield_per=AT_ONCE))
    newest = {one.notice.notice: _live(one) for row in rows for one in verified([row], desk_key)}
    yield from newest.values()


def _live(shown: Shown) -> LiveNotice:
    digest = hashlib.sha256(shown.document).hexdigest()
    return LiveNotice(shown.notice.notice, shown.notice.version, digest)
