"""A random token in a visitor's cookie: it finds one row and opens what is sealed in it."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

TOKEN_BYTES = 32
NONCE_BYTES = 12


class ForeignToken(Exception):
    """The bytes were not sealed under this token for this purpose."""


@dataclass(frozen=True)
class Token:
    """32 random bytes that the server forgets after each answer."""

    secret: bytes = field(repr=False)

    @classmethod
    def draw(cls) -> Self:
        """Draw a new token."""
        return cls(token_bytes(TOKEN_BYTES))

    @classmethod
    def from_cookie(cls, value: object) -> Self | None:
        """Read a token from a cookie's content; None for anything else."""
        if not isinstance(value, str):
            return None
        try:
            secret = urlsafe_b64decode(value)
        except ValueError:
            return None
        return cls(secret) if len(secret) == TOKEN_BYTES else None

    @property
    def cookie_value(self) -> str:
        """The token as a cookie carries it: 44 characters."""
        return urlsafe_b64encode(self.secret).decode()

    def row_id(self, purpose: str) -> str:
        """Return the id of the row that this token finds, 64 hex digits."""
        return hashlib.sha256(self._expand(f"{purpose} id")).hexdigest()

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """Seal bytes so that only this token opens them, for this purpose."""
        nonce = token_bytes(NONCE_BYTES)
        return nonce + self._cipher(purpose).encrypt(nonce, plain, None)

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open what `seal` returned.

        :raises ForeignToken: when another token, another purpose or damage is found.
        """
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher(purpose).decrypt(nonce, body, None)
        except (InvalidTag, ValueError) as error:
            raise ForeignToken(purpose) from error

    def _cipher(self, purpose: str) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(self._expand(f"{purpose} key"))

    def _expand(self, info: str) -> bytes:
        return HKDFExpand(SHA256(), length=32, info=b"portal token v1 " + info.encode()).derive(
            self.secret
        )
