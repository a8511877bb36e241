"""Claim slips: what the desk says of a slip it printed, and what comes back when one is used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.progress import Step
from portal.exchange.kinds.records import DESK, ID, KEY_ID, REFERENCE, WORD
from portal.exchange.kinds.signed import Signed

LOOKUP = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Claimable:
    """A case that its reporter cannot follow yet, and the hash that finds it by the slip's code.

    A higher `number` voids the slips before it; `now` is where the case stands.
    """

    KIND: ClassVar[str] = "claimable"
    SENDERS: ClassVar[frozenset[str]] = frozenset({DESK})

    case: str
    number: int
    reference: str
    received_on: date
    lookup: str
    pepper: str
    now: Step

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        claimable = cls(
            case=fields.text("case", ID),
            number=fields.integer("number", least=1, most=2**31 - 1),
            reference=fields.text("reference", REFERENCE),
            received_on=fields.day("received_on"),
            lookup=fields.text("lookup", LOOKUP),
            pepper=fields.text("pepper", KEY_ID),
            now=Step(state=fields.text("state", WORD), on=fields.day("state_on")),
        )
        fields.end()
        return claimable

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {
            "case": self.case,
            "number": self.number,
            "reference": self.reference,
            "received_on": self.received_on.isoformat(),
            "lookup": self.lookup,
            "pepper": self.pepper,
            "state": self.now.state,
            "state_on": self.now.on.isoformat(),
        }

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset()


@dataclass(frozen=True)
class Claimed(Signed):
    """A slip was exchanged: part `keys` has the reporter's own, signed by the slip's code."""

    KIND: ClassVar[str] = "claimed"

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset({"statement", "keys"})
