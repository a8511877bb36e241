"""Files travel between this implementation and npm age-encryption, both ways."""

import os

import pytest

from portal.sealing.age import Identity, Recipient, decrypt, encrypt
from tests.sealing.other_age import need_node, node

SIZES = [0, 1, 65_535, 65_536, 65_537, 5_000_000]


@pytest.fixture(autouse=True)
def _other_implementation():
    need_node()


def test_both_derive_the_same_recipient_from_an_identity():
    identity = Identity.generate()
    assert node("recipient", str(identity)).decode() == str(identity.recipient)


@pytest.mark.parametrize("size", SIZES)
def test_what_we_seal_the_other_opens(size):
    identity, plaintext = Identity.generate(), os.urandom(size)
    sealed = encrypt(plaintext, [Identity.generate().recipient, identity.recipient])
    assert node("open", str(identity), sealed) == plaintext


@pytest.mark.parametrize("size", SIZES)
def test_what_the_other_seals_we_open(size):
    identity, plaintext = Identity.generate(), os.urandom(size)
    recipient = str(Recipient.parse(str(identity.recipient)))
    assert decrypt(node("seal", recipient, plaintext), [identity]) == plaintext
