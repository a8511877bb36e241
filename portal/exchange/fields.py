"""Strict reading of JSON from the other side: what is wrong, missing or extra is refused."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Never, TypeAlias

from portal.exchange.refusals import BadSchema

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_json(data: bytes) -> Json:
    """Parse UTF-8 JSON.

    :raises ValueError: for anything malformed, for a member named twice, for NaN and infinities,
        and for nesting beyond what the parser can follow.
    """
    try:
        parsed: Json = json.loads(
            data.decode(), parse_constant=_refuse_constant, object_pairs_hook=_unique_members
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return parsed


def dump_json(value: Json) -> bytes:
    """Return compact UTF-8 JSON with sorted members and no line break."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


class Fields:
    """The members of one JSON object; each is taken once, and `end` refuses what is left.

    Every method raises BadSchema with the member's name.
    """

    def __init__(self, value: Json, name: str = "data") -> None:
        if not isinstance(value, Mapping):
            raise BadSchema(name)
        self._name = name
        self._left = dict(value)

    def text(self, name: str, pattern: re.Pattern[str]) -> str:
        """Take a string that matches the whole pattern."""
        value = self._take(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise BadSchema(name)
        return value

    def text_or_none(self, name: str, pattern: re.Pattern[str]) -> str | None:
        """Take a string that matches the whole pattern, or null."""
        if self._left.get(name, "") is None:
            self._take(name)
            return None
        return self.text(name, pattern)

    def constant(self, name: str, expected: str) -> None:
        """Take a string that must be the expected one."""
        if self._take(name) != expected:
            raise BadSchema(name)

    def integer(self, name: str, *, least: int, most: int) -> int:
        """Take an integer between both bounds, which are included."""
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise BadSchema(name)
        return value

    def boolean(self, name: str) -> bool:
        """Take true or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise BadSchema(name)
        return value

    def day(self, name: str) -> date:
        """Take a calendar day, written 2026-11-20."""
        return parse_day(self.text(name, DAY), name)

    def day_or_none(self, name: str) -> date | None:
        """Take a calendar day or null."""
        if self._left.get(name, "") is None:
            self._take(name)
            return None
        return self.day(name)

    def texts(self, name: str, pattern: re.Pattern[str], *, most: int) -> tuple[str, ...]:
        """Take a list of at most so many different strings that match the pattern."""
        values = self._list(name, most)
        found = tuple(v for v in values if isinstance(v, str) and pattern.fullmatch(v))
        if len(found) != len(values) or len(set(found)) != len(found):
            raise BadSchema(name)
        return found

    def objects(self, name: str, *, most: int) -> Iterator["Fields"]:
        """Take a list of at most so many objects."""
        return (Fields(value, name) for value in self._list(name, most))

    def object(self, name: str) -> Mapping[str, Json]:
        """Take an object whose members the caller checks."""
        value = self._take(name)
        if not isinstance(value, Mapping):
            raise BadSchema(name)
        return value

    def has(self, name: str) -> bool:
        """Tell whether a member is still there."""
        return name in self._left

    def end(self) -> None:
        """Refuse members that nobody took: they could carry what nobody checked."""
        if self._left:
            raise BadSchema(f"{self._name} has more members")

    def _take(self, name: str) -> Json:
        if name not in self._left:
            raise BadSchema(name)
        return self._left.pop(name)

    def _list(self, name: str, most: int) -> Sequence[Json]:
        value = self._take(name)
        if not isinstance(value, list) or len(value) > most:
            raise BadSchema(name)
        return value


def parse_day(text: str, name: str) -> date:
    """Return the day that a text of the right shape names; BadSchema for 2026-02-30."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadSchema(name) from error


def _unique_members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _refuse_constant(_name: str) -> Never:
    raise ValueError("not a JSON number")
