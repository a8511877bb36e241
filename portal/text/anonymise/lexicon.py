"""Ordinary words: what stands beside a name, and what a name must not be mistaken for.

Derived by `portal.text.anonymise.training.lexicon` from the dictionary of jieba 0.42.1 (MIT licence, data/LICENSE-jieba);
names of persons are left out.
"""

from functools import cache
from importlib import resources

from portal.text.anonymise.cues import classes_after, classes_before

LONGEST = 4


# How common words are that we added by hand.
ADDED = 6
# Above this, all words are equally common to whoever asks `words`.
MOST = 9

Entry = tuple[int, str]


@cache
def nobody() -> frozenset[str]:
    """Return words of which each begins like a name and is nobody's."""
    return frozenset(" ".join(_lines("more_words.txt")).split())


@cache
def entries() -> dict[str, Entry]:
    """Return each word and single character with how common it is, 1 seldom … 15, and its class.

    The classes are jieba's: n v a d p c and so on; k for what jieba takes for a name, s for places.
    """
    known: dict[str, Entry] = {}
    for line in _lines("words.txt"):
        head, listed = line.split(" ", 1)
        entry = (int(head[:2]), head[2])
        known.update(dict.fromkeys(listed.split(" "), entry))
    for word in (*sorted(nobody()), *classes_before(), *classes_after()):
        level, kind = known.get(word, (0, "n"))
        known[word] = (max(ADDED, level), kind)
    return known


@cache
def words() -> dict[str, int]:
    """Return each word of two characters or more with how common it is: 1 seldom … 9."""
    return {word: min(MOST, level) for word, (level, _kind) in entries().items() if len(word) > 1}


def _lines(name: str) -> list[str]:
    page = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    return [line for line in page.splitlines() if line[:1] != "#"]


def ending_at(text: str, place: int) -> str:
    """Return the longest word that ends at a place, at least its last character."""
    known = words()
    for length in range(min(LONGEST, place), 1, -1):
        if text[place - length : place] in known:
            return text[place - length : place]
    return text[place - 1 : place] if place else ""


def beginning_at(text: str, place: int) -> str:
    """Return the longest word that begins at a place, at least its first character."""
    known = words()
    for length in range(min(LONGEST, len(text) - place), 1, -1):
        if text[place : place + length] in known:
            return text[place : place + length]
    return text[place : place + 1]


def across(text: str, place: int) -> int:
    """Return how common the commonest word is that a cut at this place would cut apart."""
    known = words()
    best = 0
    for start in range(max(0, place - 3), place):
        for end in range(place + 1, min(len(text), start + LONGEST) + 1):
            best = max(best, known.get(text[start:end], 0))
    return best
