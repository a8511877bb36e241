"""Databases as earlier releases left them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import MetaData

from portal.database import Database
from portal.migrations import schema

DAY = date(2026, 11, 20)
PERSON = "a" * 32
STAFF = {
    "id": PERSON,
    "name": "chen.yu",
    "display_name": "陈雨",
    "active": True,
    "last_totp_step": 0,
}
CASE = {
    "id": "1" * 32,
    "reference": "11111111",
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


def at_revision(
    folder: Path, revision: str, rows: Iterable[tuple[str, dict[str, Any]]], side: str = "desk"
) -> Database:
    """Return a side's database of an earlier revision with these rows, by table."""
    database = Database(f"sqlite:///{folder / side}.db")
    config = schema.configuration(side)
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    tables = MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection)
        for name, row in rows:
            connection.execute(tables.tables[name].insert().values(**row))
    return database
