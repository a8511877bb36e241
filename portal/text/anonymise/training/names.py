"""Train the tagger: `python -m portal.text.anonymise.training.names` writes portal/text/anonymise/data/names.txt.

A logistic model by stochastic gradient descent; the same seed gives the same file.
"""

import math
import random
import sys
from collections import defaultdict
from pathlib import Path

from portal.text.anonymise.features import WORDY, Candidate, Reader
from portal.text.anonymise.folding import folded
from portal.text.anonymise.training import invention, negatives

OUT = Path(__file__).parents[1] / "data/names.txt"
SEED = 20261
COUNT = 36000
EPOCHS = 3
RATE = 0.12
START = 2.0
SMALL = 0.004
LEAST = 6
KEPT = 0.4
HEAD = (
    "## Weights of the tagger, hundredths of a logit; made by portal.text.anonymise.training.names."
)

Example = tuple[bool, list[str]]
# All candidates that begin at one place; at most one of them is a name.
Place = list[Example]


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
    """Gradient descent in which each weight has a pace of its own (AdaGrad, Duchi 2011)."""

    def __init__(self) -> None:
        self.weights: defaultdict[str, float] = defaultdict(float)
        self._squares: defaultdict[str, float] = defaultdict(float)

    def learn(self, place: Place) -> None:
        """Move the weights towards what is right at one place."""
        weights = self.weights
        odds = [
            math.exp(max(-30, min(30, weights[""] + sum(weights[feature] for feature in seen))))
            for _is_name, seen in place
        ]
        for (is_name, seen), one in zip(place, odds, strict=True):
            error = is_name - one / (1 + sum(odds))
            if abs(error) > SMALL:
                self._move(seen, error)

    def _move(self, seen: list[str], error: float) -> None:
        for feature in ("", *seen):
            self._squares[feature] += error * error
            self.weights[feature] += RATE * error / math.sqrt(START + self._squares[feature])


def train(batches: list[list[Place]], chance: random.Random) -> dict[str, float]:
    """Return the weights after all epochs."""
    descent = Descent()
    for _epoch in range(EPOCHS):
        chance.shuffle(batches)
        for batch in batches:
            for place in batch:
                descent.learn([(is_name, _kept(seen, chance)) for is_name, seen in place])
    return descent.weights


def _kept(seen: list[str], chance: random.Random) -> list[str]:
    return [one for one in seen if one[0] not in WORDY or chance.random() < KEPT]


def main() -> None:
    """Train and write."""
    chance = random.Random(SEED)
    invented = list(invention.sentences(chance, COUNT))
    plain = [invention.Sentence(text, frozenset()) for text in negatives.sentences()]
    batches = [examples(one) for one in [*invented, *plain]]
    weights = train(batches, chance)
    kept = {feature: round(100 * weight) for feature, weight in weights.items()}
    lines = [
        f"{feature} {kept[feature]}"
        for feature in sorted(kept)
        if abs(kept[feature]) >= LEAST and "\n" not in feature
    ]
    OUT.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
