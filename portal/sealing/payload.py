"""The payload of an age file: chunks of 64 KiB, each authenticated with its place and its end.

Source: C2SP age.md, "Payload" (a STREAM variant over ChaCha20-Poly1305).
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.sealing.errors import MalformedHeader, PayloadDamaged, PayloadTruncated

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
NONCE_BYTES = 16


def seal_payload(source: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    """Yield the payload of everything the source holds: the nonce, then sealed chunks."""
    nonce = os.urandom(NONCE_BYTES)
    yield nonce
    cipher = _cipher(file_key, nonce)
    chunk, counter = _read(source, CHUNK_BYTES), 0
    while following := _read(source, CHUNK_BYTES):
        yield cipher.encrypt(_chunk_nonce(counter, final=False), chunk, None)
        chunk, counter = following, counter + 1
    yield cipher.encrypt(_chunk_nonce(counter, final=True), chunk, None)


def open_payload(source: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    """Return an iterator over authentic plaintext chunks; read the nonce at once.

    :raises MalformedHeader: at once, when the nonce is cut short.
    :raises PayloadDamaged: from the iterator, after the last authentic chunk.
    :raises PayloadTruncated: from the iterator, when the final chunk is missing.
    """
    nonce = _read(source, NONCE_BYTES)
    if len(nonce) != NONCE_BYTES:
        raise MalformedHeader("the payload's nonce is cut short")
    return _open_chunks(source, _cipher(file_key, nonce))


def _open_chunks(source: BinaryIO, cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    counter, final = 0, False
    while not final:
        sealed = _read(source, CHUNK_BYTES + TAG_BYTES)
        chunk, final = _open_chunk(cipher, counter, sealed)
        if chunk:
            yield chunk
        elif counter:
            raise PayloadDamaged("an empty final chunk after others")
        counter += 1
    if source.read(1):
        raise PayloadDamaged("data after the final chunk")


def _open_chunk(cipher: ChaCha20Poly1305, counter: int, sealed: bytes) -> tuple[bytes, bool]:
    """Return the chunk and whether it is the final one, which only its authentication tells."""
    if not sealed:
        raise PayloadTruncated("the final chunk is missing")
    if len(sealed) == CHUNK_BYTES + TAG_BYTES:
        with suppress(InvalidTag):
            return cipher.decrypt(_chunk_nonce(counter, final=False), sealed, None), False
    try:
        return cipher.decrypt(_chunk_nonce(counter, final=True), sealed, None), True
    except InvalidTag as error:
        raise PayloadDamaged("a chunk is altered, moved or cut short") from error


def _chunk_nonce(counter: int, *, final: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([final])


def _cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key))


def _read(source: BinaryIO, size: int) -> bytes:
    """Read `size` bytes, fewer only at the end: pipes and sockets give short reads before it."""
    data = source.read(size)
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data
