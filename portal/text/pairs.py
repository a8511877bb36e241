"""Finding words in texts by the pairs of characters that stand in them, on any database.

Chinese is written without spaces, and databases' own searches do not find two characters in it,
or split those beyond the basic plane. A pair is one whole number, so that every database orders
and compares it alike; the last character of a line is paired with nothing.
"""

from collections.abc import Iterator
from itertools import pairwise

from portal.text.normalise import comparable

SHIFT = 21  # A code point has at most 21 bits.
LINE = "\n"
# As many pairs of one word narrow a search down; the rest is compared with the text.
MOST_PAIRS = 8


def searchable(text: str) -> str:
    """Return letters and digits of a text in one spelling, line by line."""
    return LINE.join(filter(None, map(comparable, text.splitlines())))


def pairs(words: str) -> set[int]:
    """Return the pairs of a text that `searchable` made."""
    return {pair for line in words.split(LINE) for pair in _pairs(line)}


def asked(typed: str) -> tuple[str, ...]:
    """Return the words of what somebody typed, spelled as in `searchable`, each once."""
    return tuple(dict.fromkeys(filter(None, map(comparable, typed.split()))))


def pairs_of_word(word: str) -> list[int]:
    """Return pairs that every text with this word of two or more characters has."""
    return [_number(a, b) for a, b in pairwise(word)][:MOST_PAIRS]


def pairs_that_begin_with(character: str) -> tuple[int, int]:
    """Return the least and the greatest number of a pair that begins with a character."""
    first = ord(character) << SHIFT
    return first, first + (1 << SHIFT) - 1


def _pairs(line: str) -> Iterator[int]:
    yield from (_number(a, b) for a, b in pairwise(line))
    if line:
        yield ord(line[-1]) << SHIFT


def _number(first: str, second: str) -> int:
    return (ord(first) << SHIFT) + ord(second)
