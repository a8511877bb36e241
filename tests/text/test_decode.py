"""Small files in the encodings that editors leave behind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.decode import decoded

SAVED = "8317 2054 9961 0378 5461 2093\r\n"


@pytest.mark.parametrize(
    "encoding",
    [
        *("ascii", "utf-8-sig", "gb18030"),
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    ],
)
def test_digits_are_found_in_every_encoding(encoding):
    assert decoded(SAVED.encode(encoding)) == SAVED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_words_beside_the_digits_are_read_too(encoding):
    assert decoded(f"查询码𠮷 {SAVED}".encode(encoding)) == f"查询码𠮷 {SAVED}"


@pytest.mark.parametrize("mark", [b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"])
def test_a_mark_of_four_bytes_is_not_taken_for_one_of_two(mark):
    assert decoded(mark) == ""


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data):
    assert isinstance(decoded(data), str)
