"""The words of the pages, by key, with their blanks filled."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType
from typing import Literal

BULLET = "·"

Block = tuple[Literal["list", "paragraphs"], list[str]]


class MissingText(KeyError):
    """No text has this key."""


class MissingPlaceholder(KeyError):
    """A text has a blank for which no value was given; the message names both."""


def text(key: str, **values: object) -> str:
    """Return the text of a key, its {blanks} filled; values without a blank are ignored.

    :raises MissingText: when there is no such key.
    :raises MissingPlaceholder: when a blank has no value.
    """
    try:
        template = _texts()[key]
    except KeyError as error:
        raise MissingText(key) from error
    try:
        return template.format_map(values)
    except KeyError as error:
        raise MissingPlaceholder(f"{key}: {error.args[0]}") from error


def paragraphs(key: str, **values: object) -> list[str]:
    """Return the text of a key as its paragraphs, one for each line; errors as for `text`."""
    return text(key, **values).split("\n")


def blocks(words: str) -> list[Block]:
    """Group the lines of a text into paragraphs and lists, in reading order.

    A line that begins with `·` is a list item and loses the mark; empty lines are dropped.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return [_block(bulleted, list(run)) for bulleted, run in groupby(lines, _is_bulleted)]


def keys() -> frozenset[str]:
    """Return every key that has a text."""
    return frozenset(_texts())


def _is_bulleted(line: str) -> bool:
    return line.startswith(BULLET)


def _block(bulleted: bool, lines: list[str]) -> Block:  # noqa: FBT001 - groupby's own key
    if bulleted:
        return "list", [line.removeprefix(BULLET).strip() for line in lines]
    return "paragraphs", lines


@cache
def _texts() -> Mapping[str, str]:
    document = files(__package__).joinpath("data/texts.json").read_text(encoding="utf-8")
    entries: dict[str, str] = json.loads(document)
    return MappingProxyType(
        {key: words for key, words in entries.items() if not key.startswith("_")}
    )
