"""Notices: what the desk releases, and what the public side says it shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import DESK, ID, PUBLIC
from portal.exchange.refusals import BadSchema

DIGEST = re.compile(r"[0-9a-f]{64}")
MAX_VERSION = 2**31 - 1
MAX_LIVE = 20_000  # In one message; more notices take more messages.
LEAST_ID, GREATEST_ID = "0" * 32, "f" * 32


@dataclass(frozen=True)
class Publication:
    """A version of a notice: part `document` is what the desk signed, exactly as it is kept.

    A version that is not higher than the one that is there changes nothing.
    """

    KIND: ClassVar[str] = "publication"
    SENDERS: ClassVar[frozenset[str]] = frozenset({DESK})

    notice: str
    version: int

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        publication = cls(
            notice=fields.text("notice", ID),
            version=fields.integer("version", least=1, most=MAX_VERSION),
        )
        fields.end()
        return publication

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"notice": self.notice, "version": self.version}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset({"document"})


@dataclass(frozen=True)
class LiveNotice:
    """A notice that is shown: `digest` is the SHA-256 of its part `document`, in hexadecimal."""

    notice: str
    version: int
    digest: str


@dataclass(frozen=True)
class Live:
    """Everything that is shown of notices, tombstones too; sent daily and on change.

    It speaks for the ids from `first` to `last` and for no others: each message can be compared
    as it comes, and what is left out between the two is not shown.
    """

    KIND: ClassVar[str] = "live"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    notices: tuple[LiveNotice, ...]
    first: str = LEAST_ID
    last: str = GREATEST_ID

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        notices = tuple(_live(one) for one in fields.objects("notices", most=MAX_LIVE))
        first = fields.text("first", ID) if fields.has("first") else LEAST_ID
        last = fields.text("last", ID) if fields.has("last") else GREATEST_ID
        ids = {one.notice for one in notices}
        if len(ids) != len(notices) or any(not first <= one <= last for one in ids):
            raise BadSchema("notices")
        fields.end()
        return cls(notices, first, last)

    def data(self) -> dict[str, Json]:
        """Return the data of the message; one that speaks for all ids names no ends."""
        ends = {"first": self.first, "last": self.last}
        return {
            "notices": [
                {"notice": one.notice, "version": one.version, "digest": one.digest}
                for one in self.notices
            ],
            **({} if (self.first, self.last) == (LEAST_ID, GREATEST_ID) else ends),
        }

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset()


def _live(fields: Fields) -> LiveNotice:
    live = LiveNotice(
        notice=fields.text("notice", ID),
        version=fields.integer("version", least=1, most=MAX_VERSION),
        digest=fields.text("digest", DIGEST),
    )
    fields.end()
    return live
