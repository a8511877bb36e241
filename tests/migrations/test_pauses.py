"""Waits of which only the sum was kept stay as long as they were."""

from datetime import date

from sqlalchemy import MetaData

from portal.migrations import schema
from tests.migrations.older import CASE, at_revision

MONDAY, THURSDAY = date(2026, 11, 9), date(2026, 11, 12)
TERM = {"starts_on": MONDAY, "days": 15, "extended": 0, "due": MONDAY, "provisional": False}


def test_a_sum_of_days_becomes_a_wait_of_as_many(tmp_path) -> None:
    waited = [
        ("deadlines", {**TERM, "case_id": CASE["id"], "kind": kind, "paused": paused})
        for kind, paused in (("accept", 3), ("assign", 0))
    ]
    older = at_revision(tmp_path, "0010", [("cases", CASE), *waited])
    schema.upgrade(older, "desk")
    tables = MetaData()
    with older.engine.connect() as connection:
        tables.reflect(connection)
        deadlines = tables.tables["deadlines"]
        rows = connection.execute(deadlines.select().order_by(deadlines.c.kind)).all()
    older.dispose()
    assert [(row.kind, row.pauses) for row in rows] == [
        ("accept", [[MONDAY.isoformat(), THURSDAY.isoformat()]]),
        ("assign", []),
    ]
    assert "paused" not in deadlines.c
