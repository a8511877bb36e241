"""Line ends and numbers, as people and browsers send them."""

import pytest

from portal.text.normalise import ascii_digits, newlines


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("一\r\n二", "一\n二"),
        ("一\r二", "一\n二"),
        ("一\n二", "一\n二"),
        ("一\r\n\r\n二\r", "一\n\n二\n"),
        ("　一  二　", "　一  二　"),
        ("", ""),
    ],
)
def test_every_line_end_becomes_one_and_nothing_else_changes(sent: str, kept: str) -> None:
    assert newlines(sent) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "83172054",
        "8317 2054",
        "８３１７２０５４",
        "８３１７　２０５４",
        "8317-2054",
        "8317－2054",
        "8317–2054",
        "8317—2054",
        "8317‐2054",
        "8317·2054",
        " 8317.2054\t",
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str) -> None:
    assert ascii_digits(typed) == "83172054"


@pytest.mark.parametrize("typed", ["8317205a", "八三一七", "8317,2054", "٨٣١٧٢٠٥٤", "8317①054"])
def test_what_is_no_digit_stays_for_the_caller_to_refuse(typed: str) -> None:
    assert ascii_digits(typed) == typed
