"""A desk that had one office key before there were offices goes on with it as its intake."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, select

from portal.database import Database
from portal.migrations import schema
from tests.migrations.older import CASE, DAY, PERSON, STAFF, at_revision

MOMENT = datetime(2026, 11, 20, 8, 0)  # noqa: DTZ001 — stored so
CASES = {"1" * 32: DAY, "2" * 32: None}


@pytest.fixture
def older(tmp_path) -> Database:
    """A database of the revision before offices, with a holder and two cases."""
    key = {"id": "office-1", "kind": "office", "recipient": "age1pq1"}
    grant = {"key_id": "office-1", "person_id": PERSON, "sealed": b"-", "at": MOMENT}
    found = [
        ("cases", {**CASE, "id": one, "registered_on": opened, "reference": one[:8]})
        for one, opened in CASES.items()
    ]
    return at_revision(
        tmp_path, "0002", [("people", STAFF), ("keys", key), ("grants", grant), *found]
    )


def test_its_holders_and_what_they_registered_are_the_intakes(older: Database) -> None:
    schema.upgrade(older, "desk")
    tables = MetaData()
    with older.engine.connect() as connection:
        tables.reflect(connection)

        def all_of(name: str, *columns: str) -> list[tuple[Any, ...]]:
            table: Table = tables.tables[name]
            query = select(*(table.c[column] for column in columns)).order_by(table.c[columns[0]])
            return [tuple(row) for row in connection.execute(query)]

        assert all_of("offices", "id", "name", "intake") == [("office-1", "信访室", True)]
        assert all_of("office_members", "person_id", "office_id") == [(PERSON, "office-1")]
        assert all_of("cases", "id", "office_id") == [("1" * 32, "office-1"), ("2" * 32, None)]
    older.dispose()
