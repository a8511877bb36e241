"""The audit log: a chain of hashes that the database itself refuses to change."""

from datetime import datetime

from sqlalchemy import Connection, String, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant

TABLE = "audit_entries"


class AuditEntry(Base):
    """One act of one person on one thing; never content."""

    __tablename__ = TABLE

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[str | None] = mapped_column(String(32), index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    target: Mapped[str] = mapped_column(String(100), index=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


# What makes the table append-only, by dialect; migrations run the same statements.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
        f"""CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
    ),
}


def make_append_only(connection: Connection) -> None:
    """Add the triggers to the table that was just created."""
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)


event.listen(
    AuditEntry.__table__,
    "after_create",
    lambda _table, connection, **_options: make_append_only(connection),
)
