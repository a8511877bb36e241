"""Train the tagger: `python -m training.names` writes portal/text/anonymise/data/names.txt.

A logistic model by stochastic gradient descent; the same seed gives the same file.
"""

import math
import random
import sys
from collections import defaultdict
from pathlib import Path

from portal.text.anonymise.features import candidates, counted, features
from portal.text.anonymise.folding import folded
from training import invention, negatives

OUT = Path(__file__).parents[1] / "portal/text/anonymise/data/names.txt"
SEED = 20261
COUNT = 40000
EPOCHS = 3
RATE = 0.2
LEAST = 6
HEAD = "## Weights of the tagger, hundredths of a logit; made by training.names."

Example = tuple[bool, list[str]]


def examples(sentence: invention.Sentence) -> list[Example]:
    """Return every candidate of a sentence with whether it is a name."""
    copy = folded(sentence.text)
    all_of = list(candidates(copy))
    counts = counted(copy, all_of)
    return [
        (
            (one.start, one.end) in sentence.names,
            [sys.intern(seen) for seen in features(copy, one, counts)],
        )
        for one in all_of
    ]


def train(batches: list[list[Example]], chance: random.Random) -> dict[str, float]:
    """Return the weights after all epochs."""
    weights: defaultdict[str, float] = defaultdict(float)
    for epoch in range(EPOCHS):
        rate = RATE / (1 + epoch)
        chance.shuffle(batches)
        for batch in batches:
            for example in batch:
                _step(weights, example, rate)
    return weights


def _step(weights: defaultdict[str, float], example: Example, rate: float) -> None:
    is_name, seen = example
    total = weights[""] + sum(weights[feature] for feature in seen)
    error = is_name - 1 / (1 + math.exp(-max(-30, min(30, total))))
    if abs(error) < 0.005:
        return
    change = rate * error
    weights[""] += change
    for feature in seen:
        weights[feature] += change


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
