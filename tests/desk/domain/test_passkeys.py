"""Passkeys of a person: registered once, counted up, removed by their owner alone."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.desk.domain import passkeys, people
from portal.desk.domain.passkeys import Answer, KnownAlready, Made, TooMany, UnknownPasskey
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.people import Person
from tests.desk.staff import Colleague, hire

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


def give(house: DeskHouse, person: Colleague, number: int = 0, count: int = 0) -> str:
    made = Made(bytes([number]) * 32, b"public", count)
    with house.database.writing() as session:
        passkeys.add(session, person.id, made, f"第{number}把", now=NOW)
        return passkeys.of(session, person.id)[-1].id


def test_nobody_registers_one_key_twice_or_an_eleventh(house: DeskHouse, clerk: Colleague) -> None:
    other = hire(house, "lu.ning", Role.CLERK)
    for number in range(passkeys.MOST):
        give(house, clerk, number)
    with pytest.raises(KnownAlready):
        give(house, other, 3)
    with pytest.raises(TooMany):
        give(house, clerk, passkeys.MOST)


def test_what_is_somebody_elses_is_not_there(house: DeskHouse, clerk: Colleague) -> None:
    other = hire(house, "lu.ning", Role.CLERK)
    mine = give(house, clerk)
    with pytest.raises(UnknownPasskey), house.database.writing() as session:
        passkeys.remove(session, other.id, mine, now=NOW)
    with house.database.writing() as session:
        passkeys.remove(session, clerk.id, mine, now=NOW)
        assert not passkeys.any_for(session, clerk.name)
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.n.desc()).limit(2)).all()
    assert [(row.act, row.target) for row in rows] == [
        ("passkey-removed", mine),
        ("passkey-added", mine),
    ]


@pytest.mark.parametrize(
    ("before", "said", "good"), [(0, 0, True), (0, 1, True), (4, 4, False), (4, 3, False)]
)
def test_of_two_requests_with_one_count_one_counts(
    house: DeskHouse, clerk: Colleague, *, before: int, said: int, good: bool
) -> None:
    passkey_id = give(house, clerk, count=before)
    answer = Answer(passkey_id, said, NOW)
    with house.database.writing() as session:
        assert passkeys.count_up(session, answer) is good
        assert passkeys.count_up(session, answer) is (good and said == 0)


def test_who_leaves_keeps_no_passkey(house: DeskHouse, clerk: Colleague) -> None:
    give(house, clerk)
    with house.database.writing() as session:
        people.let_go(session, session.get_one(Person, clerk.id), by="somebody", now=NOW)
        assert passkeys.of(session, clerk.id) == []
