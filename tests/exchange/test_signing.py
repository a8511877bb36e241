import json
from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.refusals import Unreadable, Unsigned
from portal.exchange.signing import PAYLOAD_TYPE, key_id, open_signed, pre_authentication, sign

KEY = Ed25519PrivateKey.generate()
VERIFY_KEY = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.generate()


def test_a_signed_payload_opens_with_the_right_key():
    assert open_signed(sign(b"payload", KEY), VERIFY_KEY) == b"payload"


def test_the_signed_bytes_are_those_of_the_dsse_specification():
    """The example of the DSSE protocol text."""
    signed = pre_authentication("http://example.com/HelloWorld", b"hello world")
    assert signed == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"


def test_the_envelope_can_be_checked_with_nothing_but_ed25519():
    envelope = json.loads(sign(b"payload", KEY))
    assert envelope["payloadType"] == PAYLOAD_TYPE
    (signature,) = envelope["signatures"]
    assert signature["keyid"] == key_id(VERIFY_KEY)
    KEY.public_key().verify(
        b64decode(signature["sig"]),
        b"DSSEv1 28 application/cloudevents+json 7 payload",
    )


def changed(**members) -> bytes:
    return json.dumps({**json.loads(sign(b"payload", KEY)), **members}).encode()


def signatures(*signed: bytes) -> list[dict[str, str]]:
    return [{"sig": b64encode(one).decode()} for one in signed]


def test_one_good_signature_among_others_is_enough_and_needs_no_key_id():
    good = KEY.sign(pre_authentication(PAYLOAD_TYPE, b"payload"))
    envelope = changed(signatures=signatures(bytes(64), good))
    assert open_signed(envelope, VERIFY_KEY) == b"payload"


@pytest.mark.parametrize(
    "envelope",
    [
        sign(b"payload", OTHER),
        changed(payload=b64encode(b"changed").decode()),
        changed(signatures=[]),
        changed(signatures=signatures(b"short")),
    ],
)
def test_what_the_key_did_not_sign_is_unsigned(envelope: bytes):
    with pytest.raises(Unsigned):
        open_signed(envelope, VERIFY_KEY)


@pytest.mark.parametrize(
    "envelope",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        changed(payload="not base64"),
        changed(payload="é"),
        changed(payload=1),
        changed(payloadType="text/plain"),
        changed(signatures="none"),
        changed(signatures=[1]),
        changed(signatures=[{"sig": "not base64"}]),
        changed(signatures=signatures(*[bytes(64)] * 5)),
    ],
)
def test_what_is_no_envelope_is_unreadable(envelope: bytes):
    with pytest.raises(Unreadable, match="envelope"):
        open_signed(envelope, VERIFY_KEY)
