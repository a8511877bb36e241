"""The key manifest: whose keys are in force, until when, signed by an offline root key.

The file is JSON `{"payload": "…", "signature": "…"}`; the Ed25519 signature covers the payload's
exact UTF-8 bytes behind a fixed context line, so that it can never pass for another signature.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.sealing import documents
from portal.sealing.content import SUITE, VERIFY_KEY_BYTES
from portal.sealing.documents import Fields, base64_text
from portal.sealing.errors import BadKey, MalformedContent, SealingError
from portal.sealing.keys import Recipient

RECIPIENT_NAMES = (
    "intake",
    "recovery",
    "custodian_a",
    "custodian_b",
    "statistics",
    "desk_transport",
    "public_transport",
    "superior",
    "superior_recovery",
)
VERIFY_KEY_NAMES = ("desk", "public")
WARNING_DAYS = (7, 14, 30, 60)
CONTEXT = b"portal key manifest v1\n"


class ManifestError(SealingError):
    """Base of every reason why no manifest is in force; reports cannot be sealed then."""


class Missing(ManifestError):
    """There is no manifest."""


class Tampered(ManifestError):
    """The manifest is not what the root key signed."""


class Unusable(ManifestError):
    """The root key signed it, but it lacks a key, or its suite or shape is unknown here."""


class Older(ManifestError):
    """A manifest with a higher version was in force already."""


class NotYetValid(ManifestError):
    """The manifest's validity starts later."""


class Expired(ManifestError):
    """The manifest's validity is over."""


class NamedRecipient(NamedTuple):
    """A recipient and the short name its private half is stored under."""

    key_id: str
    recipient: Recipient


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The keys in force between two instants (aware UTC, whole seconds).

    `recipients` has every name of RECIPIENT_NAMES, `verify_keys` (32 bytes each) every name of
    VERIFY_KEY_NAMES. `peppers` are the ids of the one or two live generations, newest first.
    """

    version: int
    issued_at: datetime
    not_before: datetime
    not_after: datetime
    recipients: Mapping[str, NamedRecipient]
    verify_keys: Mapping[str, bytes]
    peppers: tuple[str, ...]
    suite: str = SUITE

    def recipient(self, name: str) -> Recipient:
        """Return the recipient of one of RECIPIENT_NAMES."""
        return self.recipients[name].recipient

    def days_left(self, now: datetime) -> int:
        """Return the whole days until expiry; negative when it is over."""
        return (self.not_after - now).days

    def warning(self, now: datetime) -> int | None:
        """Return the tightest of 7, 14, 30 and 60 days that expiry is within, or None."""
        left = self.days_left(now)
        return next((days for days in WARNING_DAYS if left < days), None)


def sign_manifest(manifest: Manifest, root_private: Ed25519PrivateKey) -> bytes:
    """Return the manifest's file, signed by the root key."""
    payload = documents.to_bytes(
        {
            "version": manifest.version,
            "issued_at": manifest.issued_at.isoformat(),
            "not_before": manifest.not_before.isoformat(),
            "not_after": manifest.not_after.isoformat(),
            "suite": manifest.suite,
            "recipients": {
                name: {"key_id": named.key_id, "recipient": str(named.recipient)}
                for name, named in manifest.recipients.items()
            },
            "verify_keys": {name: base64_text(key) for name, key in manifest.verify_keys.items()},
            "peppers": list(manifest.peppers),
        }
    )
    signature = root_private.sign(CONTEXT + payload)
    file = {"payload": payload.decode(), "signature": base64_text(signature)}
    return json.dumps(file, ensure_ascii=False, indent=1).encode() + b"\n"


def load_manifest(
    data: bytes, root_verify_key: bytes, now: datetime, at_least_version: int
) -> Manifest:
    """Check a manifest file against the root's 32-byte verify key and return what it says.

    :raises Missing: when the file is empty.
    :raises Tampered: when the signature does not cover it.
    :raises Unusable: when it is signed but cannot serve this program.
    :raises Older: when its version is below `at_least_version`.
    :raises NotYetValid: before its validity.
    :raises Expired: from the instant it ends.
    """
    manifest = signed_manifest(data, root_verify_key)
    if manifest.version < at_least_version:
        raise Older(f"version {manifest.version} after {at_least_version}")
    if now < manifest.not_before:
        raise NotYetValid(f"valid from {manifest.not_before.isoformat()}")
    if now >= manifest.not_after:
        raise Expired(f"valid until {manifest.not_after.isoformat()}")
    return manifest


def signed_manifest(data: bytes, root_verify_key: bytes) -> Manifest:
    """Return what a manifest file says, whenever it is or was in force.

    :raises Missing, Tampered, Unusable: as `load_manifest`.
    """
    if not data:
        raise Missing("the key manifest is empty")
    return _parse(_verified_payload(data, root_verify_key))


def _verified_payload(data: bytes, root_verify_key: bytes) -> bytes:
    try:
        file = json.loads(data)
        payload = file["payload"].encode()
        signature = b64decode(file["signature"], validate=True)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise Tampered("the key manifest is no signed document") from error
    try:
        Ed25519PublicKey.from_public_bytes(root_verify_key).verify(signature, CONTEXT + payload)
    except InvalidSignature as error:
        raise Tampered("the root key did not sign this") from error
    return bytes(payload)


def _parse(payload: bytes) -> Manifest:
    try:
        fields = documents.from_bytes(payload)
        fields.expect("suite", SUITE)
        manifest = Manifest(
            version=fields.number("version"),
            issued_at=_instant(fields.text("issued_at")),
            not_before=_instant(fields.text("not_before")),
            not_after=_instant(fields.text("not_after")),
            recipients=_recipients(fields.fields("recipients")),
            verify_keys=_verify_keys(fields.fields("verify_keys")),
            peppers=fields.texts("peppers"),
        )
        fields.end()
    except (MalformedContent, BadKey) as error:
        raise Unusable(str(error)) from error
    return manifest


def _recipients(fields: Fields) -> dict[str, NamedRecipient]:
    named = {}
    for name in RECIPIENT_NAMES:
        entry = fields.fields(name)
        recipient = Recipient.parse(entry.text("recipient"))
        named[name] = NamedRecipient(entry.text("key_id"), recipient)
        entry.end()
    fields.end()
    return named


def _verify_keys(fields: Fields) -> dict[str, bytes]:
    keys = {name: fields.data(name) for name in VERIFY_KEY_NAMES}
    fields.end()
    if any(len(key) != VERIFY_KEY_BYTES for key in keys.values()):
        raise MalformedContent("a verify key has another length")
    return keys


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise MalformedContent("an instant is not written in ISO 8601") from error
    if instant.tzinfo is None:
        raise MalformedContent("an instant has no time zone")
    return instant.astimezone(UTC)
