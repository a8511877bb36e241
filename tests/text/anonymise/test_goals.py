"""How much is found in our own passages: never less than today.

The goals are those of the bench's table; where ours stay below, the floor is what was reached, so
that a change that loses something is seen.
"""

from functools import partial

import pytest

from bench.anonymise import BUILDING, UNSEEN, with_parties
from portal.text.anonymise import Kind, find
from tests.text.anonymise.gold import passages
from tests.text.anonymise.scoring import score

SEEN = list(passages(*BUILDING))
APART = list(passages(*UNSEEN))


@pytest.fixture(scope="module")
def seen():
    return score(SEEN, find)


@pytest.fixture(scope="module")
def apart():
    return score(APART, find)


@pytest.fixture(scope="module")
def entered():
    of = [*SEEN, *APART]
    return score(of, partial(with_parties, passage_of={one.text: one for one in of}))


def test_the_passages_are_many_and_of_every_kind(seen, apart):
    assert len(SEEN) + len(APART) >= 200
    plain = [one for one in [*SEEN, *APART] if not one.spans]
    assert 4 * len(plain) >= len(SEEN) + len(APART)
    assert all(seen.wanted[kind] and apart.wanted[kind] for kind in Kind)
