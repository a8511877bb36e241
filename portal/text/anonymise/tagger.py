"""A small statistical judge of names: at each place, which stretch is a name, or none.

A log-linear model over features of the stretches that begin at one place, and of none.
The weights are made by `portal.text.anonymise.training.names` from sentences of our own with invented names; they are
whole numbers, hundredths of a logit.
"""

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

from portal.text.anonymise.features import Candidate, Reader, strength
from portal.text.anonymise.finding import Hit, Kind, Source

SURE = 0.8
MOST = 3000
DOUBT = 8
NAMELIKE = 4
LIKELY = 0.1
SURELY = "像姓名"


@cache
def weights() -> dict[str, int]:
    """Return the weight of each feature."""
    page = resources.files(__package__).joinpath("data/names.txt").read_text("utf-8")
    rows = (line.rsplit(" ", 1) for line in page.split("\n") if line and not line.startswith("##"))
    return {feature: int(weight) for feature, weight in rows}


def judged(copy: str) -> list[tuple[float, Candidate]]:
    """Return the best stretch of each place where a name may begin, the likeliest first.

    With it stands how likely a name begins there at all, whatever its length.
    """
    reader = Reader(copy)
    found = []
    for here in reader.places():
        odds = [math.exp(_logit(reader.features(one))) for one in here]
        found.append((sum(odds) / (1 + sum(odds)), _best(copy, here, odds)))
    found.sort(key=lambda pair: (-pair[0], pair[1].start))
    return found


def _best(copy: str, here: list[Candidate], odds: list[float]) -> Candidate:
    """Return the likeliest stretch; a longer one when what it adds looks like part of a name.

    A character too much under a mask costs less than one too few.
    """
    best = max(range(len(here)), key=odds.__getitem__)
    for longer, chance in zip(here, odds, strict=True):
        added = copy[here[best].end : longer.end]
        if len(added) == 1 and chance > odds[best] / DOUBT and strength(added) >= NAMELIKE:
            return longer
    return here[best]


def _logit(seen: list[str]) -> float:
    known = weights()
    total = known.get("", 0) + sum(known.get(feature, 0) for feature in seen)
    return max(-MOST, min(MOST, total)) / 100


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
