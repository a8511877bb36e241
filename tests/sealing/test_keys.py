"""Identities and recipients: written, read, refused, and silent about secrets."""

import pytest

from portal.sealing import bech32
from portal.sealing.errors import BadKey
from portal.sealing.keys import Identity, Recipient
from tests.sealing.samples import EXAMPLE_IDENTITY, EXAMPLE_RECIPIENT_START


def test_the_identity_of_the_specification_has_its_recipient():
    identity = Identity.parse(EXAMPLE_IDENTITY)
    assert str(identity) == EXAMPLE_IDENTITY
    assert str(identity.recipient).startswith(EXAMPLE_RECIPIENT_START)
    assert len(identity.recipient.raw) == 1216


def test_keys_come_back_from_their_texts():
    identity = Identity.generate()
    assert Identity.parse(str(identity)) == identity
    assert Recipient.parse(str(identity.recipient)) == identity.recipient


def test_a_seed_always_gives_the_same_key_and_seeds_differ():
    assert Identity.from_seed(bytes(32)).recipient == Identity.from_seed(bytes(32)).recipient
    assert Identity.generate() != Identity.generate()


def test_showing_an_identity_in_an_error_or_a_log_reveals_nothing():
    identity = Identity.from_seed(b"s" * 32)
    assert repr(identity) == "Identity()"
    identity.recipient  # noqa: B018 - what is kept after use must not show either
    assert repr(identity) == "Identity()"


def test_a_recipient_is_shown_by_its_short_name():
    recipient = Identity.from_seed(bytes(32)).recipient
    assert repr(recipient) == f"Recipient({recipient.key_id})"
    assert len(recipient.key_id) == 16
    assert recipient.key_id != Identity.generate().recipient.key_id


def _classical_identity() -> str:
    return bech32.encode("age-secret-key-", bytes(32)).upper()


def test_other_texts_are_no_identity():
    refused = [
        "",
        EXAMPLE_IDENTITY[:-1],
        _classical_identity(),
        str(Identity.generate().recipient),
        bech32.encode("age-secret-key-pq-", bytes(31)).upper(),
    ]
    for text in refused:
        with pytest.raises(BadKey):
            Identity.parse(text)


def test_other_texts_are_no_recipient():
    identity = Identity.generate()
    refused = [
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        str(identity),
        str(identity.recipient)[:-1],
        bech32.encode("age1pq", identity.recipient.raw[:-1]),
    ]
    for text in refused:
        with pytest.raises(BadKey):
            Recipient.parse(text)


def test_a_recipient_that_nothing_could_be_sealed_to_is_refused_when_it_is_read():
    raw = Identity.generate().recipient.raw
    with pytest.raises(BadKey, match="valid public key"):
        Recipient(raw[:1184] + bytes(32))
    with pytest.raises(BadKey, match="valid public key"):
        Recipient(b"\xff" * 1184 + raw[1184:])
