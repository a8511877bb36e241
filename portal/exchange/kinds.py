"""What each kind of message says: typed records, read strictly from a message's data.

A new kind needs a record here, its name in `registry`, a schema in docs/exchange and a handler.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.refusals import BadSchema

ID = re.compile(r"[0-9a-f]{32}")
REFERENCE = re.compile(r"[1-9][0-9]{7}")
WORD = re.compile(r"[a-z][a-z0-9_]{0,31}")
KEY_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
REPLY_PART = re.compile(r"reply-[1-9][0-9]{0,2}")

PUBLIC = "public"
DESK = "desk"

MAX_STEPS = 500
MAX_REPLIES = 50
MAX_KEYS = 16
MAX_RECEIPTED = 500


class Record(Protocol):
    """The data of one kind of message."""

    KIND: ClassVar[str]
    SENDERS: ClassVar[frozenset[str]]

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        ...

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        ...

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have, no more and no fewer."""
        ...


@dataclass(frozen=True)
class Report:
    """A report: part `content` sealed to intake and recovery, part `identity` to B, then to A.

    `case` is the random id under which everything about this report travels; `keys` gives the
    key id for each of the recipients' names in the manifest, `intake` at least.
    """

    KIND: ClassVar[str] = "report"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    case: str
    reference: str
    keys: Mapping[str, str]

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        report = cls(
            case=fields.text("case", ID),
            reference=fields.text("reference", REFERENCE),
            keys=_key_ids(fields.object("keys")),
        )
        fields.end()
        return report

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"case": self.case, "reference": self.reference, "keys": dict(self.keys)}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset({"content", "identity"})


@dataclass(frozen=True)
class Reply:
    """The citizen's later words: parts `statement` (what was signed) and `words` (sealed).

    `signature` is Ed25519 by the case's signing key over the exact bytes of `statement`, 64 bytes.
    """

    KIND: ClassVar[str] = "reply"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    case: str
    signature: bytes

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        reply = cls(
            case=fields.text("case", ID),
            signature=bytes.fromhex(fields.text("signature", SIGNATURE)),
        )
        fields.end()
        return reply

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"case": self.case, "signature": self.signature.hex()}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset({"statement", "words"})


@dataclass(frozen=True)
class Step:
    """A state of the vocabulary that the case reached on a day."""

    state: str
    on: date


@dataclass(frozen=True)
class SealedReply:
    """Where the desk's words of a day are: part `part`, sealed to the reporter's reply key."""

    part: str
    purpose: str
    on: date


@dataclass(frozen=True)
class Progress:
    """All that a citizen may see of a case, as a snapshot; a lower revision is out of date.

    `steps` ends with the present state; `due` is the day the page names, provisional when the
    year's working days are not announced yet.
    """

    KIND: ClassVar[str] = "progress"
    SENDERS: ClassVar[frozenset[str]] = frozenset({DESK})

    case: str
    revision: int
    steps: tuple[Step, ...]
    due: date | None = None
    due_provisional: bool = False
    flags: tuple[str, ...] = ()
    replies: tuple[SealedReply, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        progress = cls(
            case=fields.text("case", ID),
            revision=fields.integer("revision", least=1, most=2**31 - 1),
            steps=_steps(fields),
            due=fields.day_or_none("due"),
            due_provisional=fields.boolean("due_provisional"),
            flags=fields.texts("flags", WORD, most=MAX_STEPS),
            replies=_replies(fields),
        )
        fields.end()
        return progress

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {
            "case": self.case,
            "revision": self.revision,
            "steps": [{"state": one.state, "on": one.on.isoformat()} for one in self.steps],
            "due": self.due.isoformat() if self.due else None,
            "due_provisional": self.due_provisional,
            "flags": list(self.flags),
            "replies": [
                {"part": one.part, "purpose": one.purpose, "on": one.on.isoformat()}
                for one in self.replies
            ],
        }

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset(reply.part for reply in self.replies)

    @property
    def now(self) -> Step:
        """The present state and since when."""
        return self.steps[-1]


@dataclass(frozen=True)
class Receipt:
    """The messages that the receiver keeps durably; level `safe` = in a backup or replica too."""

    KIND: ClassVar[str] = "receipt"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC, DESK})

    level: str
    ids: tuple[str, ...]

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        receipt = cls(
            level=fields.text("level", re.compile("stored|safe")),
            ids=fields.texts("ids", ID, most=MAX_RECEIPTED),
        )
        if not receipt.ids:
            raise BadSchema("ids")
        fields.end()
        return receipt

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"level": self.level, "ids": list(self.ids)}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset()


def _key_ids(keys: Mapping[str, Json]) -> dict[str, str]:
    fields = Fields(keys, "keys")
    names = [name for name in keys if WORD.fullmatch(name)]
    if "intake" not in names or len(names) > MAX_KEYS:
        raise BadSchema("keys")
    ids = {name: fields.text(name, KEY_ID) for name in names}
    fields.end()
    return ids


def _steps(data: Fields) -> tuple[Step, ...]:
    steps = []
    for fields in data.objects("steps", most=MAX_STEPS):
        steps.append(Step(state=fields.text("state", WORD), on=fields.day("on")))
        fields.end()
    if not steps:
        raise BadSchema("steps")
    return tuple(steps)


def _replies(data: Fields) -> tuple[SealedReply, ...]:
    replies = []
    for fields in data.objects("replies", most=MAX_REPLIES):
        replies.append(
            SealedReply(
                part=fields.text("part", REPLY_PART),
                purpose=fields.text("purpose", WORD),
                on=fields.day("on"),
            )
        )
        fields.end()
    if len({reply.part for reply in replies}) != len(replies):
        raise BadSchema("replies")
    return tuple(replies)
