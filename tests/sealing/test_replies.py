"""What a tracking code can do: be found, read replies, sign; nothing of it shows."""

from datetime import date

import pytest

from portal.sealing.age import NoMatchingIdentity, encrypt
from portal.sealing.content import Words
from portal.sealing.errors import BadPadding, MalformedContent
from portal.sealing.padding import pad_text
from portal.sealing.replies import CodeKeys, verify_signature
from portal.sealing.seal import seal_words

KEYS = CodeKeys(b"l" * 32, b"r" * 32, b"s" * 32)
OTHER = CodeKeys(b"L" * 32, b"R" * 32, b"S" * 32)


def test_a_reply_opens_with_the_code_it_is_for():
    words = Words("已受理,正在办理。", date(2026, 11, 20))
    sealed = seal_words(words, [KEYS.reply_recipient])
    assert KEYS.open_reply(sealed) == words
    with pytest.raises(NoMatchingIdentity):
        OTHER.open_reply(sealed)


@pytest.mark.parametrize(
    ("inside", "error"), [(b"\xff" * 9, BadPadding), (pad_text(b"{}"), MalformedContent)]
)
def test_something_else_sealed_to_the_code_is_refused(inside, error):
    with pytest.raises(error):
        KEYS.open_reply(encrypt(inside, [KEYS.reply_recipient]))


def test_a_signature_holds_for_exactly_its_bytes_and_key():
    signature = KEYS.sign(b"data")
    assert verify_signature(KEYS.verify_key, signature, b"data")
    assert not verify_signature(KEYS.verify_key, signature, b"Data")
    assert not verify_signature(OTHER.verify_key, signature, b"data")
    assert not verify_signature(KEYS.verify_key, signature[:-1], b"data")
    assert not verify_signature(b"short", signature, b"data")


def test_the_stored_hash_is_not_the_id_and_differs_between_codes():
    assert len(KEYS.lookup_hash) == 64
    assert KEYS.lookup_id.hex() not in KEYS.lookup_hash
    assert KEYS.lookup_hash != OTHER.lookup_hash


def test_showing_the_keys_reveals_nothing():
    KEYS.sign(KEYS.reply_recipient.raw)
    assert repr(KEYS) == "CodeKeys()"
