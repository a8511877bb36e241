"""What may be said of ratings: reference values, and rules that hold whatever people gave."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.desk.domain import figures
from portal.desk.domain.figures import BATCH, FEWEST, Given, Hidden, Period, Quarter
from portal.sealing.ratings import QUESTIONS, Rating

TODAY = date(2026, 11, 20)
RATINGS = st.builds(
    Rating,
    timely=st.integers(0, 5),
    attitude=st.integers(0, 5),
    speed=st.integers(0, 5),
    site=st.integers(0, 5),
    solved=st.sampled_from(["", "yes", "partly", "no", "unknown"]),
    comment=st.sampled_from(["", "谢谢", "太慢"]),
)
QUARTERS = st.builds(Quarter, st.integers(2024, 2027), st.integers(1, 4))
GIVEN = st.lists(st.builds(Given, QUARTERS, RATINGS), max_size=80)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (3, 3, 43.9, 100.0),
        (9, 10, 59.6, 98.2),
        (27, 30, 74.4, 96.5),
        (90, 100, 82.6, 94.5),
        (270, 300, 86.1, 92.9),
    ],
)
def test_wilson_gives_the_reference_values(successes, n, low, high):
    found = figures.wilson(successes, n)
    assert tuple(round(100 * bound, 1) for bound in found) == (low, high)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_mirrors(n, data):
    successes = data.draw(st.integers(0, n))
    low, high = figures.wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1
    mirrored_low, mirrored_high = figures.wilson(n - successes, n)
    assert (mirrored_low, mirrored_high) == pytest.approx((1 - high, 1 - low))


@given(st.integers(1, 1000), st.integers(2, 10))
def test_more_people_narrow_the_interval(n, times):
    low, high = figures.wilson(n, 2 * n)
    narrower_low, narrower_high = figures.wilson(n * times, 2 * n * times)
    assert narrower_high - narrower_low < high - low


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), Quarter(2026, 1)),
        (date(2026, 3, 31), Quarter(2026, 1)),
        (date(2026, 4, 1), Quarter(2026, 2)),
        (date(2026, 12, 31), Quarter(2026, 4)),
    ],
)
def test_a_day_has_its_quarter(day, quarter):
    assert Quarter.of(day) == quarter
    assert Quarter(2026, 4).following == Quarter(2027, 1)


def many(count: int, quarter: Quarter, **values) -> list[Given]:
    return [Given(quarter, Rating(**(values or {"speed": 5})))] * count


def test_a_quarter_with_ten_ratings_stands_alone():
    (period,) = figures.periods(many(10, Quarter(2026, 3)), TODAY)
    assert (period.first, period.last, len(period.ratings)) == (Quarter(2026, 3),) * 2 + (10,)


def test_the_present_quarter_is_not_over():
    assert figures.periods(many(50, Quarter(2026, 4)), TODAY) == []
    assert len(figures.periods(many(50, Quarter(2026, 4)), date(2027, 1, 1))) == 1


def test_too_few_wait_for_the_next_quarter_and_the_rest_of_a_batch_too():
    found = figures.periods(
        [
            *many(4, Quarter(2025, 4)),
            *many(9, Quarter(2026, 2)),
            *many(8, Quarter(2026, 3)),
        ],
        TODAY,
    )
    assert [(one.first, one.last, len(one.ratings)) for one in found] == [
        (Quarter(2025, 4), Quarter(2026, 2), 10),
        (Quarter(2026, 3), Quarter(2026, 3), 10),
    ]


@given(GIVEN)
def test_periods_never_overlap_and_count_everybody_at_most_once(given_ratings):
    found = figures.periods(given_ratings, TODAY)
    for one, following in pairwise(found):
        assert one.last < following.first
    for period in found:
        assert period.first <= period.last < Quarter.of(TODAY)
        assert len(period.ratings) >= FEWEST
        assert len(period.ratings) % BATCH == 0
    counted = Counter(rating for period in found for rating in period.ratings)
    assert counted <= Counter(one.rating for one in given_ratings)
    waiting = [one for one in given_ratings if one.quarter < Quarter.of(TODAY)]
    assert len(waiting) - counted.total() < FEWEST


@given(GIVEN, st.builds(Given, st.just(Quarter(2026, 3)), RATINGS))
def test_one_rating_more_changes_what_is_shown_by_a_whole_batch_or_not_at_all(before, newcomer):
    shown = figures.periods(before, TODAY)
    then = figures.periods([*before, newcomer], TODAY)
    sizes = [len(one.ratings) for one in shown], [len(one.ratings) for one in then]
    grown = sum(sizes[1]) - sum(sizes[0])
    assert grown == 0 or grown >= BATCH
    if grown == 0:
        assert then == shown


@given(st.lists(RATINGS, max_size=60), st.sampled_from(QUESTIONS))
def test_a_distribution_is_whole_or_absent(ratings, question):
    levels = [level for one in ratings if (level := one.levels[question])]
    found = figures.satisfaction(ratings, question)
    if len(levels) < FEWEST:
        assert found is None
        return
    assert found is not None
    assert found.counts == tuple(levels.count(level) for level in (5, 4, 3, 2, 1))
    assert found.n == sum(found.counts)
    assert found.share == sum(found.counts[:3]) / found.n
    assert found.low <= found.share + 1e-12
    assert found.share <= found.high + 1e-12


def test_satisfied_is_who_gave_five_four_or_three():
    ratings = [Rating(site=level) for level in (5, 4, 3, 2, 1, 5, 4, 3, 2, 1)]
    found = figures.satisfaction(ratings, "site")
    assert found is not None
    assert (found.counts, found.n, found.share) == ((2, 2, 2, 2, 2), 10, 0.6)


@given(st.lists(RATINGS, max_size=40))
def test_solved_and_second_looks_are_told_of_enough_people_only(ratings):
    codes = ("yes", "partly", "no", "unknown")
    answered = [one.solved for one in ratings if one.solved]
    found = figures.solved(ratings, codes)
    assert (found is None) is (len(answered) < FEWEST)
    if found is not None:
        assert found == tuple(answered.count(code) for code in codes)
    count = sum(map(figures.asks_second_look, ratings))
    assert figures.second_looks(ratings) == (count if count >= BATCH else Hidden.FEW)


@pytest.mark.parametrize(
    ("rating", "asks"),
    [
        (Rating(timely=2), True),
        (Rating(site=1, speed=5), True),
        (Rating(solved="no"), True),
        (Rating(timely=3, attitude=5, speed=4, site=3, solved="partly"), False),
        (Rating(comment="太慢"), False),
    ],
)
def test_a_second_look_is_asked_for_by_dissatisfaction_or_nothing_solved(rating, asks):
    assert figures.asks_second_look(rating) is asks


def test_comments_come_in_batches_and_in_no_order():
    texts = [f"第{number}个人" for number in range(12)]
    quarters = [Quarter(2026, number) for number in (1, 2, 3)]
    found = [
        Period(quarter, quarter, tuple(Rating(comment=one) for one in some))
        for quarter, some in zip(quarters, (texts[:3], texts[3:8], texts[8:]), strict=True)
    ]
    ((period, listed),) = figures.comments(found, Random(7))
    assert period.last == Quarter(2026, 2)
    assert sorted(listed) == sorted(texts[:8])
    assert listed != texts[:8]


@given(st.lists(st.one_of(st.integers(0, 8), st.integers(0, 500)), max_size=12))
def test_no_small_count_is_shown_nor_left_by_subtraction(counts):
    shown = figures.suppress(counts)
    hidden = [count for count, cell in zip(counts, shown, strict=True) if isinstance(cell, Hidden)]
    for count, cell in zip(counts, shown, strict=True):
        assert cell == count or isinstance(cell, Hidden)
        assert isinstance(cell, Hidden) or not 0 < cell < BATCH
        assert cell is not Hidden.FEW or 0 < count < BATCH
    visible = [cell for cell in shown if not isinstance(cell, Hidden) and cell]
    if hidden and visible:
        assert len(hidden) > 1
        assert sum(hidden) >= BATCH


@given(st.lists(st.sampled_from([0, 5, 9, 70]), max_size=12))
def test_large_counts_and_none_at_all_are_shown_as_they_are(counts):
    assert figures.suppress(counts) == counts
