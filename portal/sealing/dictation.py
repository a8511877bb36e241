"""Finding the digits of a tracking code in what a person typed, pasted or wrote from dictation.

Works on text alone and knows nothing of check digits: it gives every reading that the text
allows, as strings of digits and `*` for a digit that could not be read. Nothing is cut off.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import product

UNREADABLE = "*"

_BREAK = "a"
_MARKS = frozenset("*?x#×＊？ｘ＃XＸ")
_DIGIT_WORDS = dict(zip("〇○零洞一幺二两兩三四五六七八九", "0000112223456789", strict=True))
_GROUP_LABEL = re.compile(r"第\s*[一二三四五六1-6１-６]\s*组")
_LATIN_WORD = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]+")
_UNREADABLE_WORD = re.compile(r"[xXｘＸ]+")


def readings(text: str) -> list[str]:
    """Return every reading of the text, likelier ones first, without repetitions.

    Letters and words break a reading; spaces and punctuation do not. Lines are read together and
    one by one, because a receipt may carry another number on the next line. A mark at either end
    may be an unreadable digit or the sentence's own question mark, and 一 beside a digit may be
    the word that follows the code, so both readings are given.
    """
    found = [
        reading
        for symbols in (_symbols(text, _DIGIT_WORDS), _symbols(text, {}))
        for run in symbols.split(_BREAK)
        for piece in [run, *run.splitlines()]
        for reading in _with_and_without_edge_marks("".join(piece.split()))
    ]
    return list(dict.fromkeys(filter(_has_digit, found)))


def _with_and_without_edge_marks(places: str) -> Iterator[str]:
    for left, right in product((False, True), repeat=2):
        reading = places.lstrip(UNREADABLE) if left else places
        yield reading.rstrip(UNREADABLE) if right else reading


def _symbols(text: str, words: Mapping[str, str]) -> str:
    """Return the text as digits, `*`, white space and breaks; `words` are words for digits."""
    text = _LATIN_WORD.sub(_only_unreadable, _GROUP_LABEL.sub(" ", text))
    return "".join(words.get(character) or _symbol(character) for character in text)


def _only_unreadable(word: re.Match[str]) -> str:
    """Keep `x` and `xx` as marks, but not the x inside an address or a name."""
    return word.group() if _UNREADABLE_WORD.fullmatch(word.group()) else _BREAK


def _symbol(character: str) -> str:
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    if character in _MARKS:
        return UNREADABLE
    if character in "\r\n":
        return "\n"
    return _BREAK if character.isalnum() else " "


def _has_digit(reading: str) -> bool:
    return reading.strip(UNREADABLE) != ""
