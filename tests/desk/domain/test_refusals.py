"""Guessing at the door is counted by the minute, and fills no log."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal.desk.domain import audit, refusals, signing_in
from portal.desk.domain.signing_in import Delayed
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from tests.desk.domain.test_two_at_once import Outcome, at_once
from tests.desk.refused import refused

NOW = datetime(2026, 11, 20, 7, 0, 20, tzinfo=UTC)
PERSON = "ab" * 16


def refuse(house: DeskHouse, person_id: str | None, times: int, now: datetime = NOW) -> None:
    for _time in range(times):
        with house.database.writing() as session:
            refusals.count(session, person_id, now=now)


def written(house: DeskHouse, now: datetime) -> list[tuple[str | None, str]]:
    """The entries of the log after the housekeeping of this moment."""
    with house.database.writing() as session:
        refusals.write_down(session, now=now)
    query = select(AuditEntry.person_id, AuditEntry.target).order_by(AuditEntry.n)
    with house.database.reading() as session:
        assert audit.verify(session).sound
        return [
            (person, target)
            for person, target in session.execute(query.where(AuditEntry.act == refusals.ACT))
        ]


def test_a_minute_of_guessing_is_one_entry_for_all_names_that_nobody_has(house: DeskHouse) -> None:
    refuse(house, None, 40)
    refuse(house, PERSON, 3)
    assert written(house, NOW + timedelta(seconds=39)) == []
    assert refused(house) == 43
    once = [(None, "×40"), (PERSON, "×3")]
    assert written(house, NOW + timedelta(seconds=40)) == once
    assert refused(house) == 0
    refuse(house, PERSON, 1, NOW + timedelta(minutes=1))
    assert written(house, NOW + timedelta(minutes=2)) == [*once, (PERSON, "×1")]


def test_refusals_of_one_moment_are_all_counted(house: DeskHouse) -> None:
    def task() -> Outcome:
        refuse(house, None, 5)
        return "counted"

    assert at_once(task, task, task) == ["counted"] * 3
    assert written(house, NOW + timedelta(minutes=1)) == [(None, "×15")]


def test_of_two_first_tries_for_a_name_in_one_moment_one_waits(house: DeskHouse) -> None:
    def task() -> Outcome:
        try:
            with house.database.writing() as session:
                signing_in.count_try(session, "su.wan", house.host_secret, now=NOW)
        except Delayed:
            return Delayed
        return "counted"

    assert sorted(map(str, at_once(task, task))) == sorted(map(str, ["counted", Delayed]))
