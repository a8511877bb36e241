"""A table leaves as CSV that a spreadsheet shows and never computes."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.sheets import csv_file, escaped

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    "mark", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "　＠"]
)
def test_what_begins_like_a_formula_is_escaped(mark):
    assert escaped(f"{mark}HYPERLINK(1)") == f"'{mark}HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["满意", "12", "90.0%", "a=b", ""])
def test_other_cells_stay_as_they_are(cell):
    assert escaped(cell) == cell


def test_a_spreadsheet_recognises_the_encoding_and_the_lines():
    assert csv_file(["问题", "份数"], [["态度", "10"]]) == (
        b"\xef\xbb\xbf" + "问题,份数\r\n态度,10\r\n".encode()
    )


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_every_cell_survives_but_for_its_escape(rows):
    text = csv_file(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(StringIO(text, newline="")))
    assert read == [["a", "b"], *([escaped(cell) for cell in row] for row in rows)]
