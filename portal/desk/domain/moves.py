"""Where a case stands and where it may go: pure rules, without a database and without people."""

from dataclasses import dataclass, replace
from datetime import date

from portal.desk.domain.act_kinds import CLOSED, NEED_MORE, UNDER_REVIEW, Act
from portal.desk.models.cases import Case
from portal.exchange.statements import REPLY, REVIEW, WITHDRAW
from portal.reference.vocabulary import OPEN_STATES, vocabulary

SEALED_FOR_SUPERIOR = "sealed_for_superior"


@dataclass(frozen=True)
class Standing:
    """Where a case stands.

    `previous` is the state before a question that waits for its answer; `wishes` are what the
    reporter asked for and nobody took up yet: `withdraw`, `review`.
    """

    state: str
    previous: str | None = None
    wishes: frozenset[str] = frozenset()

    @property
    def under_review(self) -> bool:
        """Whether somebody reviews the case, or waits for an answer while reviewing it."""
        return UNDER_REVIEW in {self.state, self.previous}


def standing(case: Case) -> Standing:
    """Return where a case stands."""
    asked = {WITHDRAW: case.withdraw_asked_on, REVIEW: case.review_asked_on}
    wishes = frozenset(wish for wish, day in asked.items() if day)
    return Standing(case.state, case.previous_state, wishes)


def fits(act: Act, now: Standing) -> bool:
    """Tell whether an act makes sense where the case stands."""
    if act.takes_up and act.takes_up not in now.wishes:
        return False
    if act.state is not None and not vocabulary().may_follow(now.state, act.state):
        return False
    # The answer may never come: then the case goes on, or back, as if nothing had been asked.
    return now.previous in act.waiting if now.state == NEED_MORE else now.state in act.starts


def may_hand_up(now: Standing) -> bool:
    """Tell whether a case can go to the superior: from wherever it stands, but once.

    That a report is about one's own may show at any time, also when it has ended. So this move is
    none of the vocabulary's, which tells what follows in the ordinary course.
    """
    return now.state != SEALED_FOR_SUPERIOR


def after(act: Act, now: Standing) -> Standing:
    """Return where the case stands after an act."""
    wishes = now.wishes - {act.takes_up}
    if act.state is None:
        return replace(now, wishes=wishes)
    return Standing(act.state, now.state if act.state == NEED_MORE else None, wishes)


def after_words(purpose: str, now: Standing) -> Standing:
    """Return where the case stands after genuine words of a purpose; many move nothing."""
    if purpose == REPLY and now.state == NEED_MORE:
        return Standing(now.previous or now.state, None, now.wishes)
    if purpose == WITHDRAW and now.state in OPEN_STATES:
        return replace(now, wishes=now.wishes | {WITHDRAW})
    if purpose == REVIEW and now.state == CLOSED:
        return replace(now, wishes=now.wishes | {REVIEW})
    return now


def settle(case: Case, then: Standing, today: date) -> None:
    """Let a case stand there from today on; what was so before keeps its day."""
    if then.state != case.state:
        case.state, case.state_on = then.state, today
    case.previous_state = then.previous
    case.withdraw_asked_on = _since(case.withdraw_asked_on, WITHDRAW in then.wishes, today)
    case.review_asked_on = _since(case.review_asked_on, REVIEW in then.wishes, today)


def _since(before: date | None, wished: bool, today: date) -> date | None:  # noqa: FBT001 — one of three plain values
    return (before or today) if wished else None
