import re
from datetime import date

import pytest

from portal.exchange.fields import Fields, dump_json, parse_json
from portal.exchange.refusals import BadSchema

WORD = re.compile("[a-z]+")


def test_json_is_compact_sorted_and_on_one_line():
    assert dump_json({"b": [1, "甲"], "a": "x\ny"}) == '{"a":"x\\ny","b":[1,"甲"]}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b"[Infinity]",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
    ],
)
def test_json_that_is_malformed_ambiguous_or_a_trap_is_refused(data: bytes):
    with pytest.raises(ValueError, match=r"."):
        parse_json(data)


def test_every_member_is_taken_with_its_type():
    fields = Fields(
        {
            "word": "abc",
            "kind": "sealed",
            "count": 3,
            "sure": True,
            "on": "2026-11-20",
            "due": None,
            "other_due": "2026-12-01",
            "words": ["a", "b"],
            "things": [{"x": "y"}],
            "thing": {"x": 1},
        }
    )
    assert fields.text("word", WORD) == "abc"
    fields.constant("kind", "sealed")
    assert fields.integer("count", least=3, most=3) == 3
    assert fields.boolean("sure") is True
    assert fields.day("on") == date(2026, 11, 20)
    assert fields.day_or_none("due") is None
    assert fields.day_or_none("other_due") == date(2026, 12, 1)
    assert fields.texts("words", WORD, most=2) == ("a", "b")
    assert [one.text("x", WORD) for one in fields.objects("things", most=1)] == ["y"]
    assert fields.has("thing")
    assert fields.object("thing") == {"x": 1}
    assert not fields.has("thing")
    fields.end()


@pytest.mark.parametrize(
    ("value", "take"),
    [
        (1, lambda fields: fields.text("x", WORD)),
        ("ABC", lambda fields: fields.text("x", WORD)),
        ("abc\n", lambda fields: fields.text("x", WORD)),
        ("other", lambda fields: fields.constant("x", "sealed")),
        ("1", lambda fields: fields.integer("x", least=0, most=9)),
        (True, lambda fields: fields.integer("x", least=0, most=9)),
        (1.0, lambda fields: fields.integer("x", least=0, most=9)),
        (10, lambda fields: fields.integer("x", least=0, most=9)),
        (-1, lambda fields: fields.integer("x", least=0, most=9)),
        (1, lambda fields: fields.boolean("x")),
        ("2026-02-30", lambda fields: fields.day("x")),
        ("20261120", lambda fields: fields.day("x")),
        ("2026-W47-5", lambda fields: fields.day("x")),
        (None, lambda fields: fields.day("x")),
        ("", lambda fields: fields.day_or_none("x")),
        ("a", lambda fields: fields.texts("x", WORD, most=9)),
        (["a", 1], lambda fields: fields.texts("x", WORD, most=9)),
        (["a", "A"], lambda fields: fields.texts("x", WORD, most=9)),
        (["a", "a"], lambda fields: fields.texts("x", WORD, most=9)),
        (["a", "b"], lambda fields: fields.texts("x", WORD, most=1)),
        ([1], lambda fields: list(fields.objects("x", most=9))),
        ({}, lambda fields: list(fields.objects("x", most=9))),
        ([], lambda fields: fields.object("x")),
    ],
)
def test_a_wrong_member_is_named_and_its_value_is_not(value, take):
    with pytest.raises(BadSchema) as refusal:
        take(Fields({"x": value}))
    assert refusal.value.reason == "bad-schema: x"


def test_missing_and_unexpected_members_are_refused():
    with pytest.raises(BadSchema, match="x"):
        Fields({}).text("x", WORD)
    with pytest.raises(BadSchema, match="x"):
        Fields({}).day_or_none("x")
    with pytest.raises(BadSchema, match="data has more members"):
        Fields({"y": 1}).end()
    with pytest.raises(BadSchema, match="event"):
        Fields([], "event")
