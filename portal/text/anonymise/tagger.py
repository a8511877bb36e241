"""A small statistical judge of names: a logistic model over features of each stretch of text.

The weights are made by `training.names` from sentences of our own with invented names; they are
whole numbers, hundredths of a logit.
"""

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

from portal.text.anonymise.features import Candidate, candidates, counted, features
from portal.text.anonymise.finding import Hit, Kind, Source

SURE = 0.8
LIKELY = 0.35
SURELY = "像姓名"


@cache
def weights() -> dict[str, int]:
    """Return the weight of each feature."""
    page = resources.files(__package__).joinpath("data/names.txt").read_text("utf-8")
    rows = (line.rsplit(" ", 1) for line in page.split("\n") if line and not line.startswith("##"))
    return {feature: int(weight) for feature, weight in rows}


def judged(copy: str) -> list[tuple[float, Candidate]]:
    """Return every stretch with how likely it is a name, the likeliest first."""
    known = weights()
    all_of = list(candidates(copy))
    counts = counted(copy, all_of)
    bias = known.get("", 0)
    found = []
    for one in all_of:
        total = bias + sum(known.get(feature, 0) for feature in features(copy, one, counts))
        found.append((1 / (1 + math.exp(-max(-3000, min(3000, total)) / 100)), one))
    found.sort(key=lambda pair: (-pair[0], pair[1].start, pair[1].end))
    return found


def find(copy: str, threshold: float = LIKELY) -> Iterator[Hit]:
    """Yield the names of a folded copy; of stretches that overlap, the likeliest."""
    taken = bytearray(len(copy))
    for chance, one in judged(copy):
        if chance < threshold:
            return
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            why = SURELY if chance >= SURE else "可能是姓名"
            yield Hit(one.start, one.end, Kind.PERSON, why, Source.TAGGER)
