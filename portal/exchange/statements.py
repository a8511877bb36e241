"""What a citizen's code signs: a statement that binds words to one case, purpose and act.

The desk keeps the exact bytes beside the signature. The random act id makes each statement count
once, so the public host cannot say again what was said before.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from portal.exchange.fields import Fields, Json, dump_json, parse_json
from portal.exchange.kinds import ID, WORD
from portal.exchange.refusals import BadSchema

REPLY = "reply"
ADD = "add"
WITHDRAW = "withdraw"
REVIEW = "review"
# What a citizen can say with the code. Signed words of any other purpose count as nobody's.
PURPOSES = frozenset({REPLY, ADD, WITHDRAW, REVIEW})

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Statement:
    """One act of a citizen on one case; `words_sha256` is that of the sealed words, in hex."""

    act: str
    case: str
    purpose: str
    on: date
    words_sha256: str

    @classmethod
    def about(cls, words: bytes, *, act: str, case: str, purpose: str, on: date) -> Self:
        """Make the statement that covers these sealed words."""
        return cls(act, case, purpose, on, hashlib.sha256(words).hexdigest())

    def to_bytes(self) -> bytes:
        """Return the bytes to sign."""
        return dump_json(
            {
                "act": self.act,
                "case": self.case,
                "purpose": self.purpose,
                "on": self.on.isoformat(),
                "words_sha256": self.words_sha256,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read signed bytes; BadSchema when they are no statement."""
        try:
            members: Json = parse_json(data)
        except ValueError as error:
            raise BadSchema("statement") from error
        return cls._read(members if isinstance(members, Mapping) else {})

    @classmethod
    def _read(cls, members: Mapping[str, Json]) -> Self:
        fields = Fields(members, "statement")
        statement = cls(
            act=fields.text("act", ID),
            case=fields.text("case", ID),
            purpose=fields.text("purpose", WORD),
            on=fields.day("on"),
            words_sha256=fields.text("words_sha256", DIGEST),
        )
        fields.end()
        return statement

    def covers(self, words: bytes) -> bool:
        """Tell whether these are the sealed words that were signed."""
        return hashlib.sha256(words).hexdigest() == self.words_sha256
