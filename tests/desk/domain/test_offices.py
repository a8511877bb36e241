"""Offices: opened with a key that their first members hold, joined, left, renamed and closed."""

import pytest

from portal.desk.domain import assigning, cases, keys, office_lines, offices, people
from portal.desk.domain.keys import MayNotHold
from portal.desk.domain.offices import (
    CannotBelong,
    IsIntake,
    OfficeNameTaken,
    OpenCases,
    UnknownOffice,
)
from portal.desk.domain.roles import Role
from portal.desk.models.offices import Office as OfficeRow
from tests.desk.arrivals import FILED, FILED_ON, STORY
from tests.desk.casework import OFFICE, Office
from tests.desk.staff import Colleague, hire, own_key
from tests.desk.townships import TOWNSHIP, Township, assign, open_township

NAME = "长桥镇纪委"


@pytest.fixture
def chief(office: Office) -> Colleague:
    return hire(office.house, "an.ning", Role.SECURITY_ADMINISTRATOR)


def opened(office: Office, chief: Colleague, *first: Colleague, name: str = NAME) -> str:
    with office.house.database.writing() as session:
        ids = [one.id for one in first]
        return offices.open_new(session, name=name, first=ids, by=chief.id, now=FILED).id


def line_of(office: Office, office_id: str) -> office_lines.OfficeLine:
    with office.house.database.reading() as session:
        return office_lines.line(session, offices.find(session, office_id))


def newcomer(office: Office, name: str, *roles: Role) -> Colleague:
    return hire(office.house, name, *(roles or (Role.HANDLER,)))


def test_a_new_offices_key_is_its_first_members_and_not_the_administrators(
    office: Office, chief: Colleague
) -> None:
    first, second = newcomer(office, "gu.hai"), newcomer(office, "bai.he")
    office_id = opened(office, chief, first, second)
    with office.house.database.reading() as session:
        held = [
            keys.open_held(session, one.id, own_key(office.house, one))[office_id]
            for one in (first, second)
        ]
        assert held[0] == held[1]
        assert held[0].recipient == keys.recipient(session, office_id)
        assert keys.held_ids(session, chief.id) == []
    line = line_of(office, office_id)
    assert (line.holders, line.enough, line.open_cases, line.stuck) == (2, True, 0, 0)
    assert office.audited("office-opened") == [(chief.id, office_id)]


def test_one_first_member_is_not_enough(office: Office, chief: Colleague) -> None:
    office_id = opened(office, chief, newcomer(office, "gu.hai"))
    assert not line_of(office, office_id).enough


def test_an_office_without_people_gets_its_key_with_the_first_who_joins(
    office: Office, chief: Colleague
) -> None:
    office_id = opened(office, chief)
    first, second = newcomer(office, "gu.hai"), newcomer(office, "bai.he")
    with office.house.database.writing() as session:
        for person in (first, second):
            found = offices.get(session, office_id)
            offices.add(session, found, person.id, by=chief.id, now=FILED)
    with office.house.database.reading() as session:
        assert keys.held_ids(session, first.id) == [office_id]
        assert keys.held_ids(session, second.id) == []
    reporter = office.case_in("accepted")
    assign(office, reporter, office_id)
    opener = office.opener(first)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        assert opener.content(case, opener.case_key(session, case)).story == STORY


def test_a_key_that_opens_something_is_never_drawn_again(office: Office, chief: Colleague) -> None:
    township = open_township(office)
    township.given()
    for one in (township.handler, township.colleague):
        office.take_keys_from(one)
    with office.house.database.writing() as session:
        before = keys.recipient(session, TOWNSHIP)
        found = offices.get(session, TOWNSHIP)
        offices.add(session, found, newcomer_id(office), by=chief.id, now=FILED)
        assert keys.recipient(session, TOWNSHIP) == before
        assert keys.holders(session, TOWNSHIP) == ()


def newcomer_id(office: Office) -> str:
    with office.house.database.reading() as session:
        return next(one.id for one in offices.candidates(session) if one.name == "lu.ning")


@pytest.fixture(autouse=True)
def spare(office: Office) -> Colleague:
    """Somebody without an office."""
    return hire(office.house, "lu.ning", Role.HANDLER)


def test_only_enrolled_people_who_handle_cases_and_belong_nowhere_join(
    office: Office, chief: Colleague, spare: Colleague
) -> None:
    with office.house.database.writing() as session:
        people.take_on(
            session,
            name="not.yet",
            display_name="未登记",
            roles_given=[Role.HANDLER],
            by=None,
            now=FILED,
        )
        assert [one.id for one in offices.candidates(session)] == [spare.id]
    for person in (chief, office.clerk):
        with pytest.raises(CannotBelong):
            opened(office, chief, person)
    with office.house.database.reading() as session, pytest.raises(UnknownOffice):
        offices.find(session, "office-2")


def test_a_name_is_an_offices_own(office: Office, chief: Colleague) -> None:
    opened(office, chief)
    with pytest.raises(OfficeNameTaken):
        opened(office, chief)
    with office.house.database.writing() as session:
        intake = offices.intake(session)
        with pytest.raises(OfficeNameTaken):
            offices.rename(session, intake, NAME, by=chief.id, now=FILED)
        offices.rename(session, intake, intake.name, by=chief.id, now=FILED)
        offices.rename(session, intake, "案件监督管理室", by=chief.id, now=FILED)
    assert office.audited("office-renamed") == [(chief.id, OFFICE)]


def test_who_leaves_an_office_loses_its_key_and_gives_its_cases_back(
    office: Office, chief: Colleague
) -> None:
    township = open_township(office)
    reporter = township.given()
    township.claim(reporter, township.handler)
    with office.house.database.writing() as session:
        found = offices.get(session, TOWNSHIP)
        offices.remove(session, found, township.handler.id, by=chief.id, now=FILED)
    with office.house.database.reading() as session:
        assert keys.held_ids(session, township.handler.id) == []
        assert offices.of_person(session, township.handler.id) is None
    assert office.case(reporter).claimed_by is None
    assert office.audited("office-left") == [(chief.id, f"{TOWNSHIP} {township.handler.id}")]


def test_a_holder_lets_in_who_belongs_and_nobody_else(office: Office, spare: Colleague) -> None:
    with pytest.raises(MayNotHold):
        office.let_in(spare)
    with office.house.database.writing() as session:
        intake = offices.intake(session)
        offices.add(session, intake, spare.id, by=office.clerk.id, now=FILED)
        with pytest.raises(CannotBelong):
            offices.add(session, intake, spare.id, by=office.clerk.id, now=FILED)
    office.let_in(spare)


@pytest.mark.parametrize("how", ["let go", "administrator"])
def test_who_handles_no_cases_any_more_belongs_nowhere(
    office: Office, chief: Colleague, how: str
) -> None:
    township: Township = open_township(office)
    reporter = township.given()
    township.claim(reporter, township.handler)
    with office.house.database.writing() as session:
        person = people.get(session, township.handler.id)
        if how == "let go":
            people.let_go(session, person, by=chief.id, now=FILED)
        else:
            people.change_roles(session, person, [Role.AUDITOR], by=chief.id, now=FILED)
    with office.house.database.reading() as session:
        assert offices.of_person(session, township.handler.id) is None
        assert keys.held_ids(session, township.handler.id) == []
    assert office.case(reporter).claimed_by is None


def test_an_office_is_closed_once_its_cases_have_ended(office: Office, chief: Colleague) -> None:
    township = open_township(office)
    reporter = township.given()
    with pytest.raises(OpenCases):
        close(office, chief, TOWNSHIP)
    assign(office, reporter, OFFICE)
    close(office, chief, TOWNSHIP)
    line = line_of(office, TOWNSHIP)
    assert (line.closed_on, line.members) == (FILED_ON, ())
    with office.house.database.reading() as session:
        assert [one.id for one in keys.overview(session)] == [OFFICE, "intake-2026-4"]
        assert assigning.choices(session, cases.get(session, reporter.reference)) == []
        with pytest.raises(UnknownOffice):
            offices.get(session, TOWNSHIP)


def test_the_intake_is_never_closed(office: Office, chief: Colleague) -> None:
    with pytest.raises(IsIntake):
        close(office, chief, OFFICE)


def test_before_the_ceremony_there_is_no_intake(office: Office) -> None:
    with office.house.database.writing() as session:
        for row in session.query(OfficeRow):
            row.intake = False
        session.flush()
        with pytest.raises(UnknownOffice):
            offices.intake(session)


def close(office: Office, chief: Colleague, office_id: str) -> None:
    with office.house.database.writing() as session:
        found = offices.get(session, office_id, lock=True)
        offices.close(session, found, by=chief.id, now=FILED)
