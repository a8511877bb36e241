"""A link leaves no trace outside: no message, no byte, no state, no day depends on it."""

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect

from portal.desk.domain import acts, cases, reviews
from portal.desk.models.cases import Case
from portal.exchange.statements import ADD, REPLY, REVIEW, WITHDRAW
from tests.desk.arrivals import LATER, Reporter, deliver, told
from tests.desk.casework import WORDS, Office
from tests.desk.sheets import fill_in, link, unlink

PURPOSES = (ADD, REPLY, REVIEW, WITHDRAW)
STEPS = 12


def pair(office: Office, first: int) -> tuple[Reporter, Reporter]:
    """Two open cases about the same subject."""
    one, other = (office.open(office.arrive(str(first + number))) for number in range(2))
    return fill_in(office, one), fill_in(office, other)


def columns(office: Office, reporter: Reporter) -> dict[str, Any]:
    row = office.case(reporter)
    return {one.key: getattr(row, one.key) for one in inspect(Case).column_attrs}


def waiting(office: Office) -> dict[str, bytes]:
    """Every message to the public side, byte for byte as it waits to be sent."""
    folder = office.house.items.folder
    return {name: (folder / name).read_bytes() for name in office.outgoing_files()}


def sent(office: Office, reporter: Reporter) -> list[tuple[Any, ...]]:
    """What a reporter was told so far: all but the random ids, and the sizes of what is sealed."""
    return [
        (
            told_now.revision,
            told_now.steps,
            told_now.due,
            told_now.due_provisional,
            told_now.flags,
            told_now.replies,
            message.day,
            {name: len(part) for name, part in message.parts.items()},
        )
        for told_now, message in told(office.house)
        if told_now.case == reporter.case
    ]


def test_linking_and_unlinking_change_no_case_and_send_nothing(office: Office) -> None:
    both = pair(office, 10_000_001)
    office.do(both[0], "accept")
    before = [columns(office, reporter) for reporter in both], waiting(office)
    link(office, *both, "同一笔钱。")
    assert ([columns(office, reporter) for reporter in both], waiting(office)) == before
    unlink(office, *both)
    assert ([columns(office, reporter) for reporter in both], waiting(office)) == before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_later_is_told_alike_with_and_without_a_link(
    office: Office, seed: int
) -> None:
    linked, alone = pair(office, 10_000_001), pair(office, 20_000_001)
    link(office, *linked, "同一笔钱。")
    for with_link, without in zip(linked, alone, strict=True):
        walk(office, with_link, random.Random(seed))
        walk(office, without, random.Random(seed))
        assert sent(office, with_link) == sent(office, without)
        assert len(sent(office, with_link)) > 1


def test_the_walk_is_the_same_in_both(office: Office) -> None:
    """What the comparison rests on: an act more would be seen in what is sent."""
    one, other = pair(office, 10_000_001)
    walk(office, one, random.Random(0))
    walk(office, other, random.Random(0))
    office.do(other, acts_of(office, other)[0])
    assert sent(office, one) != sent(office, other)


def acts_of(office: Office, reporter: Reporter) -> list[str]:
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        reviewers = reviews.reviewers(session, case)
        return [one.code for one in acts.possible(case, office.clerk.id, reviewers)]


def walk(office: Office, reporter: Reporter, dice: random.Random) -> None:
    """Let the clerk and the reporter do what the dice choose among what is possible."""
    for number in range(STEPS):
        possible = acts_of(office, reporter)
        now = LATER + timedelta(days=number)
        if possible and dice.random() < 0.6:
            code = dice.choice(possible)
            office.do(reporter, code, WORDS[code] or None, now=now)
        else:
            words = reporter.answer(
                "还有一件", office.recipient, purpose=dice.choice(PURPOSES), on=now.date()
            )
            deliver(office.house, words, now)
