"""The log's table is append-only however it was made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.database import Database
from portal.desk.models.audit import AuditEntry
from portal.desk.models.base import Base
from portal.migrations import schema


@pytest.mark.parametrize("way", ["migrations", "metadata"])
def test_a_new_table_refuses_changes_from_its_first_entry(tmp_path: Path, way: str) -> None:
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    if way == "migrations":
        schema.upgrade(database, "desk")
    else:
        Base.metadata.create_all(database.engine)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with database.writing() as session:
        session.add(AuditEntry(n=1, at=now, act="read", target="-", previous_hash="0", hash="1"))
    for statement in ("UPDATE audit_entries SET n = 2", "DELETE FROM audit_entries"):
        with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
            session.execute(text(statement))
    database.dispose()
