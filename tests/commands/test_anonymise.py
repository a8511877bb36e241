"""`portal anonymise`: JSON Lines in, JSON Lines out, and a bad line named by its number."""

import json

import pytest
from click.testing import CliRunner

from portal.cli import main

TEXT = "柳岸镇财政所所长龚建华收受礼金，电话13900000017。"


def run(*arguments, lines):
    return CliRunner().invoke(main, ["anonymise", *arguments], input=lines)


def line(text, number=1):
    return json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"


def answers(result):
    assert result.exit_code == 0, result.output
    return [json.loads(one) for one in result.stdout.splitlines()]


def test_each_text_is_answered_with_its_places():
    found = answers(run(lines=line(TEXT) + "\n" + line("会议于上午召开。", 2)))
    assert [one["id"] for one in found] == [1, 2]
    spans = {(TEXT[one["start"] : one["end"]], one["type"]) for one in found[0]["spans"]}
    assert spans == {("柳岸镇财政所", "ORG"), ("龚建华", "PERSON"), ("13900000017", "PHONE")}
    assert found[1]["spans"] == []


def test_masks_are_written_on_request():
    assert answers(run("--mask", lines=line(TEXT))) == [
        {"id": 1, "text": "某镇某所所长龚某某收受礼金，电话。"}
    ]


def test_parties_and_units_are_read_from_files(tmp_path):
    parties, units = tmp_path / "parties.jsonl", tmp_path / "units.txt"
    party = {"role": "证人", "name": "春雨", "other_names": ["细雨"]}
    parties.write_text(json.dumps(party, ensure_ascii=False) + "\n\n", encoding="utf-8")
    units.write_text("# 名单\n听涛轩\n", encoding="gb18030")
    text = "春雨润物，细雨无声，听涛轩里坐。"
    options = ("--parties", str(parties), "--units", str(units))
    (found,) = answers(run(*options, lines=line(text)))
    words = [(text[one["start"] : one["end"]], one["type"]) for one in found["spans"]]
    assert words == [("春雨", "PERSON"), ("细雨", "PERSON"), ("听涛轩", "ORG")]


def test_half_a_character_of_another_encoding_does_no_harm():
    (found,) = answers(run("--mask", lines='{"id": 1, "text": "\\ud800好"}\n'))
    assert found["text"] == "\ud800好"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "line 2: is no JSON."),
        ("[]", "line 2: is no JSON object."),
        ('{"id": 1}', 'line 2: wants "id" and a "text"'),
        ('{"text": "好"}', 'line 2: wants "id" and a "text"'),
        ('{"id": 1, "text": 5}', 'line 2: wants "id" and a "text"'),
    ],
)
def test_a_bad_line_is_named_by_its_number(bad, reason):
    result = run(lines=line(TEXT) + bad + "\n")
    assert result.exit_code == 65
    assert reason in result.output


@pytest.mark.parametrize(
    "bad", ["{", '{"role": "证人"}', '{"name": "春雨", "other_names": "细雨"}']
)
def test_a_bad_line_of_the_parties_file_too(tmp_path, bad):
    parties = tmp_path / "parties.jsonl"
    parties.write_text(bad + "\n", encoding="utf-8")
    result = run("--parties", str(parties), lines=line(TEXT))
    assert result.exit_code == 65
    assert "parties.jsonl, line 1" in result.output
