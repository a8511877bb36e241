"""A desk that had one office key before there were offices goes on with it as its intake."""

from datetime import date, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import MetaData, Table, select

from portal.database import Database
from portal.migrations import schema

DAY, MOMENT = date(2026, 11, 20), datetime(2026, 11, 20, 8, 0)  # noqa: DTZ001 — stored so
PERSON, CASES = "a" * 32, {"1" * 32: DAY, "2" * 32: None}


@pytest.fixture
def older(tmp_path) -> Database:
    """A database of the revision before offices, with a holder and two cases."""
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    config = schema.configuration("desk")
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with database.engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for name, row in rows():
            connection.execute(tables.tables[name].insert().values(**row))
    return database


def rows() -> list[tuple[str, dict[str, Any]]]:
    person = {
        "id": PERSON,
        "name": "chen.yu",
        "display_name": "陈雨",
        "active": True,
        "last_totp_step": 0,
    }
    key = {"id": "office-1", "kind": "office", "recipient": "age1pq1"}
    grant = {"key_id": "office-1", "person_id": PERSON, "sealed": b"-", "at": MOMENT}
    case = {
        "received_on": DAY,
        "look_by": DAY,
        "look_by_provisional": False,
        "answer_by_provisional": False,
        "state": "received",
        "state_on": DAY,
        "revision": 1,
        "intake_key": "intake-2026-4",
        "content_file": "-",
        "identity_file": "-",
    }
    found = [
        ("cases", {**case, "id": one, "reference": one[:8], "registered_on": opened})
        for one, opened in CASES.items()
    ]
    return [("people", person), ("keys", key), ("grants", grant), *found]


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
