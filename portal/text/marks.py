"""Characters that cannot be seen, made visible: they can turn or hide what a clerk reads.

Bidirectional controls show a text in another order than it was written; zero-width characters
hide a difference between two names. They are shown as a label instead of being printed.
Source of the code points: Unicode Technical Report 36, Standard Annex 9, and the property
Default_Ignorable_Code_Point of Unicode 15.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

KEPT = frozenset("\n\t")
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and marks by category, yet blank on every screen.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# They choose the form of the character before them: an ideograph or a symbol.
SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
SELECTABLE_CATEGORIES = frozenset({"Lo", "So"})
NAMES = {
    "\u061c": "阿拉伯文方向符",
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
    "\u202a": "从左到右嵌入",
    "\u202b": "从右到左嵌入",
    "\u202c": "方向结束",
    "\u202d": "强制从左到右",
    "\u202e": "强制从右到左",
    "\u2060": "零宽连接",
    "\u2066": "从左到右隔离",
    "\u2067": "从右到左隔离",
    "\u2068": "自动方向隔离",
    "\u2069": "隔离结束",
    "\ufeff": "零宽不换行空格",
}


@dataclass(frozen=True)
class Run:
    """A stretch of text as it may be printed; or, with `hidden`, the label of one character."""

    text: str
    hidden: bool = False


def runs(text: str) -> list[Run]:
    """Split a text into printable stretches and labels of the characters that cannot be seen.

    Variation selectors after an ideograph or a symbol stay: they choose the form of a rare name's
    character. Anywhere else they only hide that two words differ.
    """
    return list(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    start = 0
    for position, (before, character) in enumerate(pairwise(" " + text)):
        if not _is_hidden(character, before):
            continue
        if start < position:
            yield Run(text[start:position])
        yield Run(_label(character), hidden=True)
        start = position + 1
    if start < len(text):
        yield Run(text[start:])


def _is_hidden(character: str, before: str) -> bool:
    if character in KEPT:
        return False
    if character in SELECTORS:
        return unicodedata.category(before) not in SELECTABLE_CATEGORIES
    return character in BLANK or unicodedata.category(character) in HIDDEN_CATEGORIES


def _label(character: str) -> str:
    name = NAMES.get(character, "看不见的字符")
    return f"{name} U+{ord(character):04X}"
