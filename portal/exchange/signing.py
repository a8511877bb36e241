"""DSSE envelopes: an Ed25519 signature over the exact bytes of a payload.

Source: https://github.com/secure-systems-lab/dsse, protocol and envelope version 1.
"""

import hashlib
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.exchange.fields import Json, dump_json, parse_json
from portal.exchange.refusals import Unreadable, Unsigned

PAYLOAD_TYPE = "application/cloudevents+json"
MAX_SIGNATURES = 4


def sign(payload: bytes, key: Ed25519PrivateKey, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Return the envelope of a payload as one line of JSON."""
    signature = key.sign(pre_authentication(payload_type, payload))
    envelope: Json = {
        "payload": b64encode(payload).decode(),
        "payloadType": payload_type,
        "signatures": [
            {
                "keyid": key_id(key.public_key().public_bytes_raw()),
                "sig": b64encode(signature).decode(),
            }
        ],
    }
    return dump_json(envelope)


def open_signed(envelope: bytes, verify_key: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Return the payload that the owner of a raw 32-byte Ed25519 verify key signed.

    The `keyid` is a hint that nobody signed, so it decides nothing.

    :raises Unreadable: when this is no DSSE envelope around a payload of this type.
    :raises Unsigned: when none of its signatures is from that key.
    """
    payload, signatures = _read(envelope, payload_type)
    signed = pre_authentication(payload_type, payload)
    if not any(_verifies(verify_key, signature, signed) for signature in signatures):
        raise Unsigned
    return payload


def unverified(envelope: bytes, payload_type: str) -> bytes:
    """Return the payload of an envelope of one's own, whoever signed it.

    :raises Unreadable: when this is no DSSE envelope around a payload of this type.
    """
    return _read(envelope, payload_type)[0]


def pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """Return DSSE's pre-authentication encoding, the bytes that are signed."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def key_id(verify_key: bytes) -> str:
    """Return the short name of a verify key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(verify_key).hexdigest()[:16]


def _read(envelope: bytes, payload_type: str) -> tuple[bytes, list[bytes]]:
    try:
        match parse_json(envelope):
            case {
                "payload": str(payload),
                "payloadType": str(kind),
                "signatures": [*signatures],
            } if kind == payload_type and len(signatures) <= MAX_SIGNATURES:
                return b64decode(payload, validate=True), [_signature(one) for one in signatures]
    except ValueError as error:
        raise Unreadable("envelope") from error
    raise Unreadable("envelope")


def _signature(value: Json) -> bytes:
    match value:
        case {"sig": str(signature)}:
            return b64decode(signature, validate=True)
    raise ValueError("not a signature")


def _verifies(verify_key: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, signed)
    except InvalidSignature:
        return False
    return True
