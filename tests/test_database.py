"""Transactions: readers cannot write, one writer at a time, deleted bytes are gone."""

import threading
import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.database import Database, after_commit, after_rollback
from portal.exchange.tables import Stream
from portal.migrations import schema

SECRET = "a-sentence-that-must-not-stay"


class Broken(Exception):
    pass


@pytest.fixture
def table(databases):
    with databases.public.writing() as session:
        session.execute(text("CREATE TABLE notes (words TEXT)"))
    yield databases.public
    with databases.public.writing() as session:
        session.execute(text("DROP TABLE notes"))


def words(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(text("SELECT words FROM notes ORDER BY words")))


def write(database: Database, value: str) -> None:
    with database.writing() as session:
        session.execute(text("INSERT INTO notes VALUES (:words)"), {"words": value})


def test_what_is_written_is_read(table):
    write(table, "one")
    assert words(table) == ["one"]
    assert table.answers()


def test_an_error_takes_everything_back_and_tells_who_waits_for_it(table):
    told = []
    with pytest.raises(Broken), table.writing() as session:
        after_commit(session, lambda: told.append("committed"))
        after_rollback(session, lambda: told.append("rolled back"))
        session.execute(text("INSERT INTO notes VALUES ('half')"))
        raise Broken
    assert words(table) == []
    assert told == ["rolled back"]


def test_a_commit_is_told_once(table):
    told = []
    with table.writing() as session:
        after_commit(session, lambda: told.append("committed"))
        after_rollback(session, lambda: told.append("rolled back"))
        session.execute(text("INSERT INTO notes VALUES ('whole')"))
    assert told == ["committed"]


def test_the_database_itself_refuses_a_reader_that_writes(table):
    with table.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(text("INSERT INTO notes VALUES ('sneaked')"))
    assert words(table) == []


def test_an_error_message_never_quotes_what_was_to_be_stored(table):
    with pytest.raises(DBAPIError) as failure, table.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": SECRET})
    assert SECRET not in str(failure.value)


def test_sixteen_writers_at_once_all_get_their_turn(table):
    threads = [threading.Thread(target=write, args=(table, f"{n:02}")) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert words(table) == [f"{n:02}" for n in range(16)]


def test_a_deleted_sentence_is_gone_from_the_files_after_a_checkpoint(table, tmp_path):
    write(table, SECRET)
    with table.writing() as session:
        session.execute(text("DELETE FROM notes"))
    table.checkpoint()
    kept = b"".join(path.read_bytes() for path in (tmp_path).rglob("portal.db*"))
    assert SECRET.encode() not in kept


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_who_reads_can_write_while_the_log_waits_to_be_cut(table, tmp_path):
    write(table, "one")
    cutting = threading.Thread(target=table.checkpoint)
    with table.reading() as reader:
        reader.execute(text("SELECT words FROM notes")).all()
        cutting.start()
        time.sleep(0.1)
        began = time.monotonic()
        write(table, "two")
        assert time.monotonic() - began < 5
    cutting.join()
    assert (tmp_path / "public" / "portal.db-wal").stat().st_size == 0


def test_what_fails_after_a_commit_does_not_undo_it_nor_stop_what_follows(table):
    told = []

    def fail():
        raise OSError("the disk went read-only")

    with table.writing() as session:
        after_commit(session, fail)
        after_commit(session, lambda: told.append("told"))
        session.execute(text("INSERT INTO notes VALUES ('saved')"))
    assert words(table) == ["saved"]
    assert told == ["told"]


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
def test_who_sweeps_waits_for_what_is_being_committed(databases):
    """A process was killed in its commit; the server finishes it a moment later."""
    metadata = schema.metadata("public")
    begun = threading.Event()

    def commit_slowly():
        with databases.public.writing() as session:
            session.add(Stream(name="own", epoch="e", next_sequence=1))
            session.flush()
            begun.set()
            time.sleep(0.3)

    writer = threading.Thread(target=commit_slowly)
    writer.start()
    begun.wait()
    with databases.public.settled(metadata) as session:
        seen = session.scalars(select(Stream.name)).all()
    writer.join()
    assert seen == ["own"]
