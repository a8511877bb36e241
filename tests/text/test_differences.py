"""A difference is read by a person: characters, not bytes, and no confetti."""

from hypothesis import given
from hypothesis import strategies as st

from portal.text.differences import Piece, pieces


def test_chinese_goes_by_the_character_numbers_and_words_stay_whole() -> None:
    assert pieces("收取3.2万元", "收取3.5万元") == [
        Piece("same", "收取"),
        Piece("removed", "3.2"),
        Piece("added", "3.5"),
        Piece("same", "万元"),
    ]


def test_what_stands_between_two_changes_close_together_is_read_as_changed() -> None:
    assert pieces("甲乙丙", "子乙丑") == [Piece("removed", "甲乙丙"), Piece("added", "子乙丑")]


def test_long_stretches_that_stayed_are_cut() -> None:
    (piece,) = pieces("字" * 100, "字" * 100)
    assert piece == Piece("same", "字" * 20 + "……" + "字" * 20)


@given(st.text("甲乙丙丁1a ", max_size=30), st.text("甲乙丙丁1a ", max_size=30))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    told = pieces(before, after)
    assert "".join(one.text for one in told if one.kind != "added") == before
    assert "".join(one.text for one in told if one.kind != "removed") == after
