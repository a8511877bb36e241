"""Sessions: opened by a token that nothing keeps."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.desk.domain import sessions
from portal.desk.domain.roles import Permission, Role
from portal.desk.domain.sessions import NotSignedIn, SessionOver
from portal.desk.house import DeskHouse
from portal.desk.models.sessions import StaffSession
from portal.sealing.keys import Identity
from tests.desk.staff import Colleague, hire, make_key, own_key

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
OWN = Identity.generate()


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


def begin(house: DeskHouse, clerk: Colleague, now: datetime = NOW) -> bytes:
    with house.database.writing() as session:
        return sessions.begin(session, clerk.id, OWN, now=now)


def find(house: DeskHouse, token: bytes, now: datetime) -> sessions.SignedIn:
    with house.database.reading() as session:
        return sessions.find(session, token, now=now)


def test_the_token_opens_the_private_key(house: DeskHouse, clerk: Colleague) -> None:
    signed_in = find(house, begin(house, clerk), NOW)
    assert signed_in.own == OWN
    assert signed_in.roles == {Role.CLERK}
    assert signed_in.may(Permission.INTAKE)
    assert not signed_in.may(Permission.AUDIT)
    assert str(OWN) not in repr(signed_in)


def test_the_row_alone_opens_nothing(house: DeskHouse, clerk: Colleague) -> None:
    token = begin(house, clerk)
    with house.database.reading() as session:
        (row,) = session.scalars(select(StaffSession))
    assert row.sealed_private is not None
    for secret in (token, str(OWN).encode(), token.hex().encode()):
        assert secret not in row.sealed_private
        assert secret.hex() not in row.id


def test_foreign_tokens(house: DeskHouse, clerk: Colleague) -> None:
    begin(house, clerk)
    with pytest.raises(NotSignedIn):
        find(house, bytes(32), NOW)


@pytest.mark.parametrize(
    ("used_after", "asked_after", "over"),
    [
        (timedelta(0), timedelta(minutes=14, seconds=59), False),
        (timedelta(0), timedelta(minutes=15), True),
        (timedelta(hours=11, minutes=50), timedelta(hours=11, minutes=59), False),
        (timedelta(hours=11, minutes=50), timedelta(hours=12), True),
    ],
)
def test_a_session_ends_idle_or_after_twelve_hours(
    house: DeskHouse,
    clerk: Colleague,
    *,
    used_after: timedelta,
    asked_after: timedelta,
    over: bool,
) -> None:
    token = begin(house, clerk)
    with house.database.writing() as session:
        sessions.touch(session, sessions.session_id(token), now=NOW + used_after)
    if not over:
        assert find(house, token, NOW + asked_after).name == "su.wan"
        return
    with pytest.raises(SessionOver) as caught:
        find(house, token, NOW + asked_after)
    assert caught.value.person_id == clerk.id


def test_what_an_ended_session_sealed_is_destroyed_and_later_forgotten(
    house: DeskHouse, clerk: Colleague
) -> None:
    token = begin(house, clerk)
    with house.database.writing() as session:
        sessions.put_refill(session, token, "/people/new", [("name", "bai.lu")])
        sessions.expire(session, now=NOW + timedelta(minutes=15))
    with house.database.reading() as session:
        (row,) = session.scalars(select(StaffSession))
    assert (row.sealed_private, row.sealed_refill) == (None, None)
    with pytest.raises(SessionOver):
        find(house, token, NOW + timedelta(minutes=15))
    with house.database.writing() as session:
        sessions.expire(session, now=NOW + timedelta(days=1))
    with pytest.raises(NotSignedIn):
        find(house, token, NOW + timedelta(days=1))


def test_expiring_leaves_sessions_in_use_alone(house: DeskHouse, clerk: Colleague) -> None:
    token = begin(house, clerk)
    with house.database.writing() as session:
        sessions.expire(session, now=NOW + timedelta(minutes=14))
    assert find(house, token, NOW + timedelta(minutes=14)).own == OWN


def test_text_is_put_back_on_its_own_page_and_once(house: DeskHouse, clerk: Colleague) -> None:
    token, form = begin(house, clerk), [("name", "白鹭"), ("name", "")]
    with house.database.writing() as session:
        assert sessions.take_refill(session, token, "/people/new") is None
        sessions.put_refill(session, token, "/people/new", form)
        assert sessions.take_refill(session, token, "/keys") is None
        assert sessions.take_refill(session, token, "/people/new") == form
        assert sessions.take_refill(session, token, "/people/new") is None
        assert sessions.take_refill(session, bytes(32), "/people/new") is None


def test_ending_one_and_ending_all(house: DeskHouse, clerk: Colleague) -> None:
    tokens = [begin(house, clerk) for _each in range(3)]
    first, second, third = (sessions.session_id(token) for token in tokens)
    with house.database.writing() as session:
        assert sessions.end(session, first) == clerk.id
        assert sessions.end(session, first) is None
        sessions.end_all(session, clerk.id, but=third)
    with house.database.reading() as session:
        assert list(session.scalars(select(StaffSession.id))) == [third]
    assert second != third


def test_a_proof_is_good_for_five_minutes(house: DeskHouse, clerk: Colleague) -> None:
    token = begin(house, clerk)
    signed_in = find(house, token, NOW)
    assert signed_in.proven(NOW + timedelta(minutes=4, seconds=59))
    assert not signed_in.proven(NOW + timedelta(minutes=5))
    with house.database.writing() as session:
        sessions.prove(session, signed_in.session_id, now=NOW + timedelta(minutes=5))
    assert find(house, token, NOW).proven(NOW + timedelta(minutes=9))


def test_the_session_opens_the_keys_that_its_person_holds(
    house: DeskHouse, clerk: Colleague
) -> None:
    private = make_key(house, "office-1", "office", [clerk])
    with house.database.writing() as session:
        token = sessions.begin(session, clerk.id, own_key(house, clerk), now=NOW)
    signed_in = find(house, token, NOW)
    with house.database.reading() as session:
        assert signed_in.identities(session) == [private]
        assert signed_in.held(session) == {"office-1": private}
