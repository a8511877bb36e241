"""What is inside sealed parts keeps every character and is read as one kind only."""

import json
from datetime import date

import pytest

from portal.sealing.content import (
    EvidenceFile,
    NamedReporter,
    ReportContent,
    ReporterKeys,
    Subject,
    Words,
)
from portal.sealing.errors import MalformedContent
from portal.sealing.keys import Identity
from tests.sealing.samples import report


@pytest.mark.parametrize(
    "content",
    [
        report(),
        report(subject=Subject(), place="", happened="", helper=True, named=True),
        report(story="𠮷\u202e反写\u200b,。\r\n\t 全角　空格"),
        report(named=True, identity_sha256="0a" * 32),
        report(files=(EvidenceFile("file-1", 123_456, str(Identity.generate())),)),
    ],
)
def test_a_report_comes_back_unchanged(content):
    assert ReportContent.from_bytes(content.to_bytes()) == content


def test_a_reporters_keys_come_back_unchanged_and_as_nothing_else():
    keys = ReporterKeys(Identity.generate().recipient, bytes(range(32)))
    assert ReporterKeys.from_bytes(keys.to_bytes()) == keys
    with pytest.raises(MalformedContent):
        Words.from_bytes(keys.to_bytes())


def test_words_come_back_unchanged():
    words = Words("已经收到您补充的材料。\n𠮷", date(2026, 11, 20))
    assert Words.from_bytes(words.to_bytes()) == words


@pytest.mark.parametrize("pressed", ["yes", "no", "unsaid", None])
def test_a_withdrawal_says_whether_somebody_pressed_and_other_words_spell_nothing(pressed):
    words = Words("不想再提了", date(2026, 11, 20), pressed)
    assert Words.from_bytes(words.to_bytes()) == words
    assert (b"pressed" in words.to_bytes()) is bool(pressed)


@pytest.mark.parametrize("value", ['"maybe"', '""', "null", "true"])
def test_any_other_answer_is_refused(value):
    sealed = Words("不想再提了", date(2026, 11, 20), "yes").to_bytes()
    with pytest.raises(MalformedContent):
        Words.from_bytes(sealed.replace(b'"yes"', value.encode()))


def _changed(**changes: object) -> bytes:
    document = json.loads(report().to_bytes()) | changes
    kept = {name: value for name, value in document.items() if value != "left out"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "words"},
        {"suite": "sm2/sm4"},
        {"story": 5},
        {"story": "left out"},
        {"more": "x"},
        {"helper": 1},
        {"named": "yes"},
        {"named": "left out"},
        {"full_name": "欧阳青禾"},
        {"subject": {"unit": "x"}},
        {"subject": dict.fromkeys(["unit", "name", "post", "level", "region", "more"], "")},
        {"files": [{"part": "file-1", "size": "1", "identity": "x"}]},
        {"files": [{"part": "file-1", "size": 1, "identity": "x", "more": ""}]},
        {"reply_recipient": "age1pq1x"},
        {"verify_key": "QQ=="},
        {"identity_sha256": None},
        {"identity_sha256": "0A" * 32},
        {"identity_sha256": "0a" * 31},
    ],
)
def test_a_report_of_another_shape_is_refused(changes):
    assert ReportContent.from_bytes(_changed()) == report()
    with pytest.raises(MalformedContent):
        ReportContent.from_bytes(_changed(**changes))


def test_words_are_not_read_as_a_report_nor_a_report_as_words():
    with pytest.raises(MalformedContent):
        Words.from_bytes(report().to_bytes())
    with pytest.raises(MalformedContent):
        ReportContent.from_bytes(Words("x", date(2026, 11, 20)).to_bytes())


@pytest.mark.parametrize("call_me", [True, False])
def test_who_reported_comes_back_unchanged(call_me):
    reporter = NamedReporter("欧阳青禾", "0990-1238800转12", call_me, "晚上七点以后\n𠮷")
    assert NamedReporter.from_fields(reporter.to_fields()) == reporter


@pytest.mark.parametrize(
    "changes", [{"call_me": "maybe"}, {"address": "x"}, {"phone": None}, {"name": "x"}]
)
def test_fields_of_somebody_else_are_refused(changes):
    fields = NamedReporter("欧阳青禾", "13900000000").to_fields() | changes
    with pytest.raises(MalformedContent):
        NamedReporter.from_fields({name: one for name, one in fields.items() if one is not None})


def test_half_a_character_is_refused_when_it_is_written():
    with pytest.raises(MalformedContent):
        report(story="\ud842").to_bytes()
