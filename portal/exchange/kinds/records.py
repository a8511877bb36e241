"""What every kind of message has, and the forms of its members."""

import re
from collections.abc import Mapping
from typing import ClassVar, Protocol, Self

from portal.exchange.fields import Json

ID = re.compile(r"[0-9a-f]{32}")
REFERENCE = re.compile(r"[1-9][0-9]{7}")
WORD = re.compile(r"[a-z][a-z0-9_]{0,31}")
KEY_ID = re.compile(r"[0-9A-Za-z._-]{1,64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")
REPLY_PART = re.compile(r"reply-[1-9][0-9]{0,2}")

PUBLIC = "public"
DESK = "desk"


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
