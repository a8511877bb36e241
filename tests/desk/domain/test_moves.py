"""Where a case may go: long walks over the rules alone, and a few through the whole desk."""

import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.desk.domain import acts, cases, moves, progress, reviews
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.moves import Standing
from portal.exchange.kinds.progress import MAX_STEPS
from portal.exchange.statements import ADD, REPLY, REVIEW, WITHDRAW
from portal.reference.vocabulary import vocabulary
from tests.desk.arrivals import LATER, deliver
from tests.desk.casework import WORDS, Office
from tests.desk.superior import SuperiorCommission

NEXT = {one.code: set(one.next) for one in vocabulary().public_states}
SEALED = "sealed_for_superior"
PURPOSES = (ADD, REPLY, REVIEW, WITHDRAW)
START = Standing("received")
WALKS, STEPS = 200, 500


def follow(now: Standing, choice: int) -> Standing:
    """Do what the number chooses among all that can happen where the case stands."""
    following = followings(now)
    return following[choice % len(following)]


@cache
def followings(now: Standing) -> list[Standing]:
    acted = [moves.after(act, now) for act in ACTS.values() if moves.fits(act, now)]
    worded = [moves.after_words(purpose, now) for purpose in PURPOSES]
    # To the superior is one way among all others, so that walks see the rest too.
    return acted + worded + ([Standing(SEALED)] if moves.may_hand_up(now) else [])


def may_follow(before: Standing, now: Standing) -> bool:
    """What the vocabulary says, and its note: an answer leads back to the state before it.

    What is the superior's goes there from everywhere, and never comes back.
    """
    if now.state == before.state or now.state in NEXT[before.state]:
        return True
    if now.state == SEALED:
        return True
    return before.state == "need_more" and now.state == before.previous


def ways_out(now: Standing) -> set[str]:
    """Every other state that two happenings at most lead to: a wish, and the act it waits for."""
    near = followings(now)
    far = {then.state for one in near for then in [one, *followings(one)]}
    return far - {now.state, SEALED}


@settings(max_examples=WALKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(min_size=STEPS, max_size=STEPS))
def test_no_walk_makes_a_forbidden_move_or_ends_where_the_vocabulary_goes_on(
    choices: bytes,
) -> None:
    now = START
    for choice in choices:
        then = follow(now, choice)
        assert may_follow(now, then), (now, then)
        assert (then.previous is not None) == (then.state == "need_more")
        assert REVIEW not in then.wishes or then.state == "closed"
        assert bool(ways_out(then)) == bool(NEXT[then.state]), then
        assert moves.may_hand_up(then) == (then.state != SEALED)
        # Where everything has ended, the walk begins anew.
        now = then if NEXT[then.state] else START


def test_every_state_is_reached_and_left_by_each_move_and_by_the_way_to_the_superior() -> None:
    reached, moved, edge = {START}, set(), {START}
    while edge:
        following = set()
        for now in edge:
            then = set(followings(now))
            moved |= {(now.state, one.state) for one in then if one.state != now.state}
            following |= then
        edge = following - reached
        reached |= edge
    assert {one.state for one in reached} == set(NEXT)
    allowed = {(one, to) for one, nexts in NEXT.items() for to in nexts}
    handed_up = {(one, SEALED) for one in NEXT if one != SEALED}
    answered = {("need_more", "under_review")}
    assert moved == allowed | answered | handed_up


def test_the_sealed_state_is_left_by_nothing() -> None:
    assert set(followings(Standing(SEALED))) == {Standing(SEALED)}
    assert not [act for act in ACTS.values() if moves.fits(act, Standing(SEALED))]


@pytest.mark.parametrize("state", sorted(set(NEXT) - {SEALED}))
def test_a_case_is_handed_up_from_every_state_and_is_gone(office: Office, state: str) -> None:
    reporter = office.reviewed() if state == "under_review" else office.case_in(state)
    holder = office.colleague if state == "under_review" else office.clerk
    superior = SuperiorCommission(office)
    superior.hand_up(reporter, by=holder)
    (inside,) = superior.opened()
    assert inside["handed_up"]["state"] == state
    with office.house.database.reading() as session, pytest.raises(UnknownCase):
        cases.get(session, reporter.reference)


@pytest.mark.parametrize("seed", range(4))
def test_walks_through_the_whole_desk_keep_to_the_same_rules(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    reporter = office.open(office.arrive())
    for number in range(50):
        before = moves.standing(office.case(reporter))
        if not NEXT[before.state]:
            reporter = office.open(office.arrive(str(10_000_000 + number)))
            continue
        step(office, reporter, dice)
        now = moves.standing(office.case(reporter))
        assert may_follow(before, now), (before, now)
        with office.house.database.reading() as session:
            steps = progress.steps(session, reporter.case)
        assert steps[-1].state == now.state
        assert len(steps) < MAX_STEPS


def step(office: Office, reporter, dice: random.Random) -> None:
    """Let one of the staff do what they may, or the reporter send words."""
    people = [office.clerk, office.colleague]
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        reviewers = reviews.reviewers(session, case)
        chances = [
            (act.code, person)
            for person in people
            for act in acts.possible(case, person.id, reviewers)
        ]
    if not chances or dice.random() < 0.4:
        purpose = dice.choice(PURPOSES)
        deliver(office.house, reporter.answer("还有一件", office.recipient, purpose=purpose))
        return
    code, person = dice.choice(chances)
    office.do(reporter, code, WORDS[code] or None, by=person, now=LATER)
