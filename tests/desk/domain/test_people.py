"""Taking people on and letting them go."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from portal.desk.domain import people
from portal.desk.domain.people import BadName, NameTaken
from portal.desk.domain.roles import Role, RolesClash
from portal.desk.house import DeskHouse
from portal.desk.models.people import Person
from tests.desk.staff import hire

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def take_on(session: Session, name: str, *roles: Role) -> Person:
    return people.take_on(
        session, name=name, display_name="白鹭", roles_given=roles, by=None, now=NOW
    )


@pytest.mark.parametrize("name", ["", "b", "白鹭", "1bai", "bai lu", "b" * 33, "bai/lu", "bai_lu"])
def test_names_to_sign_in_with(house: DeskHouse, name: str) -> None:
    with house.database.writing() as session, pytest.raises(BadName):
        take_on(session, name, Role.CLERK)


def test_a_name_is_never_given_twice_not_even_after_somebody_left(house: DeskHouse) -> None:
    first = hire(house, "bai.lu", Role.CLERK)
    with house.database.writing() as session:
        people.let_go(session, people.get(session, first.id), by="somebody", now=NOW)
        with pytest.raises(NameTaken):
            take_on(session, "BAI.LU", Role.CLERK)


def test_roles_that_clash_are_refused(house: DeskHouse) -> None:
    with house.database.writing() as session, pytest.raises(RolesClash):
        take_on(session, "bai.lu", Role.CLERK, Role.AUDITOR)


def test_those_at_work_come_first(house: DeskHouse) -> None:
    gone = hire(house, "a.a", Role.CLERK)
    hire(house, "z.z", Role.CLERK)
    with house.database.writing() as session:
        people.let_go(session, people.get(session, gone.id), by="somebody", now=NOW)
        lines = people.overview(session, now=NOW)
        assert people.names(session) == {line.id: line.display_name for line in lines}
    assert [(line.name, line.active) for line in lines] == [("z.z", True), ("a.a", False)]
