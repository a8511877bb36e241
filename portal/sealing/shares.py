"""A private key on five papers, of which any three restore it and any two tell nothing.

Shamir's scheme over GF(256), byte by byte: each byte of the seed is the value at 0 of a random
polynomial of degree 2, and a share holds the values at its own number. A share ends in a check
sum, against slips of the pen, and begins with a mark of its key, against papers of another one.
"""

import os
from base64 import b32decode, b32encode
from collections.abc import Iterable, Sequence
from hashlib import sha256

from portal.sealing.errors import SealingError
from portal.sealing.keys import SEED_BYTES, Identity

NEEDED = 3
MADE = 5
MARK_BYTES = 4
CHECK_BYTES = 5
GROUP = 4
MISREAD = str.maketrans("018", "OIB")
POLYNOMIAL = 0x11B  # x^8 + x^4 + x^3 + x + 1, that of AES


class BadShare(SealingError):
    """A share was copied wrongly, or is none."""


class WrongShares(SealingError):
    """These shares do not restore a key: too few, one of them twice, or of different keys."""


def split(identity: Identity) -> list[str]:
    """Return five papers' texts, in groups of four letters."""
    seed = identity.seed
    rows = [[byte, *os.urandom(NEEDED - 1)] for byte in seed]
    return [
        _to_text(bytes([number]) + _mark(identity) + bytes(_value(row, number) for row in rows))
        for number in range(1, MADE + 1)
    ]


def combine(texts: Iterable[str]) -> Identity:
    """Return the key that three or more papers restore.

    :raises BadShare: for a text that is not as it was written.
    :raises WrongShares: when the key they give is not the one that they were made of.
    """
    shares = [_from_text(text) for text in texts]
    points = {share[0]: share[1 + MARK_BYTES :] for share in shares}
    if len(points) < NEEDED:
        raise WrongShares("three different shares are needed")
    numbers = list(points)
    weights = {number: _weight(number, numbers) for number in numbers}
    seed = bytes(
        _sum(_times(weights[number], points[number][place]) for number in numbers)
        for place in range(SEED_BYTES)
    )
    identity = Identity.from_seed(seed)
    if {share[1 : 1 + MARK_BYTES] for share in shares} != {_mark(identity)}:
        raise WrongShares("these shares belong to different keys")
    return identity


def _mark(identity: Identity) -> bytes:
    # Of the public half: a mark of the seed itself would tell something about it.
    return sha256(str(identity.recipient).encode()).digest()[:MARK_BYTES]


def _to_text(share: bytes) -> str:
    letters = b32encode(share + sha256(share).digest()[:CHECK_BYTES]).decode().rstrip("=")
    return " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def _from_text(text: str) -> bytes:
    letters = "".join(one for one in text.upper().translate(MISREAD) if one.isalnum())
    try:
        data = b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError as error:
        raise BadShare("a share has letters A to Z and digits 2 to 7") from error
    share, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    whole = len(share) == 1 + MARK_BYTES + SEED_BYTES and share[0] != 0
    if not whole or sha256(share).digest()[:CHECK_BYTES] != check:
        raise BadShare("a letter is missing or wrong")
    return share


def _value(row: Sequence[int], at: int) -> int:
    value = 0
    for coefficient in reversed(row):
        value = _times(value, at) ^ coefficient
    return value


def _weight(number: int, numbers: Sequence[int]) -> int:
    """Return the factor of one share: the Lagrange polynomial of its number, at 0."""
    weight = 1
    for other in numbers:
        if other != number:
            weight = _times(weight, _times(other, _inverse(other ^ number)))
    return weight


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total ^= value
    return total


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= POLYNOMIAL
        right >>= 1
    return product


def _inverse(value: int) -> int:
    # value^254 = value^-1, because every nonzero element to the power 255 is 1.
    power = 1
    for _step in range(254):
        power = _times(power, value)
    return power
