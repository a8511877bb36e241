"""Five papers, three of which restore a key."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sealing import shares
from portal.sealing.keys import Identity
from portal.sealing.shares import BadShare, WrongShares, combine, split

SEEDS = st.binary(min_size=32, max_size=32)
ELEMENTS = st.integers(0, 255)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_any_three_or_more_restore_the_key(seed: bytes) -> None:
    identity = Identity.from_seed(seed)
    papers = split(identity)
    assert len(set(papers)) == 5
    for count in (3, 4, 5):
        for chosen in combinations(papers, count):
            assert combine(chosen) == identity


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, other=SEEDS)
def test_two_shares_fit_every_key(seed: bytes, other: bytes) -> None:
    """For any other seed there is a third share that would restore it, so two tell nothing."""
    first, second = (shares._from_text(one)[5:] for one in split(Identity.from_seed(seed))[:2])
    weights = [shares._weight(number, [1, 2, 3]) for number in (1, 2, 3)]
    third = bytes(
        shares._times(
            shares._inverse(weights[2]),
            wanted ^ shares._times(weights[0], one) ^ shares._times(weights[1], two),
        )
        for wanted, one, two in zip(other, first, second, strict=True)
    )
    forged = bytes(
        shares._times(weights[0], one)
        ^ shares._times(weights[1], two)
        ^ shares._times(weights[2], three)
        for one, two, three in zip(first, second, third, strict=True)
    )
    assert forged == other


def test_no_share_repeats_the_seed_and_none_is_made_twice() -> None:
    identity = Identity.generate()
    first, second = split(identity), split(identity)
    assert not set(first) & set(second)
    assert all(identity.seed not in shares._from_text(one) for one in first)


def test_how_a_share_is_typed_does_not_matter() -> None:
    identity = Identity.generate()
    papers = split(identity)
    lower = [paper.lower().replace(" ", "-") for paper in papers]
    typed = [paper.replace("o", "0").replace("i", "1") for paper in lower]
    assert combine(typed[2:]) == identity


@pytest.mark.parametrize("spoil", ["", "AAAA", "no share!", "letter", "short"])
def test_a_share_that_was_copied_wrongly(spoil: str) -> None:
    papers = split(Identity.generate())
    first = papers[0]
    other = "A" if first[10] != "A" else "B"
    wrong = {"letter": first[:10] + other + first[11:], "short": first[:-5]}.get(spoil, spoil)
    with pytest.raises(BadShare):
        combine([wrong, *papers[1:3]])


def test_shares_that_do_not_go_together() -> None:
    papers, others = split(Identity.generate()), split(Identity.generate())
    for wrong in (papers[:2], [papers[0]] * 3, [*papers[:2], others[2]], []):
        with pytest.raises(WrongShares):
            combine(wrong)


@given(left=ELEMENTS, right=ELEMENTS, third=ELEMENTS)
def test_the_field_is_a_field(left: int, right: int, third: int) -> None:
    times = shares._times
    assert times(left, right) == times(right, left) < 256
    assert times(left, right ^ third) == times(left, right) ^ times(left, third)
    assert times(left, times(right, third)) == times(times(left, right), third)


@given(value=st.integers(1, 255))
def test_everything_but_nothing_has_an_inverse(value: int) -> None:
    assert shares._times(value, shares._inverse(value)) == 1


def test_the_field_is_that_of_aes() -> None:
    # FIPS 197, 4.2: {57} times {83} is {c1}.
    assert shares._times(0x57, 0x83) == 0xC1
