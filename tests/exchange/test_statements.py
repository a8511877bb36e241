from dataclasses import replace
from datetime import date

import pytest

from portal.exchange.refusals import BadSchema
from portal.exchange.statements import Statement
from tests.exchange.crossing import new_id

STATEMENT = Statement.about(
    b"sealed words", act=new_id(), case=new_id(), purpose="answer", on=date(2026, 11, 20)
)


def test_a_statement_reads_back_from_the_bytes_that_were_signed():
    assert Statement.from_bytes(STATEMENT.to_bytes()) == STATEMENT


def test_a_statement_covers_its_words_and_no_others():
    assert STATEMENT.covers(b"sealed words")
    assert not STATEMENT.covers(b"sealed word")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        replace(STATEMENT, act="1").to_bytes(),
        replace(STATEMENT, case="x").to_bytes(),
        replace(STATEMENT, purpose="Answer!").to_bytes(),
        replace(STATEMENT, words_sha256="").to_bytes(),
        STATEMENT.to_bytes().replace(b"2026-11-20", b"2026-13-20"),
        STATEMENT.to_bytes().replace(b"{", b'{"more":1,'),
    ],
)
def test_other_bytes_are_refused(data: bytes):
    with pytest.raises(BadSchema):
        Statement.from_bytes(data)
