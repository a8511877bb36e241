"""Both databases reach, by their revisions, exactly the schema that the models describe."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.database import Database
from portal.migrations import schema


@pytest.mark.parametrize("side", schema.SIDES)
def test_revisions_lead_to_what_the_models_describe(databases, side):
    database = getattr(databases, side)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        tables: Any = schema.metadata(side)  # a list, which its types leave out
        differences = compare_metadata(context, tables)
    assert differences == []


@pytest.mark.parametrize("side", schema.SIDES)
def test_upgrading_twice_is_harmless_and_known_as_current(databases, side):
    database = getattr(databases, side)
    assert schema.is_current(database, side)
    schema.upgrade(database, side)
    assert schema.is_current(database, side)


def test_an_empty_database_is_not_current(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not schema.is_current(database, "desk")
    database.dispose()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entries SET act = 'x'", "DELETE FROM audit_entries"]
)
def test_the_migrated_audit_log_is_append_only(databases, statement):
    insert = (
        "INSERT INTO audit_entries (n, at, act, target, previous_hash, hash) "
        "VALUES (1, '2026-11-20 00:00:00', 'signed-in', '', '', '')"
    )
    with databases.desk.writing() as session:
        session.execute(text(insert))
    with pytest.raises(DBAPIError, match="append-only"), databases.desk.writing() as session:
        session.execute(text(statement))
