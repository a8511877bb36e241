"""Files sealed and opened: whole, streaming, damaged, foreign."""

import io
import os
from io import BytesIO

import pytest

from portal.sealing import payload
from portal.sealing.age import (
    AgeError,
    HeaderTampered,
    Identity,
    MalformedHeader,
    NoMatchingIdentity,
    PayloadDamaged,
    PayloadTruncated,
    decrypt,
    decrypt_stream,
    encrypt,
    encrypt_stream,
)
from portal.sealing.header import Stanza, decode_base64, encode_base64, encode_header, read_header
from portal.sealing.payload import open_payload, seal_payload

CHUNK = 65_536
SEALED_CHUNK = CHUNK + 16
SIZES = [0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5_000_000]
FILE_KEY = b"YELLOW SUBMARINE"

OWNER = Identity.from_seed(b"o" * 32)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_comes_back(size):
    plaintext = os.urandom(size)
    assert decrypt(encrypt(plaintext, [OWNER.recipient]), [OWNER]) == plaintext


def test_every_recipient_opens_the_file_and_nobody_else():
    first, second = Identity.generate(), Identity.generate()
    sealed = encrypt(b"text", [first.recipient, second.recipient])
    assert decrypt(sealed, [first]) == decrypt(sealed, [OWNER, second]) == b"text"
    with pytest.raises(NoMatchingIdentity):
        decrypt(sealed, [OWNER])
    with pytest.raises(NoMatchingIdentity):
        decrypt(sealed, [])


def test_the_same_text_never_gives_the_same_file():
    assert encrypt(b"text", [OWNER.recipient]) != encrypt(b"text", [OWNER.recipient])


def test_a_file_without_a_recipient_is_not_made():
    with pytest.raises(ValueError, match="at least one"):
        encrypt(b"text", [])


def test_stanzas_of_other_kinds_beside_the_matching_one_are_ignored():
    foreign = Stanza(("example.invalid/kind",), b"body")
    head = encode_header([foreign, OWNER.recipient.wrap(FILE_KEY)], FILE_KEY)
    data = head + b"".join(seal_payload(BytesIO(b"text"), FILE_KEY))
    assert decrypt(data, [OWNER]) == b"text"


class Trickle(io.RawIOBase):
    """A source that gives a few bytes at a time, as a pipe does, and counts what was asked."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        count = min(size, self.left, 10_000)
        self.left -= count
        self.given += count
        return bytes(count)


class Sink(io.RawIOBase):
    """A target that keeps nothing but how far the source was read ahead of it."""

    def __init__(self, source: Trickle) -> None:
        self.source = source
        self.written = 0
        self.furthest_ahead = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.furthest_ahead = max(self.furthest_ahead, self.source.given - self.written)
        self.written += len(data)
        return len(data)


def test_sealing_a_stream_reads_at_most_two_chunks_ahead_of_what_it_wrote():
    source = Trickle(40 * CHUNK + 5)
    sink = Sink(source)
    encrypt_stream(source, sink, [OWNER.recipient])  # type: ignore[arg-type]
    assert source.left == 0
    assert sink.written > source.given
    assert sink.furthest_ahead <= 2 * CHUNK


def test_opening_a_stream_gives_each_chunk_before_it_reads_the_next():
    sealed = BytesIO(encrypt(bytes(10 * CHUNK), [OWNER.recipient]))
    chunks = decrypt_stream(sealed, [OWNER])
    for place in range(10):
        before = sealed.tell()
        assert next(chunks) == bytes(CHUNK)
        assert sealed.tell() == before + SEALED_CHUNK, f"chunk {place}"
    assert list(chunks) == []


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n" * 100, "登记".encode() * 50]
)
def test_foreign_files_are_refused_at_once(data):
    with pytest.raises(MalformedHeader):
        decrypt_stream(BytesIO(data), [OWNER])


def _three_chunks() -> tuple[bytes, bytes, list[bytes]]:
    """A file of three chunks (two full ones) as header with nonce, plaintext, sealed chunks."""
    plaintext = os.urandom(2 * CHUNK + 100)
    sealed = encrypt(plaintext, [OWNER.recipient])
    start = len(sealed) - 2 * SEALED_CHUNK - 116
    body = sealed[start:]
    return sealed[:start], plaintext, [body[at : at + SEALED_CHUNK] for at in (0, 65_552, 131_104)]


def _flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("damage", "authentic_chunks", "error"),
    [
        (lambda c: c[:0], 0, PayloadTruncated),
        (lambda c: [c[0]], 1, PayloadTruncated),
        (lambda c: [c[0], c[1]], 2, PayloadTruncated),
        (lambda c: [c[0], c[1][:-1]], 1, PayloadDamaged),
        (lambda c: [c[0], c[1], c[2][:-1]], 2, PayloadDamaged),
        (lambda c: [c[0], c[1], c[2][:5]], 2, PayloadDamaged),
        (lambda c: [_flip(c[0], 0), c[1], c[2]], 0, PayloadDamaged),
        (lambda c: [c[0], _flip(c[1], 65_551), c[2]], 1, PayloadDamaged),
        (lambda c: [c[0], c[1], _flip(c[2], 50)], 2, PayloadDamaged),
        (lambda c: [c[1], c[0], c[2]], 0, PayloadDamaged),
        (lambda c: [c[0], c[2]], 1, PayloadDamaged),
        (lambda c: [c[0], c[0], c[1], c[2]], 1, PayloadDamaged),
        (lambda c: [c[0], c[1], c[2], c[2]], 2, PayloadDamaged),
        (lambda c: [c[0], c[1], c[2], b"x"], 2, PayloadDamaged),
        (lambda c: [c[2]], 0, PayloadDamaged),
    ],
)
def test_a_damaged_payload_gives_its_authentic_chunks_and_then_its_name(
    damage, authentic_chunks, error
):
    head, plaintext, chunks = _three_chunks()
    damaged = head + b"".join(damage(chunks))
    released = bytearray()
    with pytest.raises(error):
        for chunk in decrypt_stream(BytesIO(damaged), [OWNER]):
            released += chunk
    assert released == plaintext[: authentic_chunks * CHUNK]
    with pytest.raises(error):
        decrypt(damaged, [OWNER])


def test_data_behind_a_full_final_chunk_is_refused():
    sealed = encrypt(bytes(CHUNK), [OWNER.recipient])
    chunks = decrypt_stream(BytesIO(sealed + b"x"), [OWNER])
    assert next(chunks) == bytes(CHUNK)
    with pytest.raises(PayloadDamaged, match="after the final"):
        next(chunks)


def test_an_empty_final_chunk_is_allowed_only_in_an_empty_file():
    nonce, full, _ = seal_payload(BytesIO(bytes(CHUNK + 1)), FILE_KEY)
    cipher = payload._cipher(FILE_KEY, nonce)
    empty_final = cipher.encrypt(payload._chunk_nonce(1, final=True), b"", None)
    chunks = open_payload(BytesIO(nonce + full + empty_final), FILE_KEY)
    assert next(chunks) == bytes(CHUNK)
    with pytest.raises(PayloadDamaged, match="empty"):
        next(chunks)


def test_a_payload_that_ends_inside_its_nonce_is_refused_at_once():
    sealed = encrypt(b"", [OWNER.recipient])
    with pytest.raises(MalformedHeader):
        decrypt_stream(BytesIO(sealed[: -16 - 1]), [OWNER])


def test_every_cut_has_a_name():
    sealed = encrypt(b"text", [OWNER.recipient])
    for length in range(0, len(sealed), 7):
        with pytest.raises(AgeError):
            decrypt(sealed[:length], [OWNER])


def test_every_flipped_bit_has_a_name():
    sealed = encrypt(b"text", [OWNER.recipient])
    for place in range(0, len(sealed), 5):
        with pytest.raises(AgeError):
            decrypt(_flip(sealed, place), [OWNER])


def test_a_stanza_added_by_somebody_else_breaks_the_header():
    sealed = encrypt(b"text", [OWNER.recipient])
    end = sealed.index(b"\n--- ") + 1
    foreign = Stanza(("example.invalid/kind",), b"body").encode()
    with pytest.raises(HeaderTampered):
        decrypt(sealed[:end] + foreign + sealed[end:], [OWNER])


def test_a_share_of_low_order_is_named_and_not_taken_for_somebody_elses():
    stanza = OWNER.recipient.wrap(FILE_KEY)
    share = decode_base64(stanza.arguments[1].encode())[:1088] + bytes(32)
    forged = Stanza((stanza.arguments[0], encode_base64(share).decode()), stanza.body)
    header = encode_header([forged], FILE_KEY)
    assert read_header(BytesIO(header)).stanzas == (forged,)
    with pytest.raises(MalformedHeader, match="low order"):
        decrypt(header + bytes(32), [OWNER])
