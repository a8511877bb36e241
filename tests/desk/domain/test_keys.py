"""Who holds which shared key."""

from datetime import UTC, datetime

import pytest

from portal.desk.domain import keys, people
from portal.desk.domain.keys import AlreadyHolds, MayNotHold, NotAHolder, UnknownKey, WrongKey
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.sealing.age import NoMatchingIdentity
from portal.sealing.keys import Identity
from tests.desk.staff import Colleague, hire, make_key, own_key

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


@pytest.fixture
def handler(house: DeskHouse) -> Colleague:
    return hire(house, "lu.ning", Role.HANDLER)


def grant(house: DeskHouse, key_id: str, by: Colleague, to: str) -> None:
    own = own_key(house, by)
    with house.database.writing() as session:
        keys.grant(session, key_id=key_id, to=to, by=by.id, by_own=own, now=NOW)


def test_a_granted_key_is_the_same_key(
    house: DeskHouse, clerk: Colleague, handler: Colleague
) -> None:
    private = make_key(house, "office-1", "office", [clerk], members=[handler])
    grant(house, "office-1", clerk, handler.id)
    own = own_key(house, handler)
    with house.database.reading() as session:
        assert keys.open_held(session, handler.id, own) == {"office-1": private}
        assert keys.office_key(session).id == "office-1"
        holders = keys.holders(session, "office-1")
    assert [(one.person_id, one.granted_by) for one in holders] == [
        (clerk.id, None),
        (handler.id, clerk.id),
    ]


def test_nobody_opens_a_grant_with_another_key(house: DeskHouse, clerk: Colleague) -> None:
    make_key(house, "office-1", "office", [clerk])
    with house.database.reading() as session, pytest.raises(NoMatchingIdentity):
        keys.open_held(session, clerk.id, Identity.generate())


def test_refusals(house: DeskHouse, clerk: Colleague, handler: Colleague) -> None:
    private = make_key(house, "intake-2026-4", "intake", [clerk])
    for expected, key_id, by, to in (
        (UnknownKey, "none", clerk, handler.id),
        (NotAHolder, "intake-2026-4", handler, clerk.id),
        (AlreadyHolds, "intake-2026-4", clerk, clerk.id),
        (MayNotHold, "intake-2026-4", clerk, handler.id),
        (MayNotHold, "intake-2026-4", clerk, "0" * 32),
    ):
        with pytest.raises(expected):
            grant(house, key_id, by, to)
    with pytest.raises(WrongKey), house.database.writing() as session:
        other = Identity.generate()
        keys.take_in(session, key_id="intake-2026-4", private=other, person_id=clerk.id, now=NOW)
    assert own_key(house, clerk) != private


def test_without_keys_there_is_no_office_key(house: DeskHouse) -> None:
    with house.database.reading() as session, pytest.raises(UnknownKey):
        keys.office_key(session)


def test_who_has_not_enrolled_cannot_hold(house: DeskHouse, clerk: Colleague) -> None:
    make_key(house, "office-1", "office", [clerk])
    with house.database.writing() as session:
        newcomer = people.take_on(
            session,
            name="bai.lu",
            display_name="白鹭",
            roles_given=[Role.CLERK],
            by=None,
            now=NOW,
        )
    with pytest.raises(MayNotHold):
        grant(house, "office-1", clerk, newcomer.id)


def test_one_holder_is_not_enough(house: DeskHouse, clerk: Colleague, handler: Colleague) -> None:
    make_key(house, "office-1", "office", [clerk], members=[handler])
    with house.database.reading() as session:
        (line,) = keys.overview(session)
    assert not line.enough
    assert [one.id for one in line.candidates] == [handler.id]
    grant(house, "office-1", clerk, handler.id)
    with house.database.reading() as session:
        (line,) = keys.overview(session)
    assert line.enough
    assert line.candidates == ()
