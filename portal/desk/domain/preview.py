"""A case as its reporter will see it on /track/case after an act, before the act is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.desk.domain.acts import Decision, answer_by, leads_to
from portal.desk.domain.opening import OpenedWords
from portal.desk.models.cases import Case
from portal.exchange.kinds import Step
from portal.reference.workdays import DueDate


@dataclass(frozen=True)
class Preview:
    """What the citizen's page will show; the same names as the public site's own page."""

    reference: str
    state: str
    state_on: date
    due: date | None
    due_provisional: bool
    steps: tuple[Step, ...]
    replies: tuple[OpenedWords, ...]


def after(
    case: Case,
    decision: Decision,
    *,
    steps: Sequence[Step],
    replies: Sequence[OpenedWords],
    today: date,
) -> Preview:
    """Return what the citizen will see once the decision is carried out today.

    :param steps, replies: what is shown now, oldest first
    """
    act, state = decision.act, leads_to(decision.act, case)
    moved = state != case.state
    due = answer_by(act, today) if moved else _present(case)
    words = [OpenedWords(today, decision.text, act.purpose)] if decision.text.strip() else []
    return Preview(
        reference=case.reference,
        state=state,
        state_on=today if moved else case.state_on,
        due=due.day if due else None,
        due_provisional=bool(due and due.provisional),
        steps=(*steps, Step(state=state, on=today)) if moved else tuple(steps),
        replies=(*reversed(words), *reversed(replies)),
    )


def _present(case: Case) -> DueDate | None:
    return DueDate(case.answer_by, case.answer_by_provisional) if case.answer_by else None
