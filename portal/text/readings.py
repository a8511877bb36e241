"""What a reader sees of clean HTML, character by character, and where each character stands in it.

Findings are made in what is read and put right in what is kept: a name that is half bold, or has
its characters written as entities, is one name here.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PIECE = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>|&#?[a-zA-Z0-9]+;|〔(?P<token>.)〕|.", re.DOTALL)
BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "li", "table", "caption", "tr", "td", "th", "br"})
ADDRESS = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True)
class Place:
    """Where a character was read: in which field, from where to where; None for what is no text."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text as it is read; `places` has one entry for each of its characters."""

    text: str
    places: tuple[Place | None, ...]

    def __add__(self, other: "Reading") -> "Reading":
        """Return both, one after the other, on lines of their own."""
        if not self.text or not other.text:
            return self if self.text else other
        return Reading(f"{self.text}\n{other.text}", (*self.places, None, *other.places))


NOTHING = Reading("", ())


def read(field: str, source: str, spoken: Callable[[str], str] = "〔{}〕".format) -> Reading:
    """Read clean HTML; a token is read as what `spoken` makes of it."""
    characters: list[str] = []
    places: list[Place | None] = []
    for character, place in _characters(field, source, spoken):
        if character == "\n" and (not characters or characters[-1] == "\n"):
            continue
        characters.append(character)
        places.append(place)
    while characters and characters[-1] == "\n":
        characters.pop()
        places.pop()
    return Reading("".join(characters), tuple(places))


def addresses(source: str) -> list[str]:
    """Return the addresses that clean HTML links to."""
    return [html.unescape(found) for found in ADDRESS.findall(source)]


def put(source: str, places: list[Place], text: str) -> str:
    """Return a source in which the characters at these places of it became the text.

    Tags between them stay, so that the HTML stays whole.
    """
    first, *others = sorted(places, key=lambda place: place.start)
    for place in reversed(others):
        source = source[: place.start] + source[place.end :]
    return source[: first.start] + html.escape(text, quote=False) + source[first.end :]


def _characters(
    field: str, source: str, spoken: Callable[[str], str]
) -> Iterator[tuple[str, Place | None]]:
    for piece in PIECE.finditer(source):
        place = Place(field, piece.start(), piece.end())
        if piece["token"]:
            yield from ((one, None) for one in spoken(piece["token"]))
        elif piece[2]:
            if piece[2] in BLOCKS:
                yield "\n", None
        else:
            yield from ((one, place) for one in html.unescape(piece[0]))
