"""What a citizen sends later with the tracking code, signed by it: `reply` and `rating`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import ID, PUBLIC, SIGNATURE


@dataclass(frozen=True)
class Signed:
    """Parts `statement` (what was signed) and `words` (sealed), for one case.

    `signature` is Ed25519 by the case's signing key over the exact bytes of `statement`, 64 bytes.
    """

    SENDERS: ClassVar[frozenset[str]] = frozenset({PUBLIC})

    case: str
    signature: bytes

    @classmethod
    def read(cls, data: Mapping[str, Json]) -> Self:
        """Read the data of a message; BadSchema names the wrong member."""
        fields = Fields(data)
        signed = cls(
            case=fields.text("case", ID),
            signature=bytes.fromhex(fields.text("signature", SIGNATURE)),
        )
        fields.end()
        return signed

    def data(self) -> dict[str, Json]:
        """Return the data of the message."""
        return {"case": self.case, "signature": self.signature.hex()}

    @property
    def part_names(self) -> frozenset[str]:
        """The parts that the message must have."""
        return frozenset({"statement", "words"})


@dataclass(frozen=True)
class Reply(Signed):
    """The citizen's later words, sealed to whoever may open the report."""

    KIND: ClassVar[str] = "reply"


@dataclass(frozen=True)
class Rating(Signed):
    """How satisfied the citizen is: `words` holds the rating, sealed to the statistics key."""

    KIND: ClassVar[str] = "rating"
