"""An office at work, and somebody who comes to it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.desk.domain import enrolment, people
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.reference.days import utcnow
from tests.desk.casework import Office, open_office
from tests.desk.custody import Custodians, appoint
from tests.desk.newsroom import Newsroom, Pressroom, staff_newsroom


@pytest.fixture
def office(house: DeskHouse, tmp_path: Path, root_key: Ed25519PrivateKey) -> Office:
    """Two clerks and a handler without grants, with an intake key and an office key."""
    return open_office(house, tmp_path, root_key)


@pytest.fixture
def custodians(office: Office) -> Custodians:
    """Two people of each group who open names together."""
    return appoint(office)


@pytest.fixture
def asked(custodians: Custodians) -> str:
    """A request to open a name that waits since now."""
    return custodians.ask(custodians.named_report(), now=utcnow())


@pytest.fixture
def link(house: DeskHouse) -> str:
    """The one-time link of a clerk who was just taken on."""
    now = datetime.now(UTC)
    with house.database.writing() as session:
        person = people.take_on(
            session,
            name="bai.lu",
            display_name="白鹭",
            roles_given=[Role.CLERK],
            by=None,
            now=now,
        )
        return "/enrol/" + enrolment.issue(session, person, by=None, now=now)


@pytest.fixture
def newsroom(house: DeskHouse) -> Newsroom:
    """Editors and approvers who hold the notice key."""
    return staff_newsroom(house)


@pytest.fixture
def pressroom(newsroom: Newsroom) -> Pressroom:
    """The same people, with what each of them presses until a notice is out."""
    return Pressroom(newsroom)
