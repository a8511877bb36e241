"""Train the tagger: `python -m portal.text.anonymise.training.names` writes portal/text/anonymise/data/names.txt.

A logistic model by stochastic gradient descent; the same seed gives the same file. It takes some
five minutes and five gigabytes.
"""

import math
import random
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from portal.text.anonymise.features import WORDY, Reader
from portal.text.anonymise.folding import folded
from portal.text.anonymise.stretches import Candidate
from portal.text.anonymise.training import invention, negatives

OUT = Path(__file__).parents[1] / "data/names.txt"
SEED = 20261
COUNT = 80000
EPOCHS = 4
# The pace falls from the first to the last epoch, so that what comes last does not count most.
RATE, LAST_RATE = 0.2, 0.08
START = 2.0
SMALL = 0.004
LEAST = 6
# A feature that was seen less often says more about one sentence than about names.
SELDOM = 3
KEPT = 0.4
STEEPEST = 30
HEAD = (
    "## Weights of the tagger, hundredths of a logit; made by portal.text.anonymise.training.names."
)

Example = tuple[bool, list[str]]
# All candidates that begin at one place; at most one of them is a name.
Place = list[Example]
Numbered = list[tuple[bool, Sequence[int]]]


def examples(sentence: invention.Sentence) -> list[Place]:
    """Return every place of a sentence where a name may begin.

    Places inside a name are left out: they look like names, and lose against the whole name.
    """
    reader = Reader(folded(sentence.text))
    return [
        [((one.start, one.end) in sentence.names, _seen(reader, one)) for one in here]
        for here in reader.places()
        if not any(start < here[0].start < end for start, end in sentence.names)
    ]


def _seen(reader: Reader, one: Candidate) -> list[str]:
    return [sys.intern(feature) for feature in reader.features(one)]


class Descent:
    """Gradient descent in which each weight has a pace of its own (AdaGrad, Duchi 2011).

    Features are numbers here; the first is the one that every stretch has.
    """

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict(lambda: len(self.numbers))
        self.numbers[""] = 0
        self.weights: list[float] = [0.0]
        self.seen = [0]
        self._squares = [START]
        self._sums, self._times = [0.0], 0

    def numbered(self, place: Place) -> Numbered:
        """Return a place with numbers for features, and make room for their weights."""
        found: Numbered = [
            (is_name, array("i", [0, *(self.numbers[one] for one in seen)]))
            for is_name, seen in place
        ]
        more = len(self.numbers) - len(self.weights)
        self.weights += [0.0] * more
        self._squares += [START] * more
        self._sums += [0.0] * more
        self.seen += [0] * more
        for _is_name, seen in found:
            for feature in seen:
                self.seen[feature] += 1
        return found

    def learn(self, place: Iterable[tuple[bool, list[int]]], rate: float) -> None:
        """Move the weights towards what is right at one place."""
        weights = self.weights
        odds = [
            (
                is_name,
                seen,
                math.exp(max(-STEEPEST, min(STEEPEST, sum(weights[one] for one in seen)))),
            )
            for is_name, seen in place
        ]
        total = 1 + sum(one for _is_name, _seen, one in odds)
        for is_name, seen, one in odds:
            error = is_name - one / total
            if abs(error) > SMALL:
                self._move(seen, error, rate)

    def _move(self, seen: list[int], error: float, rate: float) -> None:
        weights, squares = self.weights, self._squares
        for feature in seen:
            squares[feature] += error * error
            weights[feature] += rate * error / math.sqrt(squares[feature])

    def wordy(self) -> bytearray:
        """Tell of each number whether it is a feature of single words and characters."""
        return bytearray(feature[:1] in WORDY for feature in self.numbers)

    def remember(self) -> None:
        """Add the weights of now to those that are averaged: the last step counts no more than others."""
        self._sums = [sum(pair) for pair in zip(self._sums, self.weights, strict=True)]
        self._times += 1

    def known(self) -> dict[str, float]:
        """Return the averaged weights of what was seen often enough."""
        return {
            feature: self._sums[number] / self._times
            for feature, number in self.numbers.items()
            if self.seen[number] >= SELDOM
        }


def train(batches: Iterable[list[Place]], chance: random.Random) -> dict[str, float]:
    """Return the weights after all epochs."""
    descent = Descent()
    numbered = [[descent.numbered(place) for place in batch] for batch in batches]
    wordy = descent.wordy()
    for epoch in range(EPOCHS):
        rate = RATE + (LAST_RATE - RATE) * epoch / (EPOCHS - 1)
        chance.shuffle(numbered)
        for batch in numbered:
            for place in batch:
                descent.learn(
                    ((is_name, _kept(seen, wordy, chance)) for is_name, seen in place), rate
                )
        if epoch:
            descent.remember()
    return descent.known()


def _kept(seen: Iterable[int], wordy: bytearray, chance: random.Random) -> list[int]:
    return [one for one in seen if not wordy[one] or chance.random() < KEPT]


def main() -> None:
    """Train and write."""
    chance = random.Random(SEED)
    invented = invention.sentences(chance, COUNT)
    plain = (invention.Sentence(text, frozenset()) for text in negatives.sentences())
    weights = train((examples(one) for some in (invented, plain) for one in some), chance)
    kept = {feature: round(100 * weight) for feature, weight in weights.items()}
    lines = [
        f"{feature} {kept[feature]}"
        for feature in sorted(kept)
        if abs(kept[feature]) >= LEAST and "\n" not in feature
    ]
    OUT.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
