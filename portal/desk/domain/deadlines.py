"""What is due, what is late, and what has lain longest, as far as somebody may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from portal.desk.domain.cases import ENDED
from portal.desk.domain.terms import ASSIGN, LOOK
from portal.desk.models.cases import Case
from portal.desk.models.deadlines import Deadline
from portal.desk.models.people import Person
from portal.reference.workdays import Calendar, DueDate, add_working_days

UNOPENED_DAYS = 2
OLDEST = 10
SUNDAY = 6


@dataclass(frozen=True)
class DueLine:
    """One clock of one case; `holder` is who claimed it, None when nobody did."""

    reference: str
    state: str
    received_on: date
    holder: str | None
    opened: bool
    kind: str
    due: DueDate


@dataclass(frozen=True)
class OldLine:
    """A case that is still open, and for how many days it has been."""

    reference: str
    state: str
    received_on: date
    holder: str | None
    opened: bool
    age: int


@dataclass(frozen=True)
class Board:
    """All that is due up to the end of the week, each list with the most urgent first.

    `unopened` are the reports that nobody opened within two working days, None for people who do
    not open reports.
    """

    overdue: tuple[DueLine, ...]
    today: tuple[DueLine, ...]
    week: tuple[DueLine, ...]
    oldest: tuple[OldLine, ...]
    unopened: tuple[OldLine, ...] | None


def board(session: Session, calendar: Calendar, today: date, *, opens: bool) -> Board:
    """Return the board; `opens` when this person opens what came in."""
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    lines = _terms(session, sunday) + (_looks(session, sunday) if opens else [])
    lines.sort(key=lambda line: (line.due.day, line.reference, line.kind))
    return Board(
        overdue=tuple(line for line in lines if line.due.day < today),
        today=tuple(line for line in lines if line.due.day == today),
        week=tuple(line for line in lines if line.due.day > today),
        oldest=_old(session, today, true() if opens else Case.registered_on.is_not(None), OLDEST),
        unopened=unopened(session, calendar, today) if opens else None,
    )


def unopened(session: Session, calendar: Calendar, today: date) -> tuple[OldLine, ...]:
    """Return the reports that nobody opened within two working days, oldest first."""
    waiting = _old(session, today, Case.registered_on.is_(None), None)
    days = {line.received_on for line in waiting}
    late = {day for day in days if add_working_days(day, UNOPENED_DAYS, calendar).day < today}
    return tuple(line for line in waiting if line.received_on in late)


def _terms(session: Session, until: date) -> list[DueLine]:
    """Return the running terms that this desk is held to: two of them to named reporters alone."""
    runs = Deadline.met_on.is_(None), Deadline.paused_since.is_(None), Deadline.due <= until
    asked = or_(Deadline.kind == ASSIGN, Case.named)
    query = (
        select(Case, Person.display_name, Deadline)
        .join(Deadline, Deadline.case_id == Case.id)
        .outerjoin(Person, Person.id == Case.claimed_by)
        .where(*runs, asked, Case.registered_on.is_not(None))
    )
    return [
        _due(case, holder, row.kind, DueDate(row.due, row.provisional))
        for case, holder, row in session.execute(query)
    ]


def _looks(session: Session, until: date) -> list[DueLine]:
    waits = and_(Case.registered_on.is_(None), Case.look_by <= until)
    return [
        _due(case, holder, LOOK, DueDate(case.look_by, case.look_by_provisional))
        for case, holder in _with_holder(session, waits, None)
    ]


def _due(case: Case, holder: str | None, kind: str, due: DueDate) -> DueLine:
    opened = case.registered_on is not None
    return DueLine(case.reference, case.state, case.received_on, holder, opened, kind, due)


def _old(
    session: Session, today: date, wanted: ColumnElement[bool], most: int | None
) -> tuple[OldLine, ...]:
    found = _with_holder(session, and_(Case.state.not_in(ENDED), wanted), most)
    return tuple(
        OldLine(
            reference=case.reference,
            state=case.state,
            received_on=case.received_on,
            holder=holder,
            opened=case.registered_on is not None,
            age=(today - case.received_on).days,
        )
        for case, holder in found
    )


def _with_holder(
    session: Session, wanted: ColumnElement[bool], most: int | None
) -> Sequence[tuple[Case, str | None]]:
    query = (
        select(Case, Person.display_name)
        .outerjoin(Person, Person.id == Case.claimed_by)
        .where(wanted)
        .order_by(Case.received_on, Case.reference)
        .limit(most)
    )
    return [(case, holder) for case, holder in session.execute(query)]
