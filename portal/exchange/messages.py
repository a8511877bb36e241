"""A message, and its form as a CloudEvent whose data list the digest of every part.

Source of the form: CloudEvents 1.0, JSON event format; `sequence` as in its sequence extension.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from portal.exchange.fields import Fields, Json, dump_json, parse_day, parse_json
from portal.exchange.kinds import DESK, ID, PUBLIC, Receipt, check
from portal.exchange.refusals import BadSchema, PartMismatch
from portal.sealing.content import SUITE

TYPE_PREFIX = "cn.portal."
TYPE = re.compile(re.escape(TYPE_PREFIX) + r"[a-z][a-z0-9_]{0,31}\.v[1-9][0-9]{0,2}")
SOURCE = re.compile(f"{PUBLIC}|{DESK}")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")
EPOCH = re.compile(r"[0-9a-f]{16}")
SEQUENCE = re.compile(r"[0-9]{10}")
PART = re.compile(r"[a-z][a-z0-9-]{0,31}")
DIGEST = re.compile(r"[0-9a-f]{64}")

MAX_PARTS = 64
MAX_PART_BYTES = 2**31 - 1


@dataclass(frozen=True)
class Message:
    """One message between the houses; `day` is its time, as the county counts days.

    `epoch` and `sequence` are its place in the sender's stream: `""` and 0 before the first
    hand-over, and always for receipts, which stand outside the stream.
    """

    id: str
    kind: str
    source: str
    day: date
    data: Mapping[str, Json]
    parts: Mapping[str, bytes]
    epoch: str = ""
    sequence: int = 0

    def placed(self, epoch: str, sequence: int) -> Self:
        """Return the message with its place in the sender's stream."""
        return replace(self, epoch=epoch, sequence=sequence)

    def check(self) -> None:
        """Check data, sender and parts against the kind; raises UnknownKind or BadSchema."""
        check(self.kind, self.source, self.data, frozenset(self.parts))

    @property
    def case(self) -> str | None:
        """The case that the message is about, when it is about one."""
        case = self.data.get("case")
        return case if isinstance(case, str) and ID.fullmatch(case) else None

    @property
    def is_receipt(self) -> bool:
        """Whether this acknowledges messages, and so is not acknowledged itself."""
        return self.kind == Receipt.KIND

    @property
    def body(self) -> bytes:
        """The bytes of all parts, in the order of the event's list."""
        return b"".join(self.parts.values())

    def to_event(self) -> bytes:
        """Return the CloudEvent as JSON."""
        event: dict[str, Json] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": f"{TYPE_PREFIX}{self.kind}.v1",
            "time": f"{self.day.isoformat()}T00:00:00Z",
            "datacontenttype": "application/json",
            "suite": SUITE,
            "data": {**self.data, "parts": [_listed(*part) for part in self.parts.items()]},
        }
        if self.sequence:
            event |= {"epoch": self.epoch, "sequence": f"{self.sequence:010}"}
        return dump_json(event)

    @classmethod
    def from_event(cls, event: bytes, body: bytes) -> Self:
        """Read a CloudEvent and cut the body into the parts that it lists.

        The data are as they came: `check` compares them with the kind.

        :raises BadSchema: when the event itself is not as the envelope's schema asks.
        :raises PartMismatch: when the body is not exactly the listed parts.
        """
        try:
            fields = Fields(parse_json(event), "event")
        except ValueError as error:
            raise BadSchema("event") from error
        return cls._read(fields, body)

    @classmethod
    def _read(cls, fields: Fields, body: bytes) -> Self:
        fields.constant("specversion", "1.0")
        fields.constant("datacontenttype", "application/json")
        fields.constant("suite", SUITE)
        data = dict(fields.object("data"))
        message = cls(
            id=fields.text("id", ID),
            kind=_kind(fields.text("type", TYPE)),
            source=fields.text("source", SOURCE),
            day=parse_day(fields.text("time", TIME)[:10], "time"),
            parts=_cut(Fields({"parts": data.pop("parts", None)}), body),
            data=data,
        )
        placed = message.placed(*_place(fields)) if fields.has("sequence") else message
        fields.end()
        return placed


def _place(fields: Fields) -> tuple[str, int]:
    epoch = fields.text("epoch", EPOCH)
    sequence = int(fields.text("sequence", SEQUENCE))
    if not 1 <= sequence < 2**31:
        raise BadSchema("sequence")
    return epoch, sequence


def _kind(event_type: str) -> str:
    name, version = event_type.removeprefix(TYPE_PREFIX).split(".v")
    # A version that is not known here is a kind that is not known here.
    return name if version == "1" else f"{name}.v{version}"


def _listed(name: str, content: bytes) -> dict[str, Json]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _cut(fields: Fields, body: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    start = 0
    for listed in fields.objects("parts", most=MAX_PARTS):
        name = listed.text("name", PART)
        size = listed.integer("size", least=0, most=MAX_PART_BYTES)
        digest = listed.text("sha256", DIGEST)
        listed.end()
        content = body[start : start + size]
        start += size
        if name in parts or hashlib.sha256(content).hexdigest() != digest:
            raise PartMismatch
        parts[name] = content
    if start != len(body):
        raise PartMismatch
    return parts
