"""Small secrets at rest, each under a key of its own purpose."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class BoxDamaged(Exception):
    """A box does not open: altered, foreign, or made for another purpose."""


def seal(secret: bytes, purpose: str, plain: bytes) -> bytes:
    """Return the bytes sealed under a key that `secret` gives for this purpose."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(secret, purpose).encrypt(nonce, plain, None)


def unseal(secret: bytes, purpose: str, sealed: bytes) -> bytes:
    """Return what `seal` sealed.

    :raises BoxDamaged: when it does not open.
    """
    try:
        return _cipher(secret, purpose).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise BoxDamaged(purpose) from error


def derived(secret: bytes, purpose: str) -> bytes:
    """Return 32 bytes that belong to this secret and this purpose."""
    info = f"portal desk {purpose} v1".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret)


def _cipher(secret: bytes, purpose: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derived(secret, purpose))
