"""Tables as CSV that a spreadsheet opens: in UTF-8 with its mark, and never as a formula."""

import csv
from collections.abc import Sequence
from io import StringIO

# A spreadsheet computes what begins like this, full-width or not; TAB and CR may hide it.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
ESCAPE = "'"


def csv_file(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a table as CSV with CRLF line ends and a byte order mark."""
    written = StringIO()
    writer = csv.writer(written)
    for row in (heads, *rows):
        writer.writerow([escaped(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def escaped(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return ESCAPE + cell if cell.lstrip(" \u3000").startswith(FORMULA) else cell
