import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exchange.refusals import BadSchema, PartMismatch, Refused, Unreadable, Unsigned
from portal.exchange.signing import sign
from portal.exchange.transport import unwrap, wrap
from portal.sealing.age import encrypt
from portal.sealing.padding import pad_text
from tests.exchange.crossing import DESK_KEY, PUBLIC_KEY, a_message

MESSAGE = a_message()
WRAPPED = wrap(MESSAGE, PUBLIC_KEY, DESK_KEY.peer)


def opened(data: bytes):
    return unwrap(data, DESK_KEY, PUBLIC_KEY.peer)


def sealed(plain: bytes) -> bytes:
    """Anything, sealed to the desk as anybody could who knows its public key."""
    age = encrypt(plain, [DESK_KEY.peer.recipient])
    header = json.loads(WRAPPED.partition(b"\n")[0]) | {"size": len(age)}
    return json.dumps(header).encode() + b"\n" + age


def test_the_other_side_opens_what_was_wrapped_for_it():
    assert opened(WRAPPED) == MESSAGE


def test_a_ferry_sees_id_type_day_suite_and_size_and_nothing_else():
    header, _, age = WRAPPED.partition(b"\n")
    assert json.loads(header) == {
        "id": MESSAGE.id,
        "type": "sealed",
        "day": "2026-11-20",
        "suite": "age-v1/mlkem768x25519",
        "size": len(age),
    }
    for word in (b"report", b"public", b"83172054", str(MESSAGE.data["case"]).encode()):
        assert word not in WRAPPED


def test_messages_of_one_size_class_are_equally_long():
    lengths = {
        len(
            wrap(
                a_message(parts={"content": bytes(size), "identity": b""}),
                PUBLIC_KEY,
                DESK_KEY.peer,
            )
        )
        for size in (1100, 1500, 2500, 3000)
    }
    assert len(lengths) == 1


def test_a_large_message_is_padded_by_less_than_an_eighth():
    content = bytes(2_000_000)
    large = a_message(parts={"content": content, "identity": b""})
    wrapped = wrap(large, PUBLIC_KEY, DESK_KEY.peer)
    assert len(content) < len(wrapped) < len(content) * 1.125
    assert opened(wrapped) == large


def test_a_part_may_hold_any_bytes():
    message = a_message(parts={"content": b"\n\0{}\n", "identity": b"\n"})
    assert opened(wrap(message, PUBLIC_KEY, DESK_KEY.peer)) == message


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "header"),
        (b"\n", "header"),
        (WRAPPED[:-1], "header"),
        (WRAPPED + b"x", "header"),
        (WRAPPED.replace(b'"sealed"', b'"opened"'), "header"),
        (WRAPPED.replace(b"age-v1/", b"sm2-v1/"), "header"),
        (WRAPPED.replace(b"2026-11-20", b"2026-11-31"), "header"),
        (b" " * 600 + WRAPPED, "header"),
        (b"[" * 500 + b"\n", "header"),
        (WRAPPED[:-1] + bytes([WRAPPED[-1] ^ 1]), "seal"),
        (wrap(MESSAGE, PUBLIC_KEY, PUBLIC_KEY.peer), "seal"),
        (sealed(b"not padded"), "seal"),
        (sealed(pad_text(b"no envelope")), "envelope"),
        (sealed(pad_text(b"[" * 100_000)), "envelope"),
    ],
)
def test_what_cannot_be_opened_is_unreadable(data: bytes, where: str):
    with pytest.raises(Unreadable, match=where):
        opened(data)


def test_what_another_host_signed_is_unsigned():
    with pytest.raises(Unsigned):
        opened(wrap(MESSAGE, DESK_KEY, DESK_KEY.peer))


def test_a_changed_part_under_a_good_signature_is_a_mismatch():
    envelope = sign(MESSAGE.to_event(), PUBLIC_KEY.signing)
    with pytest.raises(PartMismatch):
        opened(sealed(pad_text(envelope + b"\n" + MESSAGE.body[::-1])))


@pytest.mark.parametrize(
    "message",
    [
        replace(MESSAGE, epoch="", sequence=0),
        replace(MESSAGE, kind="receipt"),
    ],
)
def test_everything_but_a_receipt_has_a_place_in_the_stream(message):
    with pytest.raises(BadSchema, match="sequence"):
        opened(wrap(message, PUBLIC_KEY, DESK_KEY.peer))


@given(st.binary(max_size=400), st.integers(0, len(WRAPPED)))
def test_crafted_bytes_are_always_refused_by_name(junk: bytes, place: int):
    crafted = WRAPPED[:place] + junk + WRAPPED[place + len(junk) :]
    if crafted == WRAPPED:
        return
    try:
        message = opened(crafted)
    except Refused:
        return
    assert message == MESSAGE  # Only the unsigned label of the header was changed.
