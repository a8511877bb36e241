"""The signed document of a notice: what is written is read, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.notices import (
    Correction,
    Counts,
    Notice,
    open_notice,
    own_notice,
    sign_notice,
)
from portal.exchange.refusals import BadSchema, Refused, Unreadable, Unsigned
from portal.exchange.signing import sign
from tests.exchange.crossing import new_id
from tests.exchange.test_schemas import WRONG, paths, put, validator

KEY = Ed25519PrivateKey.generate()
VERIFY_KEY = KEY.public_key().public_bytes_raw()
NOTICE = Notice(
    notice=new_id(),
    version=2,
    number="2026-0017",
    state="published",
    kind="N01",
    mode="anonymised",
    title="青岚县纪委监委通报1起典型问题",
    summary="某村干部侵占集体资金。",
    body="<p>某村党支部书记张某侵占集体资金。</p>",
    region="990001",
    area="A16",
    published_on=date(2026, 11, 20),
    not_before=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    counts=Counts(2, 1, 1),
    recovered="已追回3.2万元",
    review_on=date(2027, 11, 20),
    answers="2026-0003",
    expires_on=date(2027, 5, 20),
    corrections=(Correction(date(2026, 11, 21), "数字有误", "3.1万元", "3.2万元"),),
    reason="",
)
DOCUMENT = json.loads(NOTICE.to_bytes())


def test_what_the_desk_signs_the_public_side_reads():
    assert open_notice(sign_notice(NOTICE, KEY), VERIFY_KEY) == NOTICE
    assert own_notice(sign_notice(NOTICE, KEY)) == NOTICE
    assert DOCUMENT["not_before"] == "2026-11-23T09:00+08:00"


def test_a_tombstone_says_when_and_one_from_before_still_counts():
    early = replace(NOTICE, state="withdrawn", body="", reason="事实有误", not_before=None)
    assert "withdrawn_on" not in json.loads(early.to_bytes())
    dated = replace(early, withdrawn_on=date(2026, 11, 22))
    for one in (early, dated):
        assert open_notice(sign_notice(one, KEY), VERIFY_KEY) == one
        assert not list(validator("notice").iter_errors(json.loads(one.to_bytes())))
    wrong = replace(NOTICE, withdrawn_on=date(2026, 11, 22))
    assert list(validator("notice").iter_errors(json.loads(wrong.to_bytes())))
    with pytest.raises(BadSchema, match="withdrawn_on"):
        Notice.from_bytes(wrong.to_bytes())


def test_a_withdrawn_one_has_a_reason_and_no_body():
    withdrawn = replace(NOTICE, state="withdrawn", body="", reason="事实有误", not_before=None)
    assert Notice.from_bytes(withdrawn.to_bytes()) == withdrawn
    for wrong in (replace(withdrawn, reason=""), replace(withdrawn, body="<p>x</p>")):
        with pytest.raises(BadSchema):
            Notice.from_bytes(wrong.to_bytes())
    with pytest.raises(BadSchema, match="reason"):
        Notice.from_bytes(replace(NOTICE, reason="x").to_bytes())


def test_only_the_desks_key_and_only_this_type_open():
    with pytest.raises(Unsigned):
        open_notice(sign_notice(NOTICE, Ed25519PrivateKey.generate()), VERIFY_KEY)
    with pytest.raises(Unreadable):
        open_notice(sign(NOTICE.to_bytes(), KEY), VERIFY_KEY)
    with pytest.raises(BadSchema, match="notice"):
        Notice.from_bytes(b"no json")


def reads(document: object) -> bool:
    try:
        Notice.from_bytes(json.dumps(document).encode())
    except Refused:
        return False
    return True


def test_code_and_schema_refuse_the_same():
    schema = validator("notice")
    schema.validate(DOCUMENT)
    differing = []
    for path in paths(DOCUMENT):
        for value in WRONG:
            changed = put(DOCUMENT, path, value)
            if changed != DOCUMENT and schema.is_valid(changed) != reads(changed):
                differing.append((path, value))
    assert differing == []


def test_a_minute_that_no_calendar_has_is_refused():
    with pytest.raises(BadSchema, match="not_before"):
        Notice.from_bytes(json.dumps({**DOCUMENT, "not_before": "2026-02-30T09:00+08:00"}).encode())
