"""`report`: what a citizen filed, sealed to the people who may open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from portal.exchange.fields import Fields, Json
from portal.exchange.kinds.records import ID, KEY_ID, PUBLIC, REFERENCE, WORD
from portal.exchange.refusals import BadSchema

MAX_KEYS = 16


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


def _key_ids(keys: Mapping[str, Json]) -> dict[str, str]:
    fields = Fields(keys, "keys")
    names = [name for name in keys if WORD.fullmatch(name)]
    if "intake" not in names or len(names) > MAX_KEYS:
        raise BadSchema("keys")
    ids = {name: fields.text(name, KEY_ID) for name in names}
    fields.end()
    return ids
