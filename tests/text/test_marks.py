"""Nothing that a citizen wrote can hide from a clerk."""

import unicodedata

import pytest

from portal.text.marks import Run, runs


def printed(text: str) -> str:
    return "".join(run.text for run in runs(text) if not run.hidden)


def test_plain_words_stay_as_they_are() -> None:
    assert runs("𠮷村会计\n\t第二行") == [Run("𠮷村会计\n\t第二行")]
    assert runs("") == []


def test_a_mark_that_turns_the_text_stands_where_it_was_written_by_name() -> None:
    assert runs("收了\u202e元百五\u202c钱") == [
        Run("收了"),
        Run("强制从右到左 U+202E", hidden=True),
        Run("元百五"),
        Run("方向结束 U+202C", hidden=True),
        Run("钱"),
    ]


def test_marks_at_both_ends_and_side_by_side_are_each_shown() -> None:
    shown = runs("\u200b\u200b石桥\ufeff")
    assert [run.text for run in shown if run.hidden] == [
        "零宽空格 U+200B",
        "零宽空格 U+200B",
        "零宽不换行空格 U+FEFF",
    ]
    assert printed("\u200b\u200b石桥\ufeff") == "石桥"


@pytest.mark.parametrize(
    "mark",
    [
        *"\x00\x07\x1b\x7f\x85\r\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200d\u200f",
        *"\u2028\u2029\u202a\u202e\u2060\u2064\u2066\u2069\u206a\u2800\u3164\ufeff\uffa0\ufff9",
        "\U0001d173",
        "\U000e0041",
        "\ud800",
    ],
    ids=lambda mark: f"U+{ord(mark):04X}",
)
def test_no_invisible_character_is_printed(mark: str) -> None:
    (label,) = [run.text for run in runs(f"张{mark}三") if run.hidden]
    assert label.endswith(f" U+{ord(mark):04X}")
    assert printed(f"张{mark}三") == "张三"


@pytest.mark.parametrize("base", ["葛", "𠮷", "☎"])
@pytest.mark.parametrize("selector", ["\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef"])
def test_a_selector_stays_with_the_character_whose_form_it_chooses(
    base: str, selector: str
) -> None:
    assert runs(f"{base}{selector}氏") == [Run(f"{base}{selector}氏")]


@pytest.mark.parametrize("before", ["", "a", "，", "葛\ufe00", "\n"])
def test_a_selector_anywhere_else_is_shown(before: str) -> None:
    assert runs(f"{before}\ufe01")[-1] == Run("看不见的字符 U+FE01", hidden=True)


def test_every_label_is_itself_harmless() -> None:
    labels = [run.text for mark in map(chr, range(0x3000)) for run in runs(mark) if run.hidden]
    assert len(labels) > 100
    assert {unicodedata.category(one) for label in labels for one in label} <= {
        "Lo",
        "Lu",
        "Nd",
        "Sm",
        "Zs",
    }
