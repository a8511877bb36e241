"""Page texts: every blank is filled or named, and lists are told from paragraphs."""

import json
from string import Formatter

import pytest

from portal.config import CHECKOUT
from portal.reference.texts import (
    MissingPlaceholder,
    MissingText,
    blocks,
    keys,
    paragraphs,
    text,
)
from portal.web.templating import text_values
from tests.settings import county


def test_a_text_has_its_blanks_filled():
    assert text("track.too_short", n=20).startswith("查询码是24位，您填了20位。")


def test_values_that_no_blank_names_are_ignored():
    assert text("button.continue", n=3) == "继续"


def test_an_unknown_key_is_named():
    with pytest.raises(MissingText, match=r"no\.such"):
        text("no.such")


def test_a_blank_without_a_value_is_named_with_its_text():
    with pytest.raises(MissingPlaceholder, match=r"track\.too_short: n"):
        text("track.too_short")


def test_braces_in_a_value_are_not_filled_again():
    assert "{phone}" in text("error.file.kind", shown="{phone}")


def test_the_notes_for_maintainers_are_no_page_texts():
    with pytest.raises(MissingText):
        text("_check")


def test_a_text_comes_as_paragraphs():
    assert paragraphs("sent.body", date="2026年11月20日", reference="12345678", n=5)[2] == (
        "离开前请点“清除这部手机上的记录”。"
    )


def test_bulleted_lines_become_lists_between_paragraphs():
    assert blocks("先看：\n· 一\n·二\n\n再看。") == [
        ("paragraphs", ["先看："]),
        ("list", ["一", "二"]),
        ("paragraphs", ["再看。"]),
    ]


def test_no_words_are_no_blocks():
    assert blocks("\n \n") == []


@pytest.mark.parametrize("prefix", ["home", "help", "safety", "after", "privacy", "accessibility"])
def test_an_open_page_needs_only_what_the_settings_know(prefix, tmp_path):
    known = set(text_values(county(tmp_path)))
    for key in sorted(key for key in keys() if key.startswith(f"{prefix}.")):
        blanks = {name for _, name, _, _ in Formatter().parse(_raw()[key]) if name}
        assert blanks <= known, key


def test_texts_use_full_width_punctuation():
    for key, words in _raw().items():
        if not key.startswith("_"):
            assert not set(words) & set(",;?!"), key


def _raw() -> dict[str, str]:
    path = CHECKOUT / "portal" / "reference" / "data" / "texts.json"
    entries: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return entries
