"""age v1 files for post-quantum recipients, both ways: whole and streaming.

Source: C2SP age.md (https://age-encryption.org/v1). Files that this module writes have only
`mlkem768x25519` recipients. Files it opens may carry other stanzas beside the matching one: the
format asks readers to ignore what they do not know.
"""

import os
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from portal.sealing.errors import (
    AgeError,
    BadKey,
    HeaderTampered,
    MalformedHeader,
    MixedRecipients,
    NoMatchingIdentity,
    PayloadDamaged,
    PayloadTruncated,
)
from portal.sealing.header import Header, encode_header, read_header
from portal.sealing.keys import Identity, Recipient
from portal.sealing.payload import open_payload, seal_payload

__all__ = [
    "AgeError",
    "BadKey",
    "HeaderTampered",
    "Identity",
    "MalformedHeader",
    "MixedRecipients",
    "NoMatchingIdentity",
    "PayloadDamaged",
    "PayloadTruncated",
    "Recipient",
    "decrypt",
    "decrypt_stream",
    "encrypt",
    "encrypt_stream",
]

FILE_KEY_BYTES = 16


def encrypt(plaintext: bytes, recipients: Sequence[Recipient]) -> bytes:
    """Return an age file of the plaintext that any of the recipients can open."""
    sealed = BytesIO()
    encrypt_stream(BytesIO(plaintext), sealed, recipients)
    return sealed.getvalue()


def decrypt(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return the whole plaintext of an age file, or nothing of it.

    :raises AgeError: one of its kinds, as `decrypt_stream`.
    """
    return b"".join(decrypt_stream(BytesIO(data), identities))


def encrypt_stream(source: BinaryIO, target: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """Write to `target` an age file of everything that `source` holds, a chunk at a time.

    :raises ValueError: without a recipient.
    """
    if not recipients:
        raise ValueError("a file is sealed to at least one recipient")
    file_key = os.urandom(FILE_KEY_BYTES)
    target.write(encode_header([recipient.wrap(file_key) for recipient in recipients], file_key))
    target.writelines(seal_payload(source, file_key))


def decrypt_stream(source: BinaryIO, identities: Sequence[Identity]) -> Iterator[bytes]:
    """Check the header at once; return an iterator over authentic plaintext chunks.

    What the iterator gave is authentic, but the file is complete only when it ends without error.

    :raises MalformedHeader: at once; also for foreign files, and as MixedRecipients.
    :raises NoMatchingIdentity: at once, when none of the identities fits.
    :raises HeaderTampered: at once, when the header's MAC is wrong.
    :raises PayloadDamaged: from the iterator; as PayloadTruncated when the end is missing.
    """
    header = read_header(source)
    file_key = _unwrap(header, identities)
    header.verify(file_key)
    return open_payload(source, file_key)


def _unwrap(header: Header, identities: Sequence[Identity]) -> bytes:
    for identity in identities:
        for stanza in header.stanzas:
            if file_key := identity.unwrap(stanza):
                return file_key
    raise NoMatchingIdentity("none of the identities opens this file")
