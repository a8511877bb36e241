"""A report for the superior commission alone: no key of this commission opens any of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.sealing import age, documents
from portal.sealing.content import SUITE, ReportContent
from portal.sealing.documents import Json
from portal.sealing.manifest import Manifest
from portal.sealing.padding import pad_text

RECIPIENTS = ("superior", "superior_recovery")


@dataclass(frozen=True, kw_only=True)
class ForSuperior:
    """Everything that the superior gets: content and identity together.

    `identity` is None for an anonymous report. `receipt` is a random word that only somebody who
    opened this can know: sent back, it shows that the report has arrived. `handed_up` is None for
    what a citizen sealed here for the superior, and else what the desk had beside the report.
    """

    report: ReportContent
    identity: Mapping[str, str] | None
    reference: str
    received_on: date
    receipt: str
    handed_up: Mapping[str, Json] | None = None

    def to_bytes(self) -> bytes:
        """Return the document's one spelling; MalformedContent for half a character."""
        document = {
            "type": "superior_report",
            "suite": SUITE,
            "report": json.loads(self.report.to_bytes()),
            "identity": self.identity,
            "reference": self.reference,
            "received_on": self.received_on.isoformat(),
            "receipt": self.receipt,
        }
        beside = {} if self.handed_up is None else {"handed_up": self.handed_up}
        return documents.to_bytes(document | beside)


@dataclass(frozen=True, kw_only=True)
class LaterForSuperior:
    """What came with a reporter's code after the report had gone to the superior.

    `kind`, `data` (its JSON) and `parts` are those of the message; parts may be sealed to keys of
    this commission, and then only its recovery key opens them. `reference` and `text` are None
    where the sender does not know them. `receipt` is as in `ForSuperior`.
    """

    kind: str
    data: str
    parts: Mapping[str, bytes]
    receipt: str
    reference: str | None = None
    text: str | None = None

    def to_bytes(self) -> bytes:
        """Return the document's one spelling."""
        return documents.to_bytes(
            {
                "type": "superior_later",
                "suite": SUITE,
                "kind": self.kind,
                "data": json.loads(self.data),
                "parts": {name: documents.base64_text(part) for name, part in self.parts.items()},
                "receipt": self.receipt,
                "reference": self.reference,
                "text": self.text,
            }
        )


def seal_for_superior(content: ForSuperior | LaterForSuperior, manifest: Manifest) -> bytes:
    """Seal to the superior's key and the superior's own recovery key, and to no other."""
    recipients = [manifest.recipient(name) for name in RECIPIENTS]
    return age.encrypt(pad_text(content.to_bytes()), recipients)
