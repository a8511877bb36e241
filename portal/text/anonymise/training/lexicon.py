"""Derive words.txt and given.txt from the dictionary of jieba 0.42.1 (MIT licence).

Run as `python -m portal.text.anonymise.training.lexicon jieba-0.42.1.tar.gz`. No name of a person is kept: names only
count how often a character occurs in given names.
"""

import math
import re
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.text.anonymise.surnames import COMPOUND, ranks

DATA = Path(__file__).parents[1] / "data"
MEMBER = "jieba-0.42.1/jieba/dict.txt"
HAN = re.compile("[一-鿿]{1,4}")
LEAST = 3
ON_A_LINE = 40
# jieba calls many ordinary words names; those of two characters that are frequent are words.
LEAST_FOR_NAMES = 40
COMMONEST = 15
# jieba's tags of verbs, nouns and so on, in the classes that are told apart; a name or a place is a class of its own.
CLASSES = {
    "nr": "k",
    "ns": "s",
    "nt": "o",
    "nz": "z",
    "an": "a",
    "ad": "a",
    "mq": "m",
    "l": "i",
    "s": "f",
}
KNOWN = "nvadpcurmqtfijzb"
SOURCE = "# Derived from the dictionary of jieba 0.42.1, Copyright (c) 2013 Sun Junyi, MIT licence."

Row = tuple[str, int, str]


def rows(archive: Path) -> list[Row]:
    """Return word, frequency and tag of every entry of the dictionary."""
    with tarfile.open(archive) as packed:
        member = packed.extractfile(MEMBER)
        assert member is not None, MEMBER
        lines = member.read().decode().splitlines()
    split = (line.split(" ") for line in lines)
    return [(word, int(frequency), tag) for word, frequency, tag in split]


def is_word(row: Row) -> bool:
    """Tell whether an entry is an ordinary word, to be kept."""
    word, frequency, tag = row
    if HAN.fullmatch(word) is None:
        return False
    if len(word) == 1:
        return frequency >= LEAST
    if tag.startswith("nr"):
        named = word[0] in ranks() or word[:2] in COMPOUND
        return frequency >= LEAST_FOR_NAMES and (len(word) == 2 or not named)
    return frequency >= LEAST


def common(frequency: int) -> int:
    """Return how common a word is, 1 … 15, on a logarithmic scale."""
    return max(1, min(COMMONEST, round(math.log2(frequency)) - 3))


def sort(tag: str) -> str:
    """Return the class of a word that jieba gives a tag: v for verbs, x for what has no class."""
    known = CLASSES.get(tag[:2]) or CLASSES.get(tag[:1]) or tag[:1]
    return known if known in KNOWN + "kso" else "x"


def given_scores(entries: list[Row]) -> dict[tuple[int, int], list[str]]:
    """Return characters of given names by two scores.

    The first compares names with ordinary words, -4 … 4; the second says how often names have
    the character at all, 0 … 9.
    """
    in_names: Counter[str] = Counter()
    in_words: Counter[str] = Counter()
    for word, frequency, tag in entries:
        if tag == "nr" and len(word) == 3 and word[0] in ranks():
            in_names.update(word[1:])
        elif not tag.startswith("nr"):
            for character in filter(HAN.fullmatch, word):
                in_words[character] += frequency
    names, others = in_names.total(), in_words.total()
    scores: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for character in in_names | in_words:
        count = in_names[character] + 0.5
        ratio = math.log2((count / names) / ((in_words[character] + 200) / others))
        often = max(0, min(9, round(math.log2(count))))
        scores[max(-4, min(4, round(ratio))), often].append(character)
    return scores


def write(name: str, lists: Mapping[Any, list[str]], between: str) -> None:
    """Write what each number or pair of numbers is said of, some forty words on a line."""
    lines = [SOURCE]
    for number in sorted(lists, key=str):
        words = sorted(lists[number])
        lines += [
            f"{number} {between.join(words[start : start + ON_A_LINE])}"
            for start in range(0, len(words), ON_A_LINE)
        ]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    entries = rows(Path(sys.argv[1]))
    words: defaultdict[str, list[str]] = defaultdict(list)
    for row in filter(is_word, entries):
        words[f"{common(row[1]):02}{sort(row[2])}"].append(row[0])
    write("words.txt", words, " ")
    given = {f"{ratio} {often}": found for (ratio, often), found in given_scores(entries).items()}
    write("given.txt", given, "")


if __name__ == "__main__":
    main()
