"""Sealing what citizens and staff write to the people who may read it.

Everything is padded before it is sealed, so that a stored size tells a class and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from portal.sealing import age, documents
from portal.sealing.content import SUITE, ReportContent, Words
from portal.sealing.errors import SealingError
from portal.sealing.keys import Recipient
from portal.sealing.manifest import Manifest
from portal.sealing.padding import LENGTH_BYTES, pad_text, pad_to

__all__ = [
    "SUITE",
    "IdentityTooLong",
    "bind_identity",
    "is_bound",
    "seal_identity",
    "seal_identity_to",
    "seal_report",
    "seal_words",
]

IDENTITY_BUCKET = 4096


class IdentityTooLong(SealingError):
    """The identity does not fit into the one size that all identities have."""


def seal_report(content: ReportContent, manifest: Manifest) -> bytes:
    """Seal a report's content to the intake key of the period and the recovery key."""
    recipients = [manifest.recipient("intake"), manifest.recipient("recovery")]
    return age.encrypt(pad_text(content.to_bytes()), recipients)


def seal_identity(identity: Mapping[str, str] | None, manifest: Manifest) -> bytes:
    """Seal who reported to custodian group B, then again to group A; None for anonymous.

    The result has the same length whoever reported, so that it does not tell whether anybody is
    named.

    :raises IdentityTooLong: when the fields do not fit into 4 KiB.
    """
    inner = seal_identity_to(identity, manifest.recipient("custodian_b"))
    return age.encrypt(inner, [manifest.recipient("custodian_a")])


def seal_identity_to(identity: Mapping[str, str] | None, recipient: Recipient) -> bytes:
    """Seal who reported to one key, in the one size that all identities have.

    :raises IdentityTooLong: when the fields do not fit into 4 KiB.
    """
    plain = documents.to_bytes({"type": "identity", "suite": SUITE, "fields": identity})
    if LENGTH_BYTES + len(plain) > IDENTITY_BUCKET:
        raise IdentityTooLong(f"an identity has at most {IDENTITY_BUCKET - LENGTH_BYTES} bytes")
    return age.encrypt(pad_to(plain, IDENTITY_BUCKET), [recipient])


def bind_identity(content: ReportContent, identity: bytes) -> ReportContent:
    """Return the content with the hash of the sealed identity that is filed beside it."""
    return replace(content, identity_sha256=sha256(identity).hexdigest())


def is_bound(content_says: str | None, identity: bytes) -> bool:
    """Tell whether a sealed identity is the one that a content names, or whether it names none."""
    return content_says is None or sha256(identity).hexdigest() == content_says


def seal_words(words: Words, recipients: Sequence[Recipient]) -> bytes:
    """Seal a reply to a citizen's reply key, or a citizen's supplement to the intake's keys."""
    return age.encrypt(pad_text(words.to_bytes()), recipients)
