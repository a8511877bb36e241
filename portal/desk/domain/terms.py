"""How a case stands in time, as plain values: its terms, their pauses, and what follows from them.

Nothing here depends on whether the reporter is named. The dates that a citizen sees lie in clear
on the public side, which must not learn it; the page says which of them the rules give to whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.reference.workdays import Calendar, DueDate, add_working_days, working_days_between

LOOK = "look"
ACCEPT = "accept"
ASSIGN = "assign"
RESULT = "result"
ANSWER = "answer"
# Working days: told of acceptance, given to somebody, told of the result, asked to answer.
DAYS = {ACCEPT: 15, ASSIGN: 5, RESULT: 15, ANSWER: 10}
LONGEST_EXTENSION = 15
OVERDUE = "overdue"
PAUSED = "paused"

RECEIVED = "received"
NEED_MORE = "need_more"
CLOSED = "closed"
UNDECIDED = frozenset({RECEIVED, NEED_MORE})
WITH_SOMEBODY = frozenset(
    {"in_progress", "transferred", "out_of_scope", "sealed_for_superior", CLOSED, "under_review"}
)
ASKS = "need-more"
ASSIGNS = frozenset({"assign", "transfer"})
CLOSES = frozenset({"close", "review-close"})


@dataclass(frozen=True)
class Pause:
    """One wait for the citizen: from the day of the question to that of the answer."""

    since: date
    until: date

    def working_days(self, calendar: Calendar) -> int:
        """Return how many working days it took."""
        return working_days_between(self.since, self.until, calendar)


@dataclass(frozen=True)
class Term:
    """One term; the members are those of `portal.desk.models.deadlines.Deadline`."""

    kind: str
    starts_on: date
    days: int
    due: DueDate
    pauses: tuple[Pause, ...] = ()
    extended: int = 0
    paused_since: date | None = None
    met_on: date | None = None

    @property
    def runs(self) -> bool:
        """Whether it is counted now."""
        return self.met_on is None and self.paused_since is None

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.runs and self.due.day < today

    def counted(self, calendar: Calendar) -> "Term":
        """Return it with the day that this calendar gives."""
        waited = sum(one.working_days(calendar) for one in self.pauses)
        days = self.days + waited + self.extended
        return replace(self, due=add_working_days(self.starts_on, days, calendar))

    def waiting(self, since: date) -> "Term":
        """Return it paused; a pause that goes on keeps its first day."""
        return replace(self, paused_since=since) if self.runs else self

    def resumed(self, today: date, calendar: Calendar) -> "Term":
        """Return it running again, later by the working days that it waited."""
        if self.paused_since is None:
            return self
        pauses = (*self.pauses, Pause(self.paused_since, today))
        return replace(self, pauses=pauses, paused_since=None).counted(calendar)

    def longer(self, days: int, calendar: Calendar) -> "Term":
        """Return it extended."""
        return replace(self, extended=self.extended + days).counted(calendar)

    def met(self, on: date) -> "Term":
        """Return it as kept; what was kept before stays so."""
        return self if self.met_on else replace(self, met_on=on, paused_since=None)


@dataclass(frozen=True)
class Shown:
    """What a citizen is told about time."""

    due: DueDate | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What was just done to a case; `words` when the citizen was written to with it."""

    act: str
    on: date
    words: bool = False


@dataclass(frozen=True)
class Standing:
    """A case in time; `answer` is until when the citizen is asked to answer."""

    state: str
    opened: bool
    look: DueDate
    answer: DueDate | None
    terms: tuple[Term, ...]

    def term(self, kind: str) -> Term | None:
        """Return one of its terms; None when it has not begun."""
        return next((one for one in self.terms if one.kind == kind), None)

    def settled(self, done: Done, calendar: Calendar) -> "Standing":
        """Return it after something was done that led to the present state."""
        terms = [self._settle(one, done, calendar) for one in self.terms if one.kind != RESULT]
        return replace(
            self,
            answer=self._answer(done, calendar),
            terms=(*terms, *self._result(done, calendar)),
        )

    def shown(self, today: date) -> Shown:
        """Return what the citizen sees today: one date, and whether it waits or has passed."""
        if self.state == NEED_MORE:
            return Shown(self.answer, (PAUSED,))
        term = self.term({RECEIVED: ACCEPT, CLOSED: RESULT}.get(self.state, ""))
        if term is not None and term.is_overdue(today):
            return Shown(term.due, (OVERDUE,))
        if self.state == RECEIVED and not self.opened and self.look.day < today:
            return Shown(self.look, (OVERDUE,))
        return Shown(term.due if term is not None and term.runs else None)

    def extensible(self, today: date) -> Term | None:
        """Return the term that may still be extended; None when there is none, or it has passed."""
        term = self.term(RESULT if self.state == CLOSED else ACCEPT)
        if term is None or not term.runs or term.is_overdue(today):
            return None
        return term

    def _settle(self, term: Term, done: Done, calendar: Calendar) -> Term:
        if self._meets(term, done):
            return term.resumed(done.on, calendar).met(done.on)
        if self.state == NEED_MORE:
            return term.waiting(done.on)
        return term.resumed(done.on, calendar)

    def _meets(self, term: Term, done: Done) -> bool:
        if term.kind == ACCEPT:
            return self.state not in UNDECIDED
        return done.act in ASSIGNS or self.state in WITH_SOMEBODY

    def _result(self, done: Done, calendar: Calendar) -> Sequence[Term]:
        """Begin the term at closing, keep it by words, drop it when the case goes on."""
        term = self.term(RESULT)
        if done.act in CLOSES and self.state == CLOSED:
            term = started(RESULT, done.on, calendar)
        if term is None or self.state not in {CLOSED, "under_review"}:
            return ()
        return (term.met(done.on) if done.words else term,)

    def _answer(self, done: Done, calendar: Calendar) -> DueDate | None:
        if self.state != NEED_MORE:
            return None
        if self.answer is not None and done.act != ASKS:
            return self.answer
        return add_working_days(done.on, DAYS[ANSWER], calendar)


def started(kind: str, on: date, calendar: Calendar) -> Term:
    """Return a term that begins on a day."""
    return Term(kind, on, DAYS[kind], add_working_days(on, DAYS[kind], calendar))
