"""Recovery codes: drawn, kept so that nobody reads them, good once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.desk.domain import recovery_codes
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.people import Person
from portal.desk.models.recovery_codes import RecoveryCode
from tests.desk.staff import Colleague, hire

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


def give(house: DeskHouse, clerk: Colleague) -> list[str]:
    codes = recovery_codes.draw()
    with house.database.writing() as session:
        person = session.get_one(Person, clerk.id)
        recovery_codes.replace(session, person, codes, house.host_secret, now=NOW)
    return codes


def found(house: DeskHouse, name: str, typed: str) -> str | None:
    with house.database.reading() as session:
        return recovery_codes.find(session, name, typed, house.host_secret)


def test_a_set_is_ten_different_codes_of_twelve_digits() -> None:
    codes = recovery_codes.draw()
    assert len(set(codes)) == recovery_codes.HOW_MANY
    assert {len(code.replace(" ", "")) for code in codes} == {12}
    assert all(code.replace(" ", "").isdecimal() for code in codes)


def test_rows_do_not_show_the_codes(house: DeskHouse, clerk: Colleague) -> None:
    codes = give(house, clerk)
    with house.database.reading() as session:
        rows = list(session.scalars(select(RecoveryCode.id)))
    assert len(rows) == recovery_codes.HOW_MANY
    assert not [row for row in rows for code in codes if code.replace(" ", "") in row]


@pytest.mark.parametrize("between", ["", " ", "-", "　"])
@pytest.mark.parametrize("wide", [False, True])
def test_spaces_and_width_do_not_count(
    house: DeskHouse, clerk: Colleague, between: str, *, wide: bool
) -> None:
    codes = give(house, clerk)
    typed = codes[3].replace(" ", between)
    assert found(house, clerk.name, typed.translate(WIDE) if wide else typed)


@pytest.mark.parametrize("typed", ["", "123456", "000000000000x", "no digits"])
def test_anything_else_finds_nothing(house: DeskHouse, clerk: Colleague, typed: str) -> None:
    give(house, clerk)
    assert found(house, clerk.name, typed) is None


def test_a_new_set_ends_the_old_one(house: DeskHouse, clerk: Colleague) -> None:
    old, new = give(house, clerk), give(house, clerk)
    assert found(house, clerk.name, old[0]) is None
    assert found(house, clerk.name, new[0])
