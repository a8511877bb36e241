"""Padding that hides how much was written: a length, the bytes, zeros up to a size class.

Texts go to fixed buckets that double from 1 KiB; files to PADMÉ sizes, at most 12 % larger.
Source of PADMÉ: Nikitin, Barman, Lueks, Underwood, Hubaux, Ford, "Reducing Metadata Leakage from
Encrypted Files and Communication with PURBs", PoPETs 2019(4), algorithm 1.
"""

from portal.sealing.errors import BadPadding

LENGTH_BYTES = 8
SMALLEST_BUCKET = 1024


def pad_text(text: bytes) -> bytes:
    """Return the bytes padded to the next bucket: 1 KiB, 2 KiB, 4 KiB and so on."""
    size = SMALLEST_BUCKET
    while size < LENGTH_BYTES + len(text):
        size *= 2
    return pad_to(text, size)


def pad_file(data: bytes) -> bytes:
    """Return the bytes padded to the next PADMÉ size."""
    return pad_to(data, padme_size(LENGTH_BYTES + len(data)))


def pad_to(data: bytes, size: int) -> bytes:
    """Return the bytes padded to exactly `size` bytes.

    :raises BadPadding: when they do not fit beside their 8-byte length.
    """
    if LENGTH_BYTES + len(data) > size:
        raise BadPadding(f"more than fits into {size} bytes")
    return (len(data).to_bytes(LENGTH_BYTES, "big") + data).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """Return what was padded.

    :raises BadPadding: when the length is impossible or anything but zeros follows the bytes.
    """
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    end = LENGTH_BYTES + length
    if len(padded) < end:
        raise BadPadding("the length exceeds the bytes")
    if padded.count(0, end) != len(padded) - end:
        raise BadPadding("something hides behind the bytes")
    return padded[LENGTH_BYTES:end]


def padme_size(length: int) -> int:
    """Return the PADMÉ size for a length of at least 2 bytes."""
    exponent = length.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    mask = (1 << free_bits) - 1
    return (length + mask) & ~mask
