"""Whether two kinds of requests can be told apart by how long their answers take."""

import gc
import random
import time
from collections.abc import Callable, Sequence

COUNT = 2000
# SECURITY: |AUC − 0.5| ≤ 0.03 over 2,000 of each, interleaved, one repeat allowed.
MOST = 0.03

Ask = Callable[[int], None]


def auc(some: Sequence[float], others: Sequence[float]) -> float:
    """Return how often one of `some` is above one of `others`; a tie counts half.

    Source: Mann and Whitney 1947, by the sum of ranks.
    """
    tagged = sorted([(value, 1) for value in some] + [(value, 0) for value in others])
    ranks: dict[float, list[int]] = {}
    for rank, (value, _kind) in enumerate(tagged, start=1):
        ranks.setdefault(value, []).append(rank)
    total = sum(sum(ranks[value]) / len(ranks[value]) for value in some)
    return (total - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))


def interleaved(one: Ask, other: Ask, count: int = COUNT) -> tuple[list[float], list[float]]:
    """Ask both so many times, in pairs of random order; return the seconds of each."""
    seconds: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(20261121)
    gc.disable()
    try:
        for number in range(count):
            pair = [(one, seconds[0]), (other, seconds[1])]
            chance.shuffle(pair)
            for ask, times in pair:
                began = time.perf_counter()
                ask(number)
                times.append(time.perf_counter() - began)
            if number % 100 == 0:
                gc.collect()
    finally:
        gc.enable()
    return seconds


def told_apart(one: Ask, other: Ask) -> float:
    """Return how far the two can be told apart, the better of two rounds when the first fails."""
    first = abs(auc(*interleaved(one, other)) - 0.5)
    return first if first <= MOST else abs(auc(*interleaved(one, other)) - 0.5)
