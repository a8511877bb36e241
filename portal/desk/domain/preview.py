"""A case as its reporter will see it on /track/case after an act, before the act is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.desk.domain import moves, progress
from portal.desk.domain.acts import Decision, done
from portal.desk.domain.opening import OpenedWords
from portal.desk.domain.terms import Standing
from portal.desk.models.cases import Case
from portal.exchange.kinds import Step
from portal.reference.workdays import Calendar


@dataclass(frozen=True)
class Preview:
    """What the citizen's page will show; the same names as the public site's own page."""

    reference: str
    state: str
    state_on: date
    due: date | None
    due_provisional: bool
    flags: tuple[str, ...]
    steps: tuple[Step, ...]
    replies: tuple[OpenedWords, ...]


def after(
    case: Case,
    decision: Decision,
    *,
    steps: Sequence[Step],
    replies: Sequence[OpenedWords],
    standing: Standing,
    calendar: Calendar,
    today: date,
) -> Preview:
    """Return what the citizen will see once the decision is carried out today.

    :param steps, replies: what is shown now, oldest first
    :param standing: how the case stands in time now
    """
    act, then = decision.act, moves.after(decision.act, moves.standing(case))
    state, moved = then.state, then.state != case.state
    settled = replace(standing, state=state).settled(done(decision, today), calendar)
    shown = settled.shown(today)
    words = [OpenedWords(today, decision.words, act.purpose)] if decision.words else []
    return Preview(
        reference=case.reference,
        state=state,
        state_on=today if moved else case.state_on,
        due=shown.due.day if shown.due else None,
        due_provisional=bool(shown.due and shown.due.provisional),
        flags=(*shown.flags, *progress.wishes_shown(then.wishes)),
        steps=(*steps, Step(state=state, on=today)) if moved else tuple(steps),
        replies=(*reversed(words), *reversed(replies)),
    )
