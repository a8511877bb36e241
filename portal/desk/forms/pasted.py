"""Lists that are pasted as lines: cells by comma or tab, and what is wrong told by line."""

import csv
from collections.abc import Sequence

from wtforms import ValidationError

TOLD_AT_ONCE = 8


class BadLine(Exception):
    """A line that cannot be read; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


def lines(typed: str) -> list[tuple[int, list[str]]]:
    """Return number and cells of each line that is not empty."""
    numbered = enumerate(typed.lstrip("\N{BOM}").split("\n"), start=1)
    found = ((number, _cells(line)) for number, line in numbered)
    return [(number, cells) for number, cells in found if any(cells)]


def refuse(wrong: Sequence[str]) -> None:
    """Name the lines that cannot be read together, the first eight of them.

    :raises wtforms.ValidationError: when there are any.
    """
    if wrong:
        more = len(wrong) - TOLD_AT_ONCE
        rest = f"；另外还有{more}行" if more > 0 else ""
        raise ValidationError("；".join(wrong[:TOLD_AT_ONCE]) + rest)


def _cells(line: str) -> list[str]:
    separator = "\t" if "\t" in line else ","
    (cells,) = csv.reader([line.replace("，", ",")], delimiter=separator)
    return [cell.strip() for cell in cells] or [""]
