"""`progress`: all that a citizen may see of a case, as the desk tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import DESK, ID, REPLY_PART, WORD
from portal.exchange.refusals import BadSchema

MAX_STEPS = 500
MAX_REPLIES = 50


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
