"""A small secret in a box that a password and the host's secret open together.

Argon2id over the password, then HKDF with the host secret as salt, gives the key of a
ChaCha20-Poly1305 box. The cost lies beside the box, so that it can rise without losing old boxes.
"""

import os
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.sealing import documents
from portal.sealing.documents import Fields, base64_text
from portal.sealing.errors import MalformedContent, SealingError

FORMAT = "portal password box v1"
SALT_BYTES = 16
NONCE = bytes(12)  # every box has a key of its own, because every box has a fresh salt
# For boxes that leave the machine: their password alone must open them anywhere.
NO_HOST_SECRET = bytes(32)
MAX_MEMORY_KIB = 1 << 20
MAX_TIME = 16
MAX_LANES = 16


class WrongPassword(SealingError):
    """The password or the host secret is another one, or the box was altered."""


@dataclass(frozen=True)
class PasswordCost:
    """What one guess costs Argon2id: memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    time: int = 3
    lanes: int = 1


def seal_box(secret: bytes, password: str, host_secret: bytes, cost: PasswordCost) -> bytes:
    """Return a box around the secret, with its cost and a fresh salt beside it."""
    salt = os.urandom(SALT_BYTES)
    key = _key(password, host_secret, salt, cost)
    box = ChaCha20Poly1305(key).encrypt(NONCE, secret, FORMAT.encode())
    texts = {"format": FORMAT, "salt": base64_text(salt), "box": base64_text(box)}
    return documents.to_bytes({**texts, **vars(cost)})


def open_box(box: bytes, password: str, host_secret: bytes) -> bytes:
    """Return the secret in the box.

    :raises WrongPassword: when it does not open.
    :raises MalformedContent: when it is no box, or asks for more work than any box should.
    """
    fields = documents.from_bytes(box)
    fields.expect("format", FORMAT)
    salt, sealed, cost = fields.data("salt"), fields.data("box"), _cost(fields)
    fields.end()
    if len(salt) != SALT_BYTES:
        raise MalformedContent("salt has another length")
    key = _key(password, host_secret, salt, cost)
    try:
        return ChaCha20Poly1305(key).decrypt(NONCE, sealed, FORMAT.encode())
    except InvalidTag as error:
        raise WrongPassword("the box does not open") from error


def _cost(fields: Fields) -> PasswordCost:
    cost = PasswordCost(fields.number("memory_kib"), fields.number("time"), fields.number("lanes"))
    sound = (
        1 <= cost.lanes <= MAX_LANES
        and 8 * cost.lanes <= cost.memory_kib <= MAX_MEMORY_KIB
        and 1 <= cost.time <= MAX_TIME
    )
    if not sound:
        raise MalformedContent("the cost is out of bounds")
    return cost


def _key(password: str, host_secret: bytes, salt: bytes, cost: PasswordCost) -> bytes:
    # A full-width keyboard and a half-width one must give the same password.
    typed = unicodedata.normalize("NFKC", password).encode()
    stretched = hash_secret_raw(
        typed, salt, cost.time, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
    )
    return HKDF(SHA256(), length=32, salt=host_secret, info=FORMAT.encode()).derive(stretched)
