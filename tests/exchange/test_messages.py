import json
from dataclasses import replace
from typing import Any

import pytest

from portal.exchange.messages import Message
from portal.exchange.refusals import BadSchema, PartMismatch
from tests.exchange.crossing import a_message

MESSAGE = a_message()


def event_with(**changes) -> bytes:
    event = {**json.loads(MESSAGE.to_event()), **changes}
    return json.dumps({name: value for name, value in event.items() if value is not None}).encode()


def data_with(**changes) -> dict[str, Any]:
    return {**json.loads(MESSAGE.to_event())["data"], **changes}


def listed(**changes) -> list[dict[str, Any]]:
    first, second = data_with()["parts"]
    return [{**first, **changes}, second]


def test_a_message_reads_back_from_its_event_and_body():
    assert Message.from_event(MESSAGE.to_event(), MESSAGE.body) == MESSAGE


def test_a_draft_and_a_receipt_have_no_place():
    draft = replace(MESSAGE, epoch="", sequence=0)
    assert Message.from_event(draft.to_event(), draft.body) == draft
    assert b"sequence" not in draft.to_event()


def test_the_event_has_the_attributes_that_cloudevents_asks_for():
    event = json.loads(MESSAGE.to_event())
    assert event["specversion"] == "1.0"
    assert event["type"] == "cn.portal.report.v1"
    assert event["time"] == "2026-11-20T00:00:00Z"
    assert event["sequence"] == "0000000001"
    assert [part["name"] for part in event["data"]["parts"]] == ["content", "identity"]


def test_a_later_version_of_a_kind_is_another_kind():
    event = event_with(type="cn.portal.report.v2")
    assert Message.from_event(event, MESSAGE.body).kind == "report.v2"


def test_the_case_is_known_only_when_it_has_the_form_of_one():
    assert MESSAGE.case == MESSAGE.data["case"]
    assert replace(MESSAGE, data={"case": "x" * 100}).case is None
    assert replace(MESSAGE, data={"case": 1}).case is None
    assert replace(MESSAGE, data={}).case is None


@pytest.mark.parametrize(
    "changes",
    [
        {"specversion": "0.3"},
        {"id": "short"},
        {"source": "superior"},
        {"type": "com.example.report.v1"},
        {"type": 1},
        {"time": "2026-11-20T09:30:00Z"},
        {"time": "2026-02-30T00:00:00Z"},
        {"datacontenttype": "text/plain"},
        {"suite": "sm2-sm4"},
        {"epoch": "x"},
        {"epoch": None},
        {"sequence": "1"},
        {"sequence": "0000000000"},
        {"sequence": "9999999999"},
        {"subject": "more"},
        {"data": None},
        {"data": []},
        {"data": {}},
        {"data": data_with(parts={})},
        {"data": data_with(parts=[1])},
        {"data": data_with(parts=listed(name="../content"))},
        {"data": data_with(parts=listed(size=-1))},
        {"data": data_with(parts=listed(sha256="0"))},
        {"data": data_with(parts=listed(more=1))},
        {"data": data_with(parts=listed() * 33)},
    ],
)
def test_what_breaks_the_envelopes_schema_is_refused(changes):
    with pytest.raises(BadSchema):
        Message.from_event(event_with(**changes), MESSAGE.body)


@pytest.mark.parametrize("event", [b"", b"null", b"[" * 100_000, b'{"id":1,"id":2}'])
def test_what_is_no_json_object_is_refused(event: bytes):
    with pytest.raises(BadSchema, match="event"):
        Message.from_event(event, b"")


@pytest.mark.parametrize(
    "body",
    [b"", MESSAGE.body[:-1], MESSAGE.body + b"x", MESSAGE.body[::-1], bytes(len(MESSAGE.body))],
)
def test_a_body_that_is_not_exactly_the_listed_parts_is_refused(body: bytes):
    with pytest.raises(PartMismatch):
        Message.from_event(MESSAGE.to_event(), body)


def test_two_parts_of_one_name_are_refused():
    event = event_with(data=data_with(parts=[*listed()[:1], *listed()[:1]]))
    with pytest.raises(PartMismatch):
        Message.from_event(event, MESSAGE.parts["content"] * 2)
