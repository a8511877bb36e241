"""Questions for a passkey: answered once, soon, by the browser they were put to."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.desk.domain import passkey_challenges, sessions
from portal.desk.domain.passkey_challenges import ChallengeOver, Purpose
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.passkeys import PasskeyChallenge
from tests.desk.staff import Colleague, hire

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


def ask(house: DeskHouse, clerk: Colleague, purpose: Purpose = Purpose.PROVE) -> bytes:
    with house.database.writing() as session:
        return passkey_challenges.ask(session, clerk.id, purpose, {"next": "/"}, now=NOW)


def take(house: DeskHouse, token: bytes, purpose: Purpose, now: datetime = NOW) -> bytes:
    with house.database.writing() as session:
        return passkey_challenges.take(session, token, purpose, now=now).challenge


def test_a_question_is_answered_once(house: DeskHouse, clerk: Colleague) -> None:
    token = ask(house, clerk)
    with house.database.reading() as session:
        looked = passkey_challenges.look(session, token, Purpose.PROVE, now=NOW)
    assert take(house, token, Purpose.PROVE) == looked.challenge
    with pytest.raises(ChallengeOver):
        take(house, token, Purpose.PROVE)


def test_a_question_is_over_after_three_minutes(house: DeskHouse, clerk: Colleague) -> None:
    late = NOW + passkey_challenges.LIFE
    with pytest.raises(ChallengeOver):
        take(house, ask(house, clerk), Purpose.PROVE, late)
    token = ask(house, clerk)
    with house.database.writing() as session:
        sessions.expire(session, now=late - timedelta(seconds=1))
        assert passkey_challenges.look(session, token, Purpose.PROVE, now=NOW)
        sessions.expire(session, now=late)
        assert session.scalars(select(PasskeyChallenge)).all() == []


def test_an_answer_for_one_purpose_is_none_for_another(house: DeskHouse, clerk: Colleague) -> None:
    token = ask(house, clerk, Purpose.ADD)
    with pytest.raises(ChallengeOver):
        take(house, token, Purpose.SIGN_IN)


def test_what_one_person_was_asked_is_not_answered_by_another(
    house: DeskHouse, clerk: Colleague
) -> None:
    other = hire(house, "lu.ning", Role.CLERK)
    token = ask(house, clerk)
    with house.database.reading() as session:
        look = passkey_challenges.look
        assert look(session, token, Purpose.PROVE, person_id=clerk.id, now=NOW)
        with pytest.raises(ChallengeOver):
            look(session, token, Purpose.PROVE, person_id=other.id, now=NOW)


def test_what_a_question_keeps_opens_with_the_token_alone(
    house: DeskHouse, clerk: Colleague
) -> None:
    with house.database.writing() as session:
        carried = {"own": "AGE-SECRET-KEY"}
        token = passkey_challenges.ask(session, clerk.id, Purpose.SIGN_IN, carried, now=NOW)
    with house.database.reading() as session:
        (row,) = session.scalars(select(PasskeyChallenge))
        looked = passkey_challenges.look(session, token, Purpose.SIGN_IN, now=NOW)
    assert token not in row.sealed
    assert b"AGE-SECRET-KEY" not in row.sealed
    assert looked.carried == carried
    assert "AGE-SECRET-KEY" not in repr(looked)


@pytest.mark.parametrize("end", ["one", "everybody"])
def test_when_sessions_end_so_does_half_a_sign_in(
    house: DeskHouse, clerk: Colleague, end: str
) -> None:
    token = ask(house, clerk, Purpose.SIGN_IN)
    with house.database.writing() as session:
        if end == "one":
            sessions.end_all(session, clerk.id)
        else:
            sessions.end_everybody(session)
    with pytest.raises(ChallengeOver):
        take(house, token, Purpose.SIGN_IN)
