"""A copy of a text of the same length, in which one thing is written in one way.

Every place in the copy is the same place in the text, so finders read the copy and report places
of the text: wide characters are narrow, dashes and blanks are alike, traditional characters that
occur in names are simplified.
"""

import unicodedata
from importlib import resources

DASHES = "‐‑‒–—―−－ー﹣─"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
BLANK = " "
NUMERALS = str.maketrans(
    "〇零○Ｏ一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖",
    "000012345678912123456789",
)


def simplified() -> dict[str, str]:
    """Return which simplified character a traditional one stands for, where names use it."""
    page = resources.files(__package__).joinpath("data/traditional.txt").read_text("utf-8")
    pairs = (pair for line in page.splitlines() if line[:1] != "#" for pair in line.split())
    return {pair[0]: pair[1] for pair in pairs}


class _Folded(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __init__(self) -> None:
        super().__init__({ord(old): new for old, new in simplified().items()})
        self.update(dict.fromkeys(map(ord, DASHES), "-"))
        self.update(dict.fromkeys(map(ord, INVISIBLE), BLANK))

    def __missing__(self, code: int) -> str:
        character = chr(code)
        narrow = unicodedata.normalize("NFKC", character)
        if len(narrow) != 1:
            narrow = character
        if narrow != "\n" and narrow.isspace():
            narrow = BLANK
        self[code] = narrow
        return narrow


_TABLE = _Folded()


def folded(text: str) -> str:
    """Return the copy of a text in which finders read; it has the same length."""
    return text.translate(_TABLE)


def with_digits(copy: str) -> str:
    """Return a folded copy in which Chinese numerals are digits too: 一三九 is 139."""
    return copy.translate(NUMERALS)
