"""The daily look at every citizen's date: what passed, and what moved, is told by itself."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import clocks, progress, told_dates
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.exchange.outbox import Outbox
from portal.store import MissingFile, SealedStore

AT_ONCE = 50


def remind(session: Session, items: SealedStore, outbox: Outbox, today: date) -> int:
    """Tell citizens what time alone has changed, each case once a day and some at a time.

    :return: how many cases were looked at; 0 when all of today's are done
    """
    ids = told_dates.unchecked(session, today, AT_ONCE)
    free = select(Case).where(Case.id.in_(ids)).with_for_update(skip_locked=True)
    found = session.scalars(everywhere(free)).all()
    tell(session, items, outbox, found, today)
    return len(found)


def tell(
    session: Session, items: SealedStore, outbox: Outbox, found: Iterable[Case], today: date
) -> int:
    """Send a snapshot to those whose date is not what they were told; return to how many."""
    return sum(_tell(session, items, outbox, case, today) for case in found)


def _tell(session: Session, items: SealedStore, outbox: Outbox, case: Case, today: date) -> bool:
    shown = clocks.shown(session, case, today)
    if told_dates.are(session, case.id, shown):
        told_dates.keep(session, case.id, shown, today)
        return False
    case.revision += 1
    try:
        progress.send(session, items, outbox, case, today)
    except MissingFile:
        # Words of this one case are lost: that must not keep the others from being told.
        case.revision -= 1
        told_dates.keep(session, case.id, shown, today)
        return False
    return True
