"""Instants come back as they went in, in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from portal.desk.models.audit import AuditEntry
from tests.conftest import Databases

SHANGHAI = timezone(timedelta(hours=8))


def entry(at: datetime) -> AuditEntry:
    hashes = {"previous_hash": "0", "hash": "1"}
    return AuditEntry(n=1, at=at, person_id=None, act="x", target="-", **hashes)


def test_an_instant_of_any_zone_comes_back_in_utc(databases: Databases) -> None:
    moment = datetime(2026, 11, 20, 15, 4, 5, 678, tzinfo=SHANGHAI)
    with databases.desk.writing() as session:
        session.add(entry(moment))
    with databases.desk.reading() as session:
        stored = session.scalar(select(AuditEntry.at))
    assert stored == moment
    assert stored is not None
    assert stored.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(databases: Databases) -> None:
    naive = datetime(2026, 11, 20, 15, 4).replace(tzinfo=None)  # noqa: DTZ001 — what is refused
    with pytest.raises(StatementError, match="time zone"), databases.desk.writing() as session:
        session.add(entry(naive))
        session.flush()
