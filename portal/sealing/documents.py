"""Small JSON documents with one spelling each, read strictly.

A document has exactly the fields its reader expects, sorted, without spaces, in UTF-8. Readers
take each field with its type; whatever does not fit is refused, never repaired.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from portal.sealing.errors import MalformedContent

SHA256 = re.compile(r"[0-9a-f]{64}")

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def to_bytes(document: Mapping[str, Json]) -> bytes:
    """Return the document's one spelling.

    :raises MalformedContent: when a text holds half of a surrogate pair.
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise MalformedContent("a text holds half a character") from error


def from_bytes(data: bytes) -> "Fields":
    """Return the fields of a document.

    :raises MalformedContent: when the bytes are no JSON object in its one spelling.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedContent("not a JSON document") from error
    if not isinstance(document, dict) or to_bytes(document) != data:
        raise MalformedContent("not a JSON object in its one spelling")
    return Fields(document)


class Fields:
    """The fields of a document, each taken once with its type; `end` refuses what is left."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        self._left = dict(document)

    def text(self, name: str) -> str:
        """Take a string."""
        return _text(self._take(name), name)

    def number(self, name: str) -> int:
        """Take a whole number."""
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise MalformedContent(f"{name} is not a whole number")
        return value

    def flag(self, name: str) -> bool:
        """Take true or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise MalformedContent(f"{name} is neither true nor false")
        return value

    def data(self, name: str) -> bytes:
        """Take bytes, written in base64."""
        text = self.text(name)
        try:
            value = b64decode(text, validate=True)
        except ValueError as error:
            raise MalformedContent(f"{name} is not base64") from error
        if base64_text(value) != text:
            raise MalformedContent(f"{name} is not canonical base64")
        return value

    def day(self, name: str) -> date:
        """Take a day, written 2026-11-20."""
        text = self.text(name)
        try:
            value = date.fromisoformat(text)
        except ValueError as error:
            raise MalformedContent(f"{name} is not a day") from error
        if value.isoformat() != text:
            raise MalformedContent(f"{name} is not a day in its one spelling")
        return value

    def fields(self, name: str) -> "Fields":
        """Take an object."""
        return _object(self._take(name), name)

    def each(self, name: str) -> list["Fields"]:
        """Take a list of objects."""
        return [_object(item, name) for item in self._items(name)]

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of strings."""
        return tuple(_text(item, name) for item in self._items(name))

    def optional_texts(self, name: str) -> dict[str, str] | None:
        """Take an object of strings, or null."""
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise MalformedContent(f"{name} is neither an object nor null")
        return {key: _text(item, name) for key, item in value.items()}

    def choice_if_any(self, name: str, choices: Collection[str]) -> str | None:
        """Take one of these strings, or None when there is no such field."""
        if name not in self._left:
            return None
        value = self.text(name)
        if value not in choices:
            raise MalformedContent(f"{name} is none of the choices")
        return value

    def hash_if_any(self, name: str) -> str | None:
        """Take a SHA-256 in hex, or None when there is no such field."""
        if name not in self._left:
            return None
        value = self.text(name)
        if not SHA256.fullmatch(value):
            raise MalformedContent(f"{name} is no SHA-256 in hex")
        return value

    def expect(self, name: str, value: str) -> None:
        """Take a string that must have this value."""
        if self.text(name) != value:
            raise MalformedContent(f"{name} is another one")

    def end(self) -> None:
        """Refuse fields that nobody took."""
        if self._left:
            raise MalformedContent(f"{len(self._left)} unknown fields")

    def _items(self, name: str) -> list[Json]:
        value = self._take(name)
        if not isinstance(value, list):
            raise MalformedContent(f"{name} is not a list")
        return value

    def _take(self, name: str) -> Json:
        try:
            return self._left.pop(name)
        except KeyError as error:
            raise MalformedContent(f"{name} is missing") from error


def _text(value: Json, name: str) -> str:
    if not isinstance(value, str):
        raise MalformedContent(f"{name} is not a text")
    return value


def _object(value: Json, name: str) -> Fields:
    if not isinstance(value, dict):
        raise MalformedContent(f"{name} is not an object")
    return Fields(value)


def base64_text(data: bytes) -> str:
    """Return the bytes as standard base64 text."""
    return b64encode(data).decode("ascii")
