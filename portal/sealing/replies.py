"""The keys that a tracking code gives: to be found, to read replies, to sign what is added.

The public site opens replies with these and nothing else; stored private keys are `unseal`'s.
"""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.sealing import age
from portal.sealing.content import Words
from portal.sealing.keys import Identity, Recipient
from portal.sealing.padding import unpad


@dataclass(frozen=True)
class CodeKeys:
    """Three independent secrets of 32 bytes each, derived from one tracking code."""

    lookup_id: bytes = field(repr=False)
    reply_seed: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)

    @property
    def lookup_hash(self) -> str:
        """Return what the database stores to find the case: the id's SHA-256, hexadecimal."""
        return hashlib.sha256(self.lookup_id).hexdigest()

    @property
    def reply_recipient(self) -> Recipient:
        """Return the public key that replies are sealed to."""
        return self._reply_identity.recipient

    @property
    def verify_key(self) -> bytes:
        """Return the 32-byte Ed25519 key that checks what `sign` signed."""
        return self._signing_key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over exactly these bytes."""
        return self._signing_key.sign(data)

    def open_reply(self, sealed: bytes) -> Words:
        """Open words sealed to this code.

        :raises SealingError: one of AgeError, BadPadding, MalformedContent.
        """
        return Words.from_bytes(unpad(age.decrypt(sealed, [self._reply_identity])))

    @cached_property
    def _reply_identity(self) -> Identity:
        return Identity.from_seed(self.reply_seed)

    @cached_property
    def _signing_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing_seed)


def verify_signature(verify_key: bytes, signature: bytes, data: bytes) -> bool:
    """Tell whether the signature over exactly these bytes is of this 32-byte Ed25519 key."""
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
