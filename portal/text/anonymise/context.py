"""What stands around a place: the words that turn digits into somebody's number."""

import re

Pattern = re.Pattern[str]


def before(copy: str, start: int, reach: int, words: Pattern) -> bool:
    """Tell whether one of the words stands at most `reach` characters before a place."""
    return words.search(copy, max(0, start - reach), start) is not None


def after(copy: str, end: int, reach: int, words: Pattern) -> bool:
    """Tell whether one of the words stands at most `reach` characters after a place."""
    return words.search(copy, end, min(len(copy), end + reach)) is not None


def nearest(copy: str, start: int, reach: int, words: Pattern) -> str:
    """Return the last of the words within `reach` characters before a place, or nothing."""
    found = ""
    for match in words.finditer(copy, max(0, start - reach), start):
        found = match.group()
    return found
