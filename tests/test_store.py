"""Sealed files: durable before their row, gone with it, and silent about when."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from portal.store import MOST_STALE, MissingFile, SealedStore, TooManyStale


@pytest.fixture
def store(tmp_path):
    return SealedStore(tmp_path / "items")


def test_a_file_comes_back_as_it_was(store):
    name = store.put(b"sealed bytes")
    assert store.get(name) == b"sealed bytes"
    assert store.names() == {name}


def test_names_and_times_tell_nothing(store):
    first, second = store.put(b"1"), store.put(b"2")
    assert first != second
    assert len(first) == len(second) == 39
    assert (store.folder / first).stat().st_mtime % 86_400 == 0


def test_a_discarded_file_is_gone_and_discarding_again_is_no_error(store):
    name = store.put(b"sealed bytes")
    store.discard(name)
    store.discard(name)
    with pytest.raises(MissingFile):
        store.get(name)


def test_a_rollback_takes_the_file_away(store, databases):
    with pytest.raises(ZeroDivisionError), databases.public.writing() as session:
        store.put_for(session, b"sealed bytes")
        session.connection()
        raise ZeroDivisionError
    assert store.names() == set()


def test_a_commit_that_may_have_reached_the_database_keeps_the_file(store, databases):
    """The connection breaks in the very moment of the commit: nobody knows on which side."""

    def lose_connection(_connection):
        raise OperationalError("COMMIT", {}, Exception("lost"), connection_invalidated=True)

    event.listen(databases.public.engine, "commit", lose_connection)
    with pytest.raises(OperationalError), databases.public.writing() as session:
        session.connection()
        name = store.put_for(session, b"sealed bytes")
    event.remove(databases.public.engine, "commit", lose_connection)
    assert store.names() == {name}
    assert store.sweep(set()) == 1


def test_a_file_is_removed_only_when_its_row_is_surely_gone(store, databases):
    name = store.put(b"sealed bytes")
    with pytest.raises(ZeroDivisionError), databases.public.writing() as session:
        session.connection()
        store.discard_after_commit(session, name)
        raise ZeroDivisionError
    assert store.names() == {name}
    with databases.public.writing() as session:
        session.connection()
        store.discard_after_commit(session, name)
    assert store.names() == set()


def test_a_sweep_keeps_what_rows_name_and_removes_what_a_crash_left(store):
    kept = store.put(b"kept")
    store.put(b"stale")
    (store.folder / "half.sealed.part").write_bytes(b"half")
    assert store.sweep({kept}) == 2
    assert store.names() == {kept}
    assert [path.name for path in store.folder.iterdir()] == [kept]


def test_a_sweep_refuses_to_empty_the_store_of_another_database(store):
    for number in range(MOST_STALE + 1):
        (store.folder / f"{number}.sealed").write_bytes(b"sealed")
    with pytest.raises(TooManyStale) as refusal:
        store.sweep(set())
    assert refusal.value.count == len(store.names()) == MOST_STALE + 1


def test_a_failed_write_leaves_nothing_behind(store):
    store.folder.rmdir()
    store.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(OSError, match="Not a directory"):
        store.put(b"sealed bytes")
