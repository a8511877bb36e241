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
# A county that releases one notice a day fills this in fifty years.
MAX_LIVE = 20_000


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
    """Everything that is shown of notices, tombstones too; sent daily and on change."""

    KIND: ClassVar[str] = "live"
    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    notices: tuple[LiveNotice, ...]

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        notices = tuple(_live(one) for one in fields.objects("notices", most=MAX_LIVE))
        if len({one.notice for one in notices}) != len(notices):
            raise BadSchema("notices")
        fields.end()
        return cls(notices)

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {
            "notices": [
                {"notice": one.notice, "version": one.version, "digest": one.digest}
                for one in self.notices
            ]
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
