"""Finding words in texts by the pairs of characters that stand in them, on any database.

Chinese is written without spaces, and databases' own searches do not find two characters in it,
or split those beyond the basic plane. A pair is one whole number, so that every database orders
and compares it alike; a character alone is a pair with nothing before it.
"""

from collections.abc import Iterator
from itertools import islice, pairwise

from portal.text.normalise import comparable

SHIFT = 21  # A code point has at most 21 bits.
LINE = "\n"
# As many pairs of one word narrow a search down; the rest is compared with the text.
MOST_PAIRS = 8


def searchable(text: str) -> str:
    """Return letters and digits of a text in one spelling, line by line."""
    return LINE.join(filter(None, map(comparable, text.splitlines())))


def pairs(words: str) -> set[int]:
    """Return the pairs of a text that `searchable` made, and its characters."""
    return {pair for line in words.split(LINE) for pair in (*_pairs(line), *map(ord, line))}


def asked(typed: str) -> tuple[str, ...]:
    """Return the words of what somebody typed, spelled as in `searchable`, each once."""
    return tuple(dict.fromkeys(filter(None, map(comparable, typed.split()))))


def pairs_of_word(word: str) -> list[int]:
    """Return pairs that every text with this word has, or the character that it is."""
    return list(islice(_pairs(word), MOST_PAIRS)) or [ord(word)]


def _pairs(line: str) -> Iterator[int]:
    return ((ord(a) << SHIFT) + ord(b) for a, b in pairwise(line))
