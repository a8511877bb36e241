"""The public side, asked by a desk that was put back from a backup."""

import pytest

from portal.exchange.kinds import MAX_HELD, Holding, Restored
from portal.exchange.messages import Message
from portal.public.domain.restoring import Answering
from portal.public.models.cases import Case
from portal.reference.days import local_day
from tests.public.stories import outgoing


@pytest.fixture
def ask(house, now):
    def ask() -> list[Holding]:
        message = Message("a" * 32, Restored.KIND, "desk", local_day(now), {}, {})
        with house.database.writing() as session:
            Answering(house.outbox).receive_restored(session, message, now)
        return [Holding.read(one.data) for one in outgoing(house)]

    return ask


def known(house, now, count: int, **columns: object) -> None:
    with house.database.writing() as session:
        for number in range(count):
            session.add(
                Case(
                    id=f"{number:032x}",
                    lookup_hash=f"{number:064x}",
                    pepper_id="pepper-2",
                    reference=str(10_000_000 + number),
                    received_on=local_day(now),
                    state_on=local_day(now),
                    **{"state": "received", "revision": number % 3, **columns},
                )
            )


def test_every_known_case_is_named_with_its_revision(house, now, ask):
    known(house, now, MAX_HELD + 1)
    said = ask()
    assert sorted(len(one.cases) for one in said) == [1, MAX_HELD]
    revisions = {held.case: held.revision for one in said for held in one.cases}
    assert revisions == {f"{n:032x}": n % 3 for n in range(MAX_HELD + 1)}


def test_a_site_without_cases_says_nothing(ask):
    assert ask() == []


def test_what_was_filed_for_the_superior_is_not_even_counted(house, now, ask):
    known(house, now, 2, state="sealed_for_superior", revision=0)
    assert ask() == []


def test_what_the_desk_handed_up_itself_is_named_like_its_other_cases(house, now, ask):
    known(house, now, 1, state="sealed_for_superior", revision=4)
    (said,) = ask()
    assert [held.revision for held in said.cases] == [4]
