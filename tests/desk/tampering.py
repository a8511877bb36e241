"""What somebody with full rights over the database could do to the audit log."""

from sqlalchemy import TextClause, text

from portal.database import Database
from portal.desk.models.audit import APPEND_ONLY, TABLE


def tamper(database: Database, statement: TextClause) -> None:
    """Run a statement on the log past its triggers."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {TABLE}_no_{act}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(statement)
        if database.is_sqlite:
            for trigger in APPEND_ONLY["sqlite"]:
                connection.exec_driver_sql(trigger)
