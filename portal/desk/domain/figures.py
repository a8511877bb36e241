"""What may be said of ratings and counts without saying anything of one person: pure arithmetic.

Ratings are counted in periods that follow each other and never overlap: a quarter with too few
waits for the next, and what is counted goes up by five or more at once. So no figure can be
subtracted from another one, nor from itself as it stood earlier, to leave one rating.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import sqrt
from random import Random
from typing import NamedTuple

from portal.sealing.ratings import HIGHEST, QUESTIONS, SKIPPED, Rating

FEWEST = 10
BATCH = 5
SATISFIED = 3
# The two-sided 95 % point of the normal distribution.
Z = 1.959963984540054


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4; quarters compare in the order of time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def following(self) -> "Quarter":
        """The next quarter."""
        return (
            Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)
        )


@dataclass(frozen=True)
class Given:
    """One rating and the quarter of the day on which it was given."""

    quarter: Quarter
    rating: Rating


@dataclass(frozen=True)
class Period:
    """The ratings counted for the quarters from `first` to `last`, both included."""

    first: Quarter
    last: Quarter
    ratings: tuple[Rating, ...]

    def covers(self, quarter: Quarter) -> bool:
        """Tell whether a quarter belongs to the period."""
        return self.first <= quarter <= self.last


@dataclass(frozen=True)
class Satisfaction:
    """The answers to one question: how many gave 5, 4, 3, 2 and 1; shares from 0 to 1."""

    counts: tuple[int, ...]
    n: int
    share: float
    low: float
    high: float


class Hidden(Enum):
    """Why a count is not shown: it is below five, or it would give away one that is."""

    FEW = "few"
    WITHHELD = "withheld"


def periods(given: Sequence[Given], today: date) -> list[Period]:
    """Return the periods of whole past quarters, oldest first, of at least ten ratings each.

    What is left over from batches of five is carried on to the next period, as are quarters with
    too few. `given` keeps its order within a quarter, so it should not be that of time.
    """
    found: list[Period] = []
    waiting: list[Rating] = []
    first: Quarter | None = None
    for quarter in _past_quarters(given, today):
        first = first or quarter
        waiting += [one.rating for one in given if one.quarter == quarter]
        counted = len(waiting) - len(waiting) % BATCH
        if counted >= FEWEST:
            found.append(Period(first, quarter, tuple(waiting[:counted])))
            waiting, first = waiting[counted:], None
    return found


def satisfaction(ratings: Sequence[Rating], question: str) -> Satisfaction | None:
    """Return the answers to one of QUESTIONS; None when fewer than ten people gave one."""
    levels = [level for one in ratings if (level := one.levels[question]) != SKIPPED]
    if len(levels) < FEWEST:
        return None
    counts = Counter(levels)
    satisfied = sum(1 for level in levels if level >= SATISFIED)
    low, high = wilson(satisfied, len(levels))
    return Satisfaction(
        counts=tuple(counts[level] for level in range(HIGHEST, SKIPPED, -1)),
        n=len(levels),
        share=satisfied / len(levels),
        low=low,
        high=high,
    )


def solved(ratings: Sequence[Rating], codes: Sequence[str]) -> tuple[int, ...] | None:
    """Return how many gave each answer; None when fewer than ten people gave one."""
    answers = Counter(one.solved for one in ratings if one.solved)
    counts = tuple(answers[code] for code in codes)
    return counts if sum(counts) >= FEWEST else None


def second_looks(ratings: Sequence[Rating]) -> int | Hidden:
    """Return how many ratings ask for a second look at the work, from five on."""
    count = sum(1 for one in ratings if asks_second_look(one))
    return count if count >= BATCH else Hidden.FEW


def asks_second_look(rating: Rating) -> bool:
    """Tell whether somebody was dissatisfied with anything, or nothing was solved."""
    low = any(SKIPPED < rating.levels[question] < SATISFIED for question in QUESTIONS)
    return low or rating.solved == "no"


def comments(found: Sequence[Period], shuffle: Random) -> list[tuple[Period, list[str]]]:
    """Return what people wrote, in batches of five or more and in no order.

    A batch is listed with the period that completed it; what is fewer waits for the next.
    """
    batches, waiting = [], []
    for period in found:
        waiting += [one.comment for one in period.ratings if one.comment]
        if len(waiting) >= BATCH:
            batches.append((period, shuffle.sample(waiting, len(waiting))))
            waiting = []
    return batches


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `n` > 0.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.
    """
    share = successes / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def suppress(counts: Sequence[int]) -> list[int | Hidden]:
    """Return the counts of one table without those from one to four, nor what would tell them.

    The total may be known from another table. So hidden counts are at least two, and five or more
    together: until they are, the smallest that is left is withheld too.
    """
    hidden = {place: Hidden.FEW for place, count in enumerate(counts) if 0 < count < BATCH}
    left = sorted((count, place) for place, count in enumerate(counts) if count >= BATCH)
    for _count, place in left:
        if not hidden or _conceal(counts, hidden):
            break
        hidden[place] = Hidden.WITHHELD
    return [hidden.get(place, count) for place, count in enumerate(counts)]


def _conceal(counts: Sequence[int], hidden: Collection[int]) -> bool:
    return len(hidden) > 1 and sum(counts[place] for place in hidden) >= BATCH


def _past_quarters(given: Sequence[Given], today: date) -> Iterator[Quarter]:
    present = Quarter.of(today)
    quarter = min((one.quarter for one in given), default=present)
    while quarter < present:
        yield quarter
        quarter = quarter.following
