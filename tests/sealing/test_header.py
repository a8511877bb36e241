"""The header's grammar: one spelling, checked MAC, no end without bounds."""

from io import BytesIO

import pytest

from portal.sealing.errors import HeaderTampered, MalformedHeader, MixedRecipients
from portal.sealing.header import (
    MAX_HEADER_BYTES,
    Stanza,
    decode_base64,
    encode_base64,
    encode_header,
    read_header,
)

FILE_KEY = b"YELLOW SUBMARINE"
STANZA = Stanza(("example.invalid/kind", "argument"), b"body of the stanza")


def _encoded(*stanzas: Stanza) -> bytes:
    return encode_header(stanzas, FILE_KEY)


@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, 96, 200])
def test_a_header_comes_back_and_leaves_the_payload_unread(length):
    stanzas = (STANZA, Stanza(("kind",), b"b" * length))
    source = BytesIO(_encoded(*stanzas) + b"payload")
    header = read_header(source)
    header.verify(FILE_KEY)
    assert header.stanzas == stanzas
    assert source.read() == b"payload"


def test_a_body_of_whole_lines_ends_with_an_empty_line():
    assert Stanza(("kind",), b"b" * 48).encode().endswith(b"\n\n")


def test_another_file_key_does_not_verify():
    with pytest.raises(HeaderTampered):
        read_header(BytesIO(_encoded(STANZA))).verify(b"another file key")


def test_a_changed_argument_does_not_verify():
    altered = _encoded(STANZA).replace(b"argument", b"Argument")
    with pytest.raises(HeaderTampered):
        read_header(BytesIO(altered)).verify(FILE_KEY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"age-encryption.org/v2\n" + _encoded(STANZA).partition(b"\n")[2],
        b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n",
        _encoded(STANZA)[:-1],
        _encoded(STANZA).replace(b"-> ", b"->"),
        _encoded(STANZA).replace(b" argument", b"  argument"),
        _encoded(STANZA).replace(b"argument", b"arg\x7fment"),
        _encoded(STANZA).replace(b"\n", b"\r\n"),
        _encoded(STANZA).replace(b"--- ", b"---  "),
        _encoded(STANZA)[:-3] + b"\n",
        _encoded(STANZA)[:-2] + b"B\n",
        _encoded(Stanza(("kind",), b"b" * 50)).replace(b"\nYmI\n", b"YmI\n"),
    ],
)
def test_what_the_grammar_does_not_allow_is_refused(data):
    with pytest.raises(MalformedHeader):
        read_header(BytesIO(data))


def test_a_header_without_end_is_not_read_without_end():
    endless = BytesIO(_encoded(STANZA).partition(b"---")[0] + b"-> " + b"a" * MAX_HEADER_BYTES * 2)
    with pytest.raises(MalformedHeader):
        read_header(endless)
    assert endless.tell() <= MAX_HEADER_BYTES


@pytest.mark.parametrize("text", [b"QQ==", b"QR", b"Q", b"Q Q", b"Q\xff"])
def test_base64_has_one_spelling(text):
    assert encode_base64(b"A") == b"QQ"
    with pytest.raises(MalformedHeader):
        decode_base64(text)


def _native(kind: str, *shares: bytes, body: int = 32) -> Stanza:
    return Stanza((kind, *(encode_base64(share).decode() for share in shares)), bytes(body))


@pytest.mark.parametrize(
    "stanza",
    [
        _native("X25519", bytes(31)),
        _native("X25519", bytes(32), bytes(32)),
        _native("X25519"),
        _native("mlkem768x25519", bytes(1119)),
        _native("mlkem768x25519", bytes(1120), body=40),
    ],
)
def test_native_stanzas_of_another_shape_are_refused_before_any_decryption(stanza):
    with pytest.raises(MalformedHeader):
        read_header(BytesIO(_encoded(stanza)))


def test_a_passphrase_stanza_stands_alone():
    passphrase = Stanza(("scrypt", "salt", "18"), bytes(32))
    assert read_header(BytesIO(_encoded(passphrase))).stanzas == (passphrase,)
    with pytest.raises(MixedRecipients):
        read_header(BytesIO(_encoded(passphrase, STANZA)))
