"""Engines and transactions of one side's database, SQLite or PostgreSQL.

SQLite before 3.51.3 can reset its write-ahead log wrongly when two connections write, so each
process keeps exactly one writing connection; readers get connections that cannot write.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

log = logging.getLogger(__name__)

WRITE_WAIT_SECONDS = 20
BUSY_MILLISECONDS = 20_000
READERS = 24
# How long a checkpoint may hold the writing connection, how long it then stands aside, how often.
CUT_MILLISECONDS = 250
CUT_AGAIN_SECONDS = 0.1
CUT_TRIES = 40

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata() -> MetaData:
    """Return table metadata whose constraint names are the same on both databases."""
    return MetaData(naming_convention=NAMING)


class Database:
    """One side's database; `reading` and `writing` each give one transaction.

    Parameters never appear in error messages: they would carry what a citizen wrote into a log.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        make = _sqlite_engines if self.is_sqlite else _postgres_engines
        self._writer, self._reader = make(url)

    @property
    def engine(self) -> Engine:
        """The engine that may write; migrations run on it."""
        return self._writer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session in which the database itself refuses every write."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def settled(self, tables: Iterable[MetaData]) -> Iterator[Session]:
        """Give a reading session that begins when nobody has unfinished writes to these tables.

        A process killed in the moment of a commit may leave it to PostgreSQL to finish: without
        waiting for that, a file would be taken for stale whose row appears a moment later.
        """
        with self.reading() as session:
            if not self.is_sqlite:
                names = [f'"{table.name}"' for one in tables for table in one.sorted_tables]
                session.execute(text(f"LOCK TABLE {', '.join(names)} IN SHARE MODE"))
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or rolled back when an error leaves.

        :raises sqlalchemy.exc.TimeoutError: when another writer held SQLite for too long.
        """
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def checkpoint(self) -> None:
        """Fold SQLite's write-ahead log into the database and cut it to nothing.

        Deleted rows are overwritten in the database file (`secure_delete`), but their old pages
        would live on in the log until this runs. A reader in the way may itself be waiting for
        the writing connection, so that is given back between short tries.
        """
        if not self.is_sqlite:
            return
        for _try in range(CUT_TRIES):
            if self._cut_log():
                return
            time.sleep(CUT_AGAIN_SECONDS)
        log.warning("the write-ahead log could not be cut: somebody reads all the time")

    def _cut_log(self) -> bool:
        with self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is None:
                return True
            try:
                raw.execute(f"PRAGMA busy_timeout={CUT_MILLISECONDS}").close()
                busy, *_pages = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").close()
        return not busy

    def answers(self) -> bool:
        """Tell whether a reader gets an answer now; for health checks."""
        with self.reading() as session:
            return bool(session.scalar(text("SELECT 1")) == 1)

    def dispose(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self._writer.dispose()


def after_commit(session: Session, callback: Callable[[], object]) -> None:
    """Call back once when this session's transaction has been committed.

    Savepoints would set this off too early, and `after_rollback` too: nothing here uses them.
    What is saved is saved: a callback that fails is logged, and the answer stays a good one.
    """
    event.listen(session, "after_commit", lambda _session: _attempt(callback), once=True)


def after_rollback(session: Session, callback: Callable[[], object]) -> None:
    """Call back once when this session's transaction has been rolled back."""
    event.listen(session, "after_rollback", lambda _session: callback(), once=True)


def _attempt(callback: Callable[[], object]) -> None:
    try:
        callback()
    except Exception:
        log.exception("something after a commit failed")


def _postgres_engines(url: str) -> tuple[Engine, Engine]:
    engine = create_engine(
        url,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=WRITE_WAIT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": "-c synchronous_commit=on"},
    )
    return engine, engine.execution_options(postgresql_readonly=True)


def _sqlite_engines(url: str) -> tuple[Engine, Engine]:
    writer = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WRITE_WAIT_SECONDS,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    reader = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=WRITE_WAIT_SECONDS,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(writer, "connect", _prepare_writer)
    event.listen(reader, "connect", _prepare_reader)
    event.listen(writer, "begin", lambda connection: _begin(connection, "BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda connection: _begin(connection, "BEGIN"))
    return writer, reader


def _prepare_writer(connection: SqliteConnection, _record: object) -> None:
    _prepare(connection, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")


def _prepare_reader(connection: SqliteConnection, _record: object) -> None:
    _prepare(connection, "query_only=ON")


def _prepare(connection: SqliteConnection, *pragmas: str) -> None:
    # The driver must not open transactions by itself: `_begin` says which kind is wanted.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=ON", *pragmas):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
