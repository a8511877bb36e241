"""A report for the superior commission alone: no key of this commission opens any of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.sealing import age, documents
from portal.sealing.content import SUITE, ReportContent
from portal.sealing.manifest import Manifest
from portal.sealing.padding import pad_text

RECIPIENTS = ("superior", "superior_recovery")


@dataclass(frozen=True, kw_only=True)
class ForSuperior:
    """Everything that the superior gets: content and identity together.

    `identity` is None for an anonymous report. `receipt` is a random word that only somebody who
    opened this can know: sent back, it shows that the report has arrived.
    """

    report: ReportContent
    identity: Mapping[str, str] | None
    reference: str
    received_on: date
    receipt: str

    def to_bytes(self) -> bytes:
        """Return the document's one spelling; MalformedContent for half a character."""
        return documents.to_bytes(
            {
                "type": "superior_report",
                "suite": SUITE,
                "report": json.loads(self.report.to_bytes()),
                "identity": self.identity,
                "reference": self.reference,
                "received_on": self.received_on.isoformat(),
                "receipt": self.receipt,
            }
        )


def seal_for_superior(content: ForSuperior, manifest: Manifest) -> bytes:
    """Seal to the superior's key and the superior's own recovery key, and to no other."""
    recipients = [manifest.recipient(name) for name in RECIPIENTS]
    return age.encrypt(pad_text(content.to_bytes()), recipients)
