"""A manifest is in force only if the root signed it, it is the newest, and today is within it."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.sealing.documents import base64_text, to_bytes
from portal.sealing.manifest import (
    CONTEXT,
    Expired,
    Manifest,
    Missing,
    NotYetValid,
    Older,
    Tampered,
    Unusable,
    load_manifest,
    sign_manifest,
)
from tests.sealing.samples import NOW, identities, manifest

ROOT = Ed25519PrivateKey.generate()
ROOT_KEY = ROOT.public_key().public_bytes_raw()
KEYS = identities()
SIGNED = sign_manifest(manifest(KEYS), ROOT)


def _load(data: bytes, at_least_version: int = 1) -> Manifest:
    return load_manifest(data, ROOT_KEY, NOW, at_least_version)


def test_a_signed_manifest_comes_back_with_every_key():
    loaded = _load(SIGNED)
    assert loaded == manifest(KEYS)
    assert loaded.recipient("intake") == KEYS["intake"].recipient


def test_an_empty_file_is_a_missing_one():
    with pytest.raises(Missing):
        _load(b"")


@pytest.mark.parametrize(
    ("validity", "error"),
    [
        ({"not_after": NOW}, Expired),
        ({"not_after": NOW - timedelta(days=400)}, Expired),
        ({"not_before": NOW + timedelta(seconds=1)}, NotYetValid),
    ],
)
def test_outside_its_validity_it_is_not_in_force(validity, error):
    with pytest.raises(error):
        _load(sign_manifest(manifest(KEYS, **validity), ROOT))


def test_the_first_and_the_last_second_count():
    first = manifest(KEYS, not_before=NOW)
    last = manifest(KEYS, not_after=NOW + timedelta(seconds=1))
    assert _load(sign_manifest(first, ROOT)) == first
    assert _load(sign_manifest(last, ROOT)) == last


def test_a_lower_version_than_one_already_in_force_is_refused():
    assert _load(SIGNED, at_least_version=3).version == 3
    with pytest.raises(Older):
        _load(SIGNED, at_least_version=4)


def test_another_root_did_not_sign_it():
    with pytest.raises(Tampered):
        _load(sign_manifest(manifest(KEYS), Ed25519PrivateKey.generate()))


def test_a_recipient_swapped_in_the_file_is_found():
    stranger = str(identities()["intake"].recipient)
    swapped = SIGNED.replace(str(KEYS["intake"].recipient).encode(), stranger.encode())
    assert swapped != SIGNED
    with pytest.raises(Tampered):
        _load(swapped)


@pytest.mark.parametrize(
    "data",
    [
        b"\0",
        b"[]",
        b"{}",
        SIGNED[:-20],
        b"[" * 100_000,
        json.dumps({"payload": 1, "signature": ""}).encode(),
        json.dumps({"payload": "x", "signature": 1}).encode(),
        json.dumps({"payload": "x", "signature": "?"}).encode(),
        json.dumps({"payload": "\ud842", "signature": ""}).encode(),
        json.dumps({"payload": "x", "signature": ""}).encode(),
    ],
)
def test_what_is_no_signed_document_is_tampered_with(data):
    with pytest.raises(Tampered):
        _load(data)


def test_a_signature_without_the_context_does_not_count():
    payload = json.loads(SIGNED)["payload"]
    bare = {"payload": payload, "signature": base64_text(ROOT.sign(payload.encode()))}
    with pytest.raises(Tampered):
        _load(json.dumps(bare).encode())


def _signed_as_is(**changes: object) -> bytes:
    document = json.loads(json.loads(SIGNED)["payload"]) | changes
    payload = to_bytes({name: each for name, each in document.items() if each != "left out"})
    signature = base64_text(ROOT.sign(CONTEXT + payload))
    return json.dumps({"payload": payload.decode(), "signature": signature}).encode()


RECIPIENTS = json.loads(json.loads(SIGNED)["payload"])["recipients"]
KEY = base64_text(bytes(32))


@pytest.mark.parametrize(
    "changes",
    [
        {"suite": "sm2/sm4"},
        {"version": "3"},
        {"issued_at": "yesterday"},
        {"not_after": "2027-01-01T00:00:00"},
        {"recipients": {"intake": RECIPIENTS["intake"]}},
        {"recipients": RECIPIENTS | {"more": RECIPIENTS["intake"]}},
        {"recipients": RECIPIENTS | {"intake": {"key_id": "x", "recipient": "age1x"}}},
        {"recipients": RECIPIENTS | {"intake": RECIPIENTS["intake"] | {"more": ""}}},
        {"verify_keys": {"desk": KEY}},
        {"verify_keys": {"desk": KEY, "public": "QQ=="}},
        {"verify_keys": {"desk": KEY, "public": KEY, "more": KEY}},
        {"peppers": "p1"},
        {"peppers": "left out"},
        {"more": 1},
    ],
)
def test_a_signed_manifest_that_cannot_serve_is_unusable(changes):
    assert _load(_signed_as_is()) == manifest(KEYS)
    with pytest.raises(Unusable):
        _load(_signed_as_is(**changes))


@pytest.mark.parametrize(
    ("left", "days", "warning"),
    [
        (timedelta(days=365), 365, None),
        (timedelta(days=60), 60, None),
        (timedelta(days=60, seconds=-1), 59, 60),
        (timedelta(days=29, hours=23), 29, 30),
        (timedelta(days=13), 13, 14),
        (timedelta(days=6), 6, 7),
        (timedelta(hours=1), 0, 7),
        (timedelta(hours=-1), -1, 7),
    ],
)
def test_expiry_is_warned_of_in_four_steps(left, days, warning):
    ending = manifest(KEYS, not_after=NOW + left)
    assert ending.days_left(NOW) == days
    assert ending.warning(NOW) == warning
