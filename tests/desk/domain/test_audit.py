"""The audit log grows at its end and cannot be changed unnoticed."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.database import Database
from portal.desk.domain import audit
from portal.desk.models.audit import AuditEntry
from tests.conftest import Databases
from tests.desk.tampering import tamper

NOW = datetime(2026, 11, 20, 7, 4, 5, 123456, tzinfo=UTC)
PERSON = "0f" * 16


@pytest.fixture
def desk(databases: Databases) -> Database:
    return databases.desk


def record(desk: Database, times: int = 1) -> None:
    with desk.writing() as session:
        for number in range(times):
            moment = NOW + timedelta(minutes=number)
            audit.record(session, person_id=PERSON, act="case-read", target="1", now=moment)


def verified(desk: Database, recent: int | None = None) -> audit.Verification:
    with desk.reading() as session:
        return audit.verify(session, recent=recent)


def test_an_empty_log_is_sound(desk: Database) -> None:
    found = verified(desk)
    assert (found.checked, found.total, found.sound, found.head) == (0, 0, True, audit.START)


def test_entries_are_numbered_and_chained(desk: Database) -> None:
    record(desk, 3)
    with desk.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.n)).all()
    assert [entry.n for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == [
        audit.START,
        entries[0].hash,
        entries[1].hash,
    ]
    found = verified(desk)
    assert (found.sound, found.whole, found.head) == (True, True, entries[2].hash)


def test_the_recent_end_can_be_checked_alone(desk: Database) -> None:
    record(desk, 5)
    found = verified(desk, recent=2)
    assert (found.checked, found.total, found.sound, found.whole) == (2, 5, True, False)
    assert verified(desk, recent=50).whole


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        pytest.param("UPDATE audit_entries SET act = 'x' WHERE n = 2", 2, id="act"),
        pytest.param("UPDATE audit_entries SET target = '2' WHERE n = 3", 3, id="target"),
        pytest.param("UPDATE audit_entries SET person_id = NULL WHERE n = 1", 1, id="person"),
        pytest.param(
            "UPDATE audit_entries SET at = '2026-11-20 07:04:05.123457' WHERE n = 1", 1, id="time"
        ),
        pytest.param("UPDATE audit_entries SET hash = previous_hash WHERE n = 4", 4, id="hash"),
        pytest.param("DELETE FROM audit_entries WHERE n = 1", 1, id="first gone"),
        pytest.param("DELETE FROM audit_entries WHERE n = 3", 3, id="one gone"),
        pytest.param("UPDATE audit_entries SET n = 9 WHERE n = 3", 3, id="moved"),
    ],
)
def test_a_change_past_the_triggers_breaks_the_chain(
    desk: Database, statement: str, broken_at: int
) -> None:
    record(desk, 5)
    tamper(desk, text(statement))
    found = verified(desk)
    assert not found.sound
    assert found.broken_at == broken_at


def test_entries_cut_off_at_the_end_show_against_the_lines_shipped_elsewhere(
    desk: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "portal.audit")
    record(desk, 3)
    last_line = caplog.messages[-1]
    assert last_line.startswith("3 2026-11-20T07:06:05.123456+00:00 " + PERSON)
    tamper(desk, text("DELETE FROM audit_entries WHERE n = 3"))
    found = verified(desk)
    assert found.sound
    assert found.head not in last_line
    assert found.total == 2


def test_nothing_is_shipped_for_what_was_rolled_back(
    desk: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "portal.audit")
    with pytest.raises(ZeroDivisionError), desk.writing() as session:
        audit.record(session, person_id=PERSON, act="case-read", target="1", now=NOW)
        raise ZeroDivisionError
    assert caplog.messages == []
    assert verified(desk).total == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET act = 'x'", "DELETE FROM audit_entries WHERE n = 1"],
)
def test_the_database_itself_refuses_changes(desk: Database, statement: str) -> None:
    record(desk)
    with pytest.raises(DatabaseError, match="append-only"), desk.writing() as session:
        session.execute(text(statement))
    assert verified(desk).total == 1


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
def test_postgresql_refuses_to_empty_the_log(desk: Database) -> None:
    record(desk)
    with pytest.raises(DatabaseError, match="append-only"), desk.writing() as session:
        session.execute(text("TRUNCATE audit_entries"))
    assert verified(desk).total == 1


def test_entries_written_at_the_same_moment_stand_in_line(desk: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: record(desk, 2), range(12)))
    found = verified(desk)
    assert (found.total, found.sound) == (24, True)
