"""A small statistical judge of names: at each place, which stretch is a name, or none.

A log-linear model over features of the stretches that begin at one place, and of none.
The weights are made by `portal.text.anonymise.training.names` from sentences of our own with invented names; they are
whole numbers, hundredths of a logit.
"""

import math
from collections.abc import Iterator
from functools import cache
from importlib import resources

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.features import Reader
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.sides import TELLING, strength
from portal.text.anonymise.stretches import NICK, Candidate
from portal.text.anonymise.surnames import COMPOUND

SURE = 0.8
MOST = 3000
HOPELESS = -900
LONGEST = 4
DOUBT = 30
NEARLY = 3
NAMELIKE = 3
# How likely a name must be behind a word that tells of one; elsewhere; when it is a common word; and
# when it has four characters without a compound family name. Frames are unlike life in how many names they hold, so these are
# set by passages and not by what a chance would mean.
TOLD, LIKELY, WORD, LONG = 0.022, 0.08, 0.16, 0.4
ORDINARY = 6
NO_WORD = (0, "")
APART = ("匿名", "阿姨", "不详", "过生日", "老家", "小区", "小时", "大家", "老人")
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
    return _judged(Reader(copy))


def _judged(reader: Reader) -> list[tuple[float, Candidate]]:
    found = []
    for here in reader.places():
        odds = [_odds(reader, one) for one in here]
        found.append((sum(odds) / (1 + sum(odds)), _best(reader.copy, here, odds)))
    # Of two that are sure, the first: what begins inside a name looks like one too.
    found.sort(key=lambda pair: (-min(SURE, pair[0]), pair[1].start))
    return found


def _best(copy: str, here: list[Candidate], odds: list[float]) -> Candidate:
    """Return the likeliest stretch; a longer one when what it adds looks like part of a name.

    A character too much under a mask costs less than one too few.
    """
    best = max(range(len(here)), key=odds.__getitem__)
    for longer, chance in zip(here[best + 1 :], odds[best + 1 :], strict=True):
        added = copy[here[best].end : longer.end]
        enough = DOUBT if strength(added) >= NAMELIKE else NEARLY
        if chance > odds[best] / enough:
            return longer
    return here[best]


def _odds(reader: Reader, one: Candidate) -> float:
    """Return the odds of a stretch; what is far from a name by itself is not looked at further."""
    known = weights()
    total = known.get("", 0) + sum([known.get(feature, 0) for feature in reader.inside(one)])
    if total < HOPELESS:
        return 0
    total += sum([known.get(feature, 0) for feature in reader.around(one)])
    return math.exp(max(-MOST, min(MOST, total)) / 100)


def find(copy: str, scale: float = 1) -> Iterator[Hit]:
    """Yield the names of a folded copy; of stretches that overlap, the likeliest.

    What is needed of a name is multiplied by `scale`.
    """
    taken = bytearray(len(copy))
    reader = Reader(copy)
    likely = [
        (chance, one)
        for chance, one in _judged(reader)
        if chance >= scale * _needed(reader, one) and copy[one.start : one.end] not in _speech()
    ]
    for chance, one in _widest(likely):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            why = SURELY if chance >= SURE else "可能是姓名"
            yield Hit(one.start, one.end, Kind.PERSON, why, Source.TAGGER)


@cache
def _speech() -> frozenset[str]:
    """Return the words that stand beside names, and are none: 同意, 记录, 阿姨."""
    return frozenset({*cues.classes_before(), *cues.classes_after(), *APART})


def _needed(reader: Reader, one: Candidate) -> float:
    """Return how likely a stretch must be for a place like its own."""
    if reader.before(one.start).kind in TELLING:
        return TOLD
    name = reader.copy[one.start : one.end]
    if lexicon.entries().get(name, NO_WORD)[0] >= ORDINARY:
        return WORD
    return LONG if len(name) > 3 and one.family < NICK and name[:2] not in COMPOUND else LIKELY


def _widest(likely: list[tuple[float, Candidate]]) -> Iterator[tuple[float, Candidate]]:
    """Leave out what lies inside another stretch that may be a name too: 小倩 in 单小倩."""
    ends: dict[int, int] = {one.start: one.end for _chance, one in likely}
    for chance, one in likely:
        before = range(max(0, one.start - LONGEST), one.start)
        if not any(ends.get(start, 0) >= one.end for start in before):
            yield chance, one
