"""`receipt`: which messages the receiver keeps durably."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import DESK, ID, PUBLIC
from portal.exchange.refusals import BadSchema

MAX_RECEIPTED = 500


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
