"""What can be sent with a code: by the state, by what the desk told, by what was sent before."""

from datetime import date

import pytest

from portal.exchange.kinds import Progress, Step
from portal.public.domain import purposes
from portal.public.domain.purposes import MOST_ADDS, MOST_REPLIES, NotPossible, TooMany
from portal.public.models.cases import Case, Submission
from portal.reference.vocabulary import vocabulary

DAY = date(2026, 11, 20)
POSSIBLE = {
    "received": {"add", "withdraw"},
    "need_more": {"reply", "add", "withdraw"},
    "accepted": {"add", "withdraw"},
    "in_progress": {"add", "withdraw"},
    "transferred": set(),
    "out_of_scope": {"add"},
    "sealed_for_superior": {"add"},
    "closed": {"review"},
    "under_review": {"add", "withdraw"},
}


def case(*states: str, revision: int = 3, flags: tuple[str, ...] = ()) -> Case:
    """A case that went through these states."""
    steps = tuple(Step(state, DAY) for state in states)
    told = Progress(case="c" * 32, revision=revision, steps=steps, flags=flags)
    return Case(state=states[-1], revision=revision, progress=told.data())


def sent(*kinds: str, revision: int = 3) -> list[Submission]:
    return [Submission(kind=kind, on=DAY, revision=revision) for kind in kinds]


@pytest.mark.parametrize("state", [one.code for one in vocabulary().public_states])
def test_each_state_takes_what_makes_sense_there(state: str) -> None:
    assert purposes.possible(case(state), sent("report")) == POSSIBLE[state]
    for purpose in {"reply", "add", "withdraw", "review"} - POSSIBLE[state]:
        with pytest.raises(NotPossible):
            purposes.check(purpose, case(state), [])


def test_a_report_of_which_the_desk_told_nothing_yet_takes_additions() -> None:
    fresh = Case(state="received", revision=0, progress=None)
    assert purposes.possible(fresh, sent("report", revision=0)) == {"add", "withdraw"}
    assert purposes.flags(fresh, sent("report", revision=0)) == ()
    assert purposes.flags(fresh, sent("withdraw", revision=0)) == ("withdraw_requested",)


def test_one_review_for_each_closing() -> None:
    closed = case("received", "accepted", "closed")
    assert "review" not in purposes.possible(closed, sent("review"))
    assert purposes.review_asked_on(closed, sent("review")) == DAY
    again = case("received", "accepted", "closed", "under_review", "closed", revision=9)
    assert "review" in purposes.possible(again, sent("review"))
    assert purposes.review_asked_on(again, sent("review")) is None
    assert "review" not in purposes.possible(again, sent("review", "review"))


def test_a_reply_while_closed_does_not_bring_a_second_review() -> None:
    assert "review" not in purposes.possible(case("closed", revision=5), sent("review"))


def test_a_wish_to_withdraw_waits_until_the_desk_answers_it() -> None:
    asked = sent("withdraw")
    assert purposes.flags(case("accepted"), asked) == ("withdraw_requested",)
    told = case("accepted", revision=4, flags=("withdraw_requested",))
    assert purposes.flags(told, asked) == ("withdraw_requested",)
    for waiting in (case("accepted"), told):
        assert "withdraw" not in purposes.possible(waiting, asked)
    noted = case("accepted", revision=5)
    assert purposes.flags(noted, asked) == ()
    assert "withdraw" in purposes.possible(noted, asked)


def test_additions_have_a_limit_that_has_its_own_name() -> None:
    most = sent(*["add"] * MOST_ADDS)
    purposes.check("add", case("accepted"), most[1:])
    assert not purposes.is_full(most[1:])
    with pytest.raises(TooMany):
        purposes.check("add", case("accepted"), most)
    assert purposes.possible(case("accepted"), most) == {"withdraw"}


def test_only_an_answer_counts_as_the_answer() -> None:
    assert purposes.answered_on(case("need_more"), sent("add", "report")) is None
    assert purposes.answered_on(case("need_more"), sent("reply")) == DAY
    assert purposes.answered_on(case("need_more", revision=4), sent("reply")) is None


def test_one_question_takes_so_many_answers_and_the_next_one_as_many_again() -> None:
    asks = case("received", "need_more")
    most = sent(*["reply"] * MOST_REPLIES)
    assert "reply" in purposes.possible(asks, most[1:])
    assert purposes.possible(asks, most) == {"add", "withdraw"}
    with pytest.raises(TooMany):
        purposes.check("reply", asks, most)
    assert "reply" in purposes.possible(case("received", "need_more", revision=5), most)
