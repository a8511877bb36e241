"""Documents have one spelling; readers take fields with their types and refuse the rest."""

from datetime import date

import pytest

from portal.sealing import documents
from portal.sealing.errors import MalformedContent


def test_a_document_has_one_spelling():
    assert documents.to_bytes({"b": "登记𠮷", "a": 1}) == '{"a":1,"b":"登记𠮷"}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b'"text"',
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":"\\u767b"}',
        b'{"a":"\\ud842"}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_other_spellings_are_refused(data):
    with pytest.raises(MalformedContent):
        documents.from_bytes(data)


def test_half_a_character_is_not_written():
    with pytest.raises(MalformedContent):
        documents.to_bytes({"a": "\ud842"})


def test_each_field_comes_back_with_its_type():
    fields = documents.from_bytes(
        documents.to_bytes(
            {
                "text": "字",
                "number": 7,
                "flag": True,
                "data": documents.base64_text(b"\0\1"),
                "day": "2026-11-20",
                "object": {"inner": "x"},
                "objects": [{"inner": "y"}],
                "texts": ["a", "b"],
                "names": {"name": "某"},
                "nobody": None,
                "kind": "this",
            }
        )
    )
    fields.expect("kind", "this")
    assert (fields.text("text"), fields.number("number")) == ("字", 7)
    assert fields.flag("flag") is True
    assert (fields.data("data"), fields.day("day")) == (b"\0\1", date(2026, 11, 20))
    assert fields.fields("object").text("inner") == "x"
    assert [each.text("inner") for each in fields.each("objects")] == ["y"]
    assert fields.texts("texts") == ("a", "b")
    assert fields.optional_texts("names") == {"name": "某"}
    assert fields.optional_texts("nobody") is None
    fields.end()


@pytest.mark.parametrize(
    ("take", "value"),
    [
        ("text", 1),
        ("text", None),
        ("number", "1"),
        ("number", True),
        ("number", 1.0),
        ("flag", 1),
        ("flag", "true"),
        ("data", "A"),
        ("data", "字"),
        ("data", "QR=="),
        ("day", "20261120"),
        ("day", "2026-02-30"),
        ("day", "today"),
        ("fields", []),
        ("each", {}),
        ("each", ["x"]),
        ("texts", "x"),
        ("texts", [1]),
        ("optional_texts", "x"),
        ("optional_texts", {"a": 1}),
    ],
)
def test_a_field_of_another_type_is_refused(take, value):
    fields = documents.Fields({"field": value})
    with pytest.raises(MalformedContent, match="field"):
        getattr(fields, take)("field")


def test_missing_unknown_and_unexpected_fields_are_refused():
    fields = documents.Fields({"kind": "that", "more": 1})
    with pytest.raises(MalformedContent, match="missing"):
        fields.text("text")
    with pytest.raises(MalformedContent, match="another"):
        fields.expect("kind", "this")
    with pytest.raises(MalformedContent, match="unknown"):
        fields.end()


def test_a_refusal_does_not_repeat_what_somebody_wrote():
    with pytest.raises(MalformedContent) as refusal:
        documents.Fields({"story": ["秘密"]}).text("story")
    assert "秘密" not in str(refusal.value)
