"""Readings of a text: what joins, what breaks, what counts as unreadable."""

import pytest

from portal.sealing.dictation import readings


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("8317 2054", "83172054"),
        ("8317-2054.9961·0378", "8317205499610378"),
        ("8317|2054/9961,0378", "8317205499610378"),
        ("8317\u200b2054\ufeff9961\u30000378", "8317205499610378"),
        ("8317\r\n2054", "83172054"),
        ("八三一七 两零五四", "83172054"),
        ("八三幺拐", "831"),
        ("〇○零洞一幺二两兩三四五六七八九", "0000112223456789"),
        ("𝟖𝟑𝟏𝟕", "8317"),
        ("٨٣١٧", "8317"),
        ("8*17 ?054 x961 #378", "8*17*054*961*378"),
        ("83xx", "83**"),
        ("８＊１７？０ｘ＃Ｘ", "8*17*0***"),
        ("8*17 ?054 x961 #378 ×1 X2", "8*17*054*961*378*1*2"),
        ("第一组8317第2组:2054", "83172054"),
        ("第 １ 组8317", "8317"),
        ("①8317", "8317"),
    ],
)
def test_spellings_of_digits(text, first):
    assert readings(text)[0] == first


def test_words_break_a_reading():
    assert readings("查询码8317谢谢2054") == ["8317", "2054"]
    assert readings("https://xx.invalid/t12") == ["12"]


def test_a_digit_word_beside_digits_may_belong_to_the_sentence():
    assert readings("8317一共") == ["83171", "8317"]


def test_lines_are_read_together_and_one_by_one():
    assert readings("8317 2054\n12345678") == ["8317205412345678", "83172054", "12345678"]


def test_a_mark_at_an_end_may_be_the_sentences_own():
    assert readings("?8317?") == ["*8317*", "*8317", "8317*", "8317"]


@pytest.mark.parametrize("text", ["", "谢谢", "???", "x", "\0"])
def test_without_a_digit_there_is_no_reading(text):
    assert readings(text) == []
