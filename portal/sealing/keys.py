"""Post-quantum age keys: ML-KEM-768 with X25519 (X-Wing), from one 32-byte seed.

Source: C2SP age.md, "The MLKEM768-X25519 hybrid post-quantum recipient type"; the expansion of
the seed is draft-ietf-hpke-pq / filippo.io/hpke-pq, section on hybrid KEMs.
"""

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from portal.sealing import bech32
from portal.sealing.errors import BadKey, MalformedHeader
from portal.sealing.header import Stanza, decode_base64, encode_base64

KIND = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

RECIPIENT_PREFIX = "age1pq"
IDENTITY_PREFIX = "age-secret-key-pq-"
SEED_BYTES = 32
MLKEM_PUBLIC_BYTES = 1184
RECIPIENT_BYTES = MLKEM_PUBLIC_BYTES + 32
MLKEM_SEED_BYTES = 64
MLKEM_CIPHERTEXT_BYTES = 1088
SHARE_BYTES = MLKEM_CIPHERTEXT_BYTES + 32

# Any private key finds a public point of low order: the exchange with it fails.
_LOW_ORDER_PROBE = X25519PrivateKey.generate()


@dataclass(frozen=True)
class Recipient:
    """A public key that files are sealed to: 1184 bytes of ML-KEM, 32 bytes of X25519."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse bytes that are no key, so that every recipient that exists can be used."""
        if len(self.raw) != RECIPIENT_BYTES:
            raise BadKey("a recipient has 1216 bytes")
        try:
            _LOW_ORDER_PROBE.exchange(self._x25519)
            MLKEM768PublicKey.from_public_bytes(self.raw[:MLKEM_PUBLIC_BYTES])
        except ValueError as error:
            raise BadKey("the recipient's bytes are no valid public key") from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1pq1…`.

        :raises BadKey: for anything else, classical recipients (`age1…`) included.
        """
        return cls(_decode(text, RECIPIENT_PREFIX))

    def __str__(self) -> str:
        return bech32.encode(RECIPIENT_PREFIX, self.raw)

    def __repr__(self) -> str:
        return f"Recipient({self.key_id})"

    @property
    def key_id(self) -> str:
        """Return a short name for the key: 16 hexadecimal digits of its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def wrap(self, file_key: bytes) -> Stanza:
        """Return a stanza that wraps the 16-byte file key for this recipient."""
        mlkem = MLKEM768PublicKey.from_public_bytes(self.raw[:MLKEM_PUBLIC_BYTES])
        key = MLKEM768X25519PublicKey(mlkem, self._x25519)
        sealed = SUITE.encrypt(file_key, key, info=INFO)
        share = encode_base64(sealed[:SHARE_BYTES]).decode("ascii")
        return Stanza((KIND, share), sealed[SHARE_BYTES:])

    @property
    def _x25519(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.raw[MLKEM_PUBLIC_BYTES:])


@dataclass(frozen=True)
class Identity:
    """A private key, kept as its 32-byte seed: `repr` shows nothing, `str` is the secret."""

    _seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """Draw a new identity."""
        return cls(os.urandom(SEED_BYTES))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Make the identity of a 32-byte seed.

        :raises BadKey: for any other length.
        """
        if len(seed) != SEED_BYTES:
            raise BadKey("an identity has a 32-byte seed")
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-PQ-1…`.

        :raises BadKey: for anything else, classical identities included.
        """
        return cls.from_seed(_decode(text, IDENTITY_PREFIX))

    def __str__(self) -> str:
        return bech32.encode(IDENTITY_PREFIX, self._seed).upper()

    @property
    def seed(self) -> bytes:
        """Return the 32 bytes that are the whole secret, as shares on paper need them."""
        return self._seed

    @cached_property
    def recipient(self) -> Recipient:
        """Return the public half."""
        mlkem, x25519 = self._halves
        mlkem_raw = mlkem.public_key().public_bytes_raw()
        return Recipient(mlkem_raw + x25519.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key that a stanza wraps for this identity, or None for another's.

        The stanza's shape was checked when the header was read.

        :raises MalformedHeader: when the share holds a point of low order.
        """
        if stanza.arguments[0] != KIND:
            return None
        share = decode_base64(stanza.arguments[1].encode("ascii"))
        mlkem, x25519 = self._halves
        try:
            key = MLKEM768X25519PrivateKey(mlkem, x25519)
            return SUITE.decrypt(share + stanza.body, key, info=INFO)
        except InvalidTag:
            _refuse_low_order(x25519, share[MLKEM_CIPHERTEXT_BYTES:])
            return None

    @cached_property
    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self._seed).digest(MLKEM_SEED_BYTES + 32)
        return (
            MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_BYTES]),
            X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_BYTES:]),
        )


def _refuse_low_order(private: X25519PrivateKey, share: bytes) -> None:
    """Tell a forbidden share from one for somebody else: the library reports both alike."""
    try:
        private.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError as error:
        raise MalformedHeader("a stanza's share is a point of low order") from error


def _decode(text: str, expected_prefix: str) -> bytes:
    try:
        prefix, data = bech32.decode(text)
    except bech32.BadBech32 as error:
        raise BadKey("a key is not written in Bech32") from error
    if prefix != expected_prefix:
        raise BadKey(f"a key does not start with {expected_prefix}")
    return data
