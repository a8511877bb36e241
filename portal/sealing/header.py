"""The textual header of an age file: stanzas that wrap the file key, and the MAC over them.

Source: C2SP age.md, "Header" (https://age-encryption.org/v1). Parsing is strict: whatever the
grammar does not allow is refused, so that one header has exactly one spelling.
"""

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.sealing.errors import HeaderTampered, MalformedHeader, MixedRecipients

VERSION_LINE = b"age-encryption.org/v1"
COLUMNS = 64
MAX_HEADER_BYTES = 1 << 20  # some 600 recipients; a foreign file must not be read without end
WRAPPED_KEY_BYTES = 32
SHARE_BYTES = {"X25519": 32, "mlkem768x25519": 1120}

_ARGUMENT_LINE = re.compile(rb"-> [\x21-\x7e]+(?: [\x21-\x7e]+)*")
_MAC_LINE = re.compile(rb"--- [A-Za-z0-9+/]{43}")


@dataclass(frozen=True)
class Stanza:
    """One wrapping of the file key: what it is for, and the wrapped bytes."""

    arguments: tuple[str, ...]
    body: bytes

    def encode(self) -> bytes:
        """Return the stanza's lines; the last one is always shorter than 64 columns."""
        body = encode_base64(self.body)
        lines = [body[start : start + COLUMNS] for start in range(0, len(body) + 1, COLUMNS)]
        return b"\n".join([b"-> " + " ".join(self.arguments).encode("ascii"), *lines, b""])


@dataclass(frozen=True)
class Header:
    """A parsed header: its stanzas, the exact bytes under the MAC, and the MAC."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes

    def verify(self, file_key: bytes) -> None:
        """Check the MAC with the 16-byte file key.

        :raises HeaderTampered: when it does not match.
        """
        if not hmac.compare_digest(self.mac, _mac(file_key, self.covered)):
            raise HeaderTampered("the header's MAC does not match")


def encode_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """Return the header's bytes, the MAC line and its newline included."""
    covered = VERSION_LINE + b"\n" + b"".join(stanza.encode() for stanza in stanzas) + b"---"
    return covered + b" " + encode_base64(_mac(file_key, covered)) + b"\n"


def read_header(source: BinaryIO) -> Header:
    """Read a header and leave the source at the payload's first byte.

    :raises MalformedHeader: for anything that is not an age v1 header.
    :raises MixedRecipients: when a passphrase stanza is not alone.
    """
    lines = _Lines(source)
    if lines.next() != VERSION_LINE:
        raise MalformedHeader("not an age v1 file")
    stanzas = [_read_stanza(lines.next(), lines)]
    while not (line := lines.next()).startswith(b"---"):
        stanzas.append(_read_stanza(line, lines))
    if not _MAC_LINE.fullmatch(line):
        raise MalformedHeader("the MAC line is malformed")
    _check_native_stanzas(stanzas)
    covered = bytes(lines.seen[: -len(line) - 1]) + b"---"
    return Header(tuple(stanzas), covered, decode_base64(line[4:]))


def encode_base64(data: bytes) -> bytes:
    """Return standard base64 without padding characters."""
    return b64encode(data).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """Return the bytes of canonical base64 without padding characters.

    :raises MalformedHeader: for any other spelling.
    """
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except Base64Error as error:
        raise MalformedHeader("a field is not base64") from error
    if encode_base64(data) != text:
        raise MalformedHeader("a field is not canonical base64")
    return data


class _Lines:
    """The header's lines in turn, and every byte read so far."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.seen = bytearray()

    def next(self) -> bytes:
        line = self._source.readline(MAX_HEADER_BYTES - len(self.seen))
        if not line.endswith(b"\n"):
            raise MalformedHeader("the header has no end")
        self.seen += line
        return line[:-1]


def _read_stanza(line: bytes, lines: _Lines) -> Stanza:
    if not _ARGUMENT_LINE.fullmatch(line):
        raise MalformedHeader("a stanza does not start with its arguments")
    arguments = line[3:].decode("ascii").split(" ")
    encoded, last = bytearray(), False
    while not last:
        body_line = lines.next()
        if len(body_line) > COLUMNS:
            raise MalformedHeader("a stanza's line is too long")
        encoded += body_line
        last = len(body_line) < COLUMNS
    return Stanza(tuple(arguments), decode_base64(bytes(encoded)))


def _check_native_stanzas(stanzas: Sequence[Stanza]) -> None:
    kinds = [stanza.arguments[0] for stanza in stanzas]
    if "scrypt" in kinds and len(kinds) > 1:
        raise MixedRecipients("a passphrase stanza is not alone")
    for stanza in stanzas:
        if stanza.arguments[0] in SHARE_BYTES:
            _check_shape(stanza)


def _check_shape(stanza: Stanza) -> None:
    """Refuse a wrong length before any decryption: it would be a partitioning oracle."""
    kind, *rest = stanza.arguments
    if len(rest) != 1 or len(decode_base64(rest[0].encode("ascii"))) != SHARE_BYTES[kind]:
        raise MalformedHeader("a native stanza's share has the wrong shape")
    if len(stanza.body) != WRAPPED_KEY_BYTES:
        raise MalformedHeader("a native stanza's wrapped key has the wrong length")


def _mac(file_key: bytes, covered: bytes) -> bytes:
    key = HKDF(SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    return hmac.digest(key, covered, hashlib.sha256)
