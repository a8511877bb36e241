"""The clocks of cases: kept in rows, moved by acts, answers and the calendar, read by pages."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.desk.domain.terms import (
    ACCEPT,
    ANSWER,
    ASSIGN,
    LOOK,
    Done,
    Pause,
    Shown,
    Standing,
    Term,
    started,
)
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.deadlines import Deadline
from portal.reference.workdays import Calendar, DueDate, add_working_days, working_days_between

COLUMNS = ("starts_on", "days", "extended", "paused_since", "met_on")


@dataclass(frozen=True)
class Move:
    """A date of a case that another calendar changes, or only makes certain."""

    reference: str
    kind: str
    before: DueDate
    after: DueDate

    @property
    def changes_the_day(self) -> bool:
        """Whether it is another day, and not the same one made certain."""
        return self.before.day != self.after.day


def start(session: Session, case: Case, calendar: Calendar) -> None:
    """Begin the terms that run from the day of receipt."""
    for kind in (ACCEPT, ASSIGN):
        _keep_term(session, case, started(kind, case.received_on, calendar))
    session.flush()


def start_missing(session: Session, calendar: Calendar) -> None:
    """Begin the terms of cases that came before there were any, as far as they stand now."""
    known = select(Deadline.case_id).where(Deadline.kind == ACCEPT)
    for case in session.scalars(select(Case).where(Case.id.not_in(known))):
        start(session, case, calendar)
        after_act(session, case, Done("", case.state_on), calendar)


def after_act(session: Session, case: Case, done: Done, calendar: Calendar) -> None:
    """Let what was done to a case move its clocks; the case stands in its new state already."""
    settled = standing(session, case).settled(done, calendar)
    keep(session, case, settled)


def standing(session: Session, case: Case) -> Standing:
    """Return how a case stands in time."""
    rows = session.scalars(
        select(Deadline).where(Deadline.case_id == case.id).order_by(Deadline.kind)
    )
    return Standing(
        state=case.state,
        opened=case.registered_on is not None,
        look=DueDate(case.look_by, case.look_by_provisional),
        answer=DueDate(case.answer_by, case.answer_by_provisional) if case.answer_by else None,
        terms=tuple(map(_term, rows)),
    )


def keep(session: Session, case: Case, settled: Standing) -> None:
    """Write how a case stands in time."""
    case.look_by, case.look_by_provisional = settled.look.day, settled.look.provisional
    case.answer_by = settled.answer.day if settled.answer else None
    case.answer_by_provisional = bool(settled.answer and settled.answer.provisional)
    kinds = {one.kind for one in settled.terms}
    for row in session.scalars(select(Deadline).where(Deadline.case_id == case.id)).all():
        if row.kind not in kinds:
            session.delete(row)
    for term in settled.terms:
        _keep_term(session, case, term)
    session.flush()


def replace_term(session: Session, case: Case, term: Term) -> None:
    """Write one term of a case."""
    _keep_term(session, case, term)
    session.flush()


def shown(session: Session, case: Case, today: date) -> Shown:
    """Return what the citizen is to see of a case's time today."""
    return standing(session, case).shown(today)


def moves(session: Session, before: Calendar, after: Calendar) -> list[Move]:
    """Return which open dates another calendar moves, without moving them."""
    found: list[Move] = []
    for case, old, new in _recounted(session, before, after):
        found += _moved(case, old, new)
    return found


def recount(session: Session, before: Calendar, after: Calendar) -> list[Case]:
    """Give every open date the day that another calendar gives it; return the cases concerned."""
    changed = []
    for case, old, new in _recounted(session, before, after):
        if old != new:
            keep(session, case, new)
            changed.append(case)
    return changed


def _recounted(
    session: Session, before: Calendar, after: Calendar
) -> list[tuple[Case, Standing, Standing]]:
    runs = select(Deadline.case_id).where(Deadline.met_on.is_(None))
    is_open = or_(Case.registered_on.is_(None), Case.answer_by.is_not(None), Case.id.in_(runs))
    cases = session.scalars(everywhere(select(Case).where(is_open).order_by(Case.reference))).all()
    pairs = [(case, standing(session, case)) for case in cases]
    return [(case, old, _by(case, old, before, after)) for case, old in pairs]


def _by(case: Case, old: Standing, before: Calendar, after: Calendar) -> Standing:
    """Return an open case counted by another calendar; what is over keeps the day it had."""
    look, answer = old.look, old.answer
    if not old.opened:
        look = _again(case.received_on, look, before, after)
    if answer is not None:
        answer = _again(case.state_on, answer, before, after)
    terms = tuple(one if one.met_on else one.counted(after) for one in old.terms)
    return replace(old, look=look, answer=answer, terms=terms)


def _again(start: date, due: DueDate, before: Calendar, after: Calendar) -> DueDate:
    return add_working_days(start, working_days_between(start, due.day, before), after)


def _moved(case: Case, old: Standing, new: Standing) -> list[Move]:
    pairs = [(LOOK, old.look, new.look), (ANSWER, old.answer, new.answer)]
    # Only what is asked of a named case is a deadline; the others move with it, unsaid.
    pairs += [
        (one.kind, one.due, again.due)
        for one, again in zip(old.terms, new.terms, strict=True)
        if case.named or one.kind == ASSIGN
    ]
    return [
        Move(case.reference, kind, before, after)
        for kind, before, after in pairs
        if before is not None and after is not None and before != after
    ]


def _term(row: Deadline) -> Term:
    values = {name: getattr(row, name) for name in COLUMNS}
    pauses = tuple(Pause(*map(date.fromisoformat, days)) for days in row.pauses)
    return Term(kind=row.kind, due=DueDate(row.due, row.provisional), pauses=pauses, **values)


def _keep_term(session: Session, case: Case, term: Term) -> None:
    row = session.get(Deadline, (case.id, term.kind))
    if row is None:
        row = Deadline(case_id=case.id, kind=term.kind)
        session.add(row)
    row.due, row.provisional = term.due.day, term.due.provisional
    row.pauses = [[one.since.isoformat(), one.until.isoformat()] for one in term.pauses]
    for name in COLUMNS:
        setattr(row, name, getattr(term, name))
