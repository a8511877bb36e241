"""The schemas in docs/exchange against everything that the code sends, accepts and refuses."""

import json
import re
from base64 import b64decode
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from portal.exchange.kinds import KINDS, Receipt
from portal.exchange.messages import Message
from portal.exchange.refusals import Refused
from portal.exchange.signing import sign
from portal.exchange.statements import Statement
from portal.exchange.transport import wrap
from portal.sealing.age import decrypt
from portal.sealing.padding import unpad
from tests.exchange.crossing import DESK_KEY, PUBLIC_KEY, a_message
from tests.exchange.test_kinds import RECORDS
from tests.exchange.test_statements import STATEMENT

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "exchange"
SCHEMAS = {path.name.split(".")[0]: json.loads(path.read_bytes()) for path in FOLDER.glob("*.json")}
REGISTRY = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
README = (FOLDER / "README.md").read_text()


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(
        SCHEMAS[name], registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def fits(name: str, document: object) -> bool:
    return bool(validator(name).is_valid(document))


def sent(kind: str) -> Message:
    record = RECORDS[kind]
    return a_message(
        kind=kind,
        source=min(record.SENDERS),
        data=record.data(),
        parts=dict.fromkeys(sorted(record.part_names), b"sealed"),
        epoch="" if kind == Receipt.KIND else "0123456789abcdef",
        sequence=0 if kind == Receipt.KIND else 7,
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_kind_has_a_schema_and_a_line_in_the_description():
    assert set(SCHEMAS) == {"header", "dsse", "envelope", "statement", "notice", *KINDS}
    assert set(re.findall(r"^\| `([a-z]+)` \| (?:up|down|both)", README, re.MULTILINE)) == set(
        KINDS
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_fits_its_schema_layer_by_layer(kind: str):
    message = sent(kind)
    message.check()
    header, _, age = wrap(message, PUBLIC_KEY, DESK_KEY.peer).partition(b"\n")
    validator("header").validate(json.loads(header))
    envelope, _, body = unpad(decrypt(age, [DESK_KEY.identity])).partition(b"\n")
    validator("dsse").validate(json.loads(envelope))
    event = json.loads(b64decode(json.loads(envelope)["payload"]))
    validator(kind).validate(event)
    assert body == message.body


def test_what_a_citizen_signs_fits_its_schema():
    validator("statement").validate(json.loads(STATEMENT.to_bytes()))
    assert not fits("statement", json.loads(STATEMENT.to_bytes()) | {"more": 1})


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    if isinstance(value, dict):
        return [path, *(p for name in value for p in paths(value[name], (*path, name)))]
    if isinstance(value, list):
        return [path, *(p for n, one in enumerate(value) for p in paths(one, (*path, n)))]
    return [path]


def put(document: object, path: tuple[str | int, ...], value: object) -> object:
    if not path:
        return value
    copy = document.copy()  # type: ignore[attr-defined]
    copy[path[0]] = put(copy[path[0]], path[1:], value)
    return copy


def accepts(event: object, body: bytes) -> bool:
    try:
        Message.from_event(json.dumps(event).encode(), body).check()
    except Refused:
        return False
    return True


WRONG = ["", "X" * 200, "0" * 32, "2026-13-45", -1, 0, 1.5, True, None, [], {}, [1], {"a": 1}]


@pytest.mark.parametrize("kind", KINDS)
def test_code_and_schema_refuse_the_same(kind: str):
    """Each place of a good event gets each of many wrong values.

    What no schema can say is the code's: size and digest of a part, and that a progress has just
    the parts that its replies name.
    """
    message = sent(kind)
    event = json.loads(message.to_event())
    validate = validator(kind)
    differing = []
    for path in paths(event):
        for value in WRONG:
            changed = put(event, path, value)
            beyond_schemas = path[-1:] in {("size",), ("sha256",)} or value == []
            if changed == event or (beyond_schemas and not accepts(changed, message.body)):
                continue
            if validate.is_valid(changed) != accepts(changed, message.body):
                differing.append((path, value))
    assert differing == []


@pytest.mark.parametrize("kind", KINDS)
def test_code_and_schema_want_the_same_members(kind: str):
    message = sent(kind)
    event = json.loads(message.to_event())
    for path in paths(event):
        parent: object = event
        for name in path[:-1]:
            parent = parent[name]  # type: ignore[index]
        if not isinstance(parent, dict) or not path:
            continue
        fewer = put(event, path[:-1], {k: v for k, v in parent.items() if k != path[-1]})
        more = put(event, path[:-1], {**parent, "more": "x"})
        assert fits(kind, fewer) == accepts(fewer, message.body), path
        assert fits(kind, more) == accepts(more, message.body), path


def test_a_signature_without_a_payload_type_of_ours_fits_neither():
    envelope = json.loads(sign(b"{}", PUBLIC_KEY.signing)) | {"payloadType": "text/plain"}
    assert not fits("dsse", envelope)


def test_a_statement_that_the_code_refuses_fits_no_schema():
    good = json.loads(STATEMENT.to_bytes())
    for name in good:
        for value in WRONG:
            changed = good | {name: value}
            if changed == good:
                continue
            assert fits("statement", changed) == reads(changed), (name, value)


def reads(document: object) -> bool:
    try:
        Statement.from_bytes(json.dumps(document).encode())
    except Refused:
        return False
    return True
