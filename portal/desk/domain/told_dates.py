"""What citizens were told about time: as soon as it is not true any more, they are told anew."""

from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain.terms import CLOSED, NEED_MORE, RECEIVED, Shown
from portal.desk.models.cases import Case
from portal.desk.models.deadlines import ToldDate

# In every other state the citizen sees no date, so that nothing can become wrong by itself.
DATED = (RECEIVED, NEED_MORE, CLOSED)


def keep(session: Session, case_id: str, shown: Shown, today: date) -> None:
    """Remember what a snapshot tells, or that it is still true today."""
    row = session.get(ToldDate, case_id)
    if row is None:
        row = ToldDate(case_id=case_id)
        session.add(row)
    row.on = today
    row.due, row.provisional, row.flags = _columns(shown)
    session.flush()


def are(session: Session, case_id: str, shown: Shown) -> bool:
    """Tell whether the citizen knows this already."""
    row = session.get(ToldDate, case_id)
    return row is not None and (row.due, row.provisional, row.flags) == _columns(shown)


def unchecked(session: Session, today: date, most: int) -> list[str]:
    """Return ids of cases whose citizens' dates were not compared today, at most so many."""
    # Whoever claimed a case today may be writing: their own act is going to tell the citizen.
    at_rest = or_(Case.claimed_on.is_(None), Case.claimed_on < today)
    old = or_(ToldDate.on < today, and_(ToldDate.on.is_(None), at_rest))
    query = select(Case.id).outerjoin(ToldDate, ToldDate.case_id == Case.id)
    return list(session.scalars(query.where(Case.state.in_(DATED), old).limit(most)))


def _columns(shown: Shown) -> tuple[date | None, bool, str]:
    due = shown.due
    return (due.day if due else None, bool(due and due.provisional), " ".join(shown.flags))
