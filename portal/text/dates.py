"""Days as people type them at a keyboard: 20261118, 2026-11-18, 2026年11月18日, 11.18."""

import re
import unicodedata
from datetime import date

BETWEEN = re.compile(r"[\s\-－–—./、年月日号]+")
TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class NoDay(Exception):
    """The text names no day of the calendar."""


def typed_day(text: str, today: date) -> date:
    """Return the day that a text names; without a year, the latest such day that has come.

    :raises NoDay: when it names none.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    whole = TOGETHER.fullmatch(plain)
    groups = whole.groups() if whole else [part for part in BETWEEN.split(plain) if part]
    numbers = [int(part) for part in groups if part.isascii() and part.isdigit() and len(part) <= 4]
    if len(numbers) != len(groups) or len(numbers) not in {2, 3}:
        raise NoDay
    if len(numbers) == 3:
        return _day(*numbers)
    return _latest(*numbers, today=today)


def _latest(month: int, day: int, *, today: date) -> date:
    # 29 February comes every fourth year; whoever means an older one types the year.
    for year in (today.year, today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise NoDay


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoDay from error
