"""What a citizen can send with the code, by where the report stands and what was sent before."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from portal.exchange.kinds import Progress
from portal.exchange.statements import ADD, REPLY, REVIEW, WITHDRAW
from portal.public.models.cases import Case, Submission
from portal.reference.vocabulary import OPEN_STATES

NEED_MORE = "need_more"
CLOSED = "closed"
WITHDRAW_REQUESTED = "withdraw_requested"
MOST_ADDS = 20
# Each is a message and a file on both sides, until the desk's answer comes back.
MOST_REPLIES = 5
# While the desk works on a report it reads what is added. Out of scope, an addition is why it
# looks again. The superior reads what is added to a report that was sealed for it. What was
# transferred is read elsewhere, and what is closed is looked at again by a review.
ADDABLE = OPEN_STATES | {"out_of_scope", "sealed_for_superior"}


class NotPossible(Exception):
    """Words of this purpose make no sense where the report stands, or were sent already.

    Nothing can be sent with the code of a claim slip.
    """


class TooMany(NotPossible):
    """As much was added as the desk takes in for one report."""


def check(purpose: str, case: Case, sent: Sequence[Submission]) -> None:
    """Check that words of a purpose can be sent.

    :raises NotPossible, TooMany: when they cannot.
    """
    if case.is_unclaimed or not _RULES[purpose](case, sent):
        raise NotPossible
    if purpose in _full(case, sent):
        raise TooMany


def possible(case: Case, sent: Sequence[Submission]) -> frozenset[str]:
    """Return the purposes for which words can be sent now: none with a claim slip's code."""
    if case.is_unclaimed:
        return frozenset()
    return frozenset(purpose for purpose, rule in _RULES.items() if rule(case, sent)) - _full(
        case, sent
    )


def is_full(sent: Sequence[Submission]) -> bool:
    """Tell whether nothing more can be added."""
    return len(_of(ADD, sent)) >= MOST_ADDS


def flags(case: Case, sent: Sequence[Submission]) -> tuple[str, ...]:
    """Return what the desk tells beside the state, and what it will tell once it has read."""
    told = _progress(case).flags if case.progress else ()
    waits = _since_the_desk_spoke(WITHDRAW, case, sent) and WITHDRAW_REQUESTED not in told
    return (*told, WITHDRAW_REQUESTED) if waits else told


def answered_on(case: Case, sent: Sequence[Submission]) -> date | None:
    """Return the day of the newest answer to what the present revision asks."""
    return max((row.on for row in _since_the_desk_spoke(REPLY, case, sent)), default=None)


def review_asked_on(case: Case, sent: Sequence[Submission]) -> date | None:
    """Return the day on which a review of the present closing was asked for."""
    asked = sorted(row.on for row in _of(REVIEW, sent))
    is_asked = asked and len(asked) >= _closings(case)
    return asked[-1] if case.state == CLOSED and is_asked else None


def _may_reply(case: Case, _sent: Sequence[Submission]) -> bool:
    return case.state == NEED_MORE


def _may_add(case: Case, _sent: Sequence[Submission]) -> bool:
    return case.state in ADDABLE


def _may_withdraw(case: Case, sent: Sequence[Submission]) -> bool:
    return case.state in OPEN_STATES and WITHDRAW_REQUESTED not in flags(case, sent)


def _may_ask_for_review(case: Case, sent: Sequence[Submission]) -> bool:
    # A closing is left by a review alone: there are as many requests as closings before this one.
    return case.state == CLOSED and len(_of(REVIEW, sent)) < _closings(case)


_RULES: Mapping[str, Callable[[Case, Sequence[Submission]], bool]] = {
    REPLY: _may_reply,
    ADD: _may_add,
    WITHDRAW: _may_withdraw,
    REVIEW: _may_ask_for_review,
}


def _full(case: Case, sent: Sequence[Submission]) -> frozenset[str]:
    counts = {
        ADD: is_full(sent),
        REPLY: len(_since_the_desk_spoke(REPLY, case, sent)) >= MOST_REPLIES,
    }
    return frozenset(purpose for purpose, is_over in counts.items() if is_over)


def _closings(case: Case) -> int:
    return sum(step.state == CLOSED for step in _progress(case).steps) if case.progress else 0


def _progress(case: Case) -> Progress:
    return Progress.read(case.progress or {})


def _of(purpose: str, sent: Sequence[Submission]) -> list[Submission]:
    return [row for row in sent if row.kind == purpose]


def _since_the_desk_spoke(purpose: str, case: Case, sent: Sequence[Submission]) -> list[Submission]:
    return [row for row in _of(purpose, sent) if row.revision == case.revision]
