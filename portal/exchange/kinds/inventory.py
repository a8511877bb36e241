"""What the sides tell each other after one of them was put back from a backup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import DESK, ID, PUBLIC

MAX_HELD = 500
# The desk raises its own revision above what it is told, and must be able to go on from there.
HIGHEST_HELD = 2**30
NO_PARTS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Restored:
    """The sender was put back from a backup: send again whatever it may have lost."""

    KIND: ClassVar[str] = "restored"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC, DESK})

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        Fields(data).end()
        return cls()

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return NO_PARTS


@dataclass(frozen=True)
class HeldCase:
    """A case that the sender knows, and the newest revision of its progress there."""

    case: str
    revision: int


@dataclass(frozen=True)
class Holding:
    """The cases that the public side knows; sent after the desk was put back."""

    KIND: ClassVar[str] = "holding"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    cases: tuple[HeldCase, ...]

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        cases = tuple(_held(one) for one in fields.objects("cases", most=MAX_HELD))
        fields.end()
        return cls(cases)

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"cases": [{"case": one.case, "revision": one.revision} for one in self.cases]}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return NO_PARTS


def _held(fields: Fields) -> HeldCase:
    held = HeldCase(fields.text("case", ID), fields.integer("revision", least=0, most=HIGHEST_HELD))
    fields.end()
    return held
