"""Texts as they are counted, compared and looked up."""

import re
import unicodedata

FULL_WIDTH_DIGITS = {ord("０") + n: ord("0") + n for n in range(10)}
SPACES_AND_DASHES = re.compile(r"[\s\-－–—‐·.]+")


def newlines(text: str) -> str:
    """Return the text with every line end (CRLF, CR) as LF; otherwise unchanged."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def ascii_digits(text: str) -> str:
    """Return a number as typed by hand (full-width, spaced, hyphenated) as plain characters.

    Only digits are translated, and only spaces, dots and dashes are dropped: whatever else was
    typed stays, so that a caller can still refuse it.
    """
    return SPACES_AND_DASHES.sub("", text.translate(FULL_WIDTH_DIGITS))


def comparable(text: str) -> str:
    """Return a text as names are compared in it: letters and digits alone, in one width and case.

    So 张 三, 张、三 and full-width spellings are found alike; what is found may span a pause.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())
