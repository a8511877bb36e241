"""Bech32 without a length limit: how age writes keys.

Source: BIP 173; C2SP age.md lifts the limit of 90 characters.
"""

from base64 import b32encode
from collections.abc import Iterable
from functools import reduce
from operator import xor

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
# Base32 cuts bytes into the same groups of five bits, only with other letters.
GROUPS_OF_BASE32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bytes(range(32)))
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH = 6


def _feedback(top: int) -> int:
    taken = (term for bit, term in enumerate(GENERATOR) if top >> bit & 1)
    return reduce(xor, taken, 0)


FEEDBACK = tuple(_feedback(top) for top in range(32))


class BadBech32(ValueError):
    """The text is not Bech32: characters, mixed case, checksum or leftover bits are wrong."""


def encode(prefix: str, data: bytes) -> str:
    """Return the lower-case Bech32 text of the bytes under a lower-case prefix."""
    words = list(b32encode(data).rstrip(b"=").translate(GROUPS_OF_BASE32))
    words += _checksum(prefix, words)
    return prefix + "1" + "".join(map(CHARSET.__getitem__, words))


def decode(text: str) -> tuple[str, bytes]:
    """Return the lower-case prefix and the bytes of a Bech32 text of either case.

    :raises BadBech32: when the text is not canonical Bech32.
    """
    if text not in (text.lower(), text.upper()) or not text.isascii():
        raise BadBech32("mixed case or foreign characters")
    prefix, separator, encoded = text.lower().rpartition("1")
    words = [CHARSET.find(character) for character in encoded]
    if not prefix or not separator or len(words) < CHECKSUM_LENGTH or -1 in words:
        raise BadBech32("no prefix, no checksum, or a character outside the alphabet")
    if _polymod([*_expand(prefix), *words]) != 1:
        raise BadBech32("wrong checksum")
    return prefix, _bytes_of(words[:-CHECKSUM_LENGTH])


def _bytes_of(words: list[int]) -> bytes:
    remainder = len(words) * 5 % 8
    if remainder >= 5 or (words and words[-1] & ((1 << remainder) - 1)):
        raise BadBech32("leftover bits")
    return bytes(_regroup(words, 5, 8))


def _regroup(values: Iterable[int], from_bits: int, to_bits: int) -> list[int]:
    """Return the values' bits cut into whole new groups; leftover bits are dropped."""
    pending, count, groups = 0, 0, []
    for value in values:
        pending = (pending << from_bits | value) & 0xFFF
        count += from_bits
        while count >= to_bits:
            count -= to_bits
            groups.append(pending >> count & ((1 << to_bits) - 1))
    return groups


def _checksum(prefix: str, words: list[int]) -> list[int]:
    polymod = _polymod([*_expand(prefix), *words, *[0] * CHECKSUM_LENGTH]) ^ 1
    return [polymod >> 5 * (5 - place) & 31 for place in range(CHECKSUM_LENGTH)]


def _expand(prefix: str) -> list[int]:
    codes = prefix.encode("ascii")
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value ^ FEEDBACK[checksum >> 25]
    return checksum
