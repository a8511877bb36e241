"""Counting tries: delays double, end, and fall on every name alike."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.desk.domain import people, recovery_codes, signing_in
from portal.desk.domain.roles import Role
from portal.desk.domain.signing_in import Delayed, WrongCredentials
from portal.desk.house import DeskHouse
from portal.desk.models.people import Person
from portal.desk.models.sessions import SignInAttempts
from tests.desk.staff import Colleague, hire

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def try_once(house: DeskHouse, now: datetime, name: str = "su.wan") -> None:
    with house.database.writing() as session:
        signing_in.count_try(session, name, house.host_secret, now=now)


def wait_after(house: DeskHouse, now: datetime) -> int:
    with pytest.raises(Delayed) as caught:
        try_once(house, now)
    return caught.value.seconds


def test_delays_double_up_to_five_minutes_and_no_longer(house: DeskHouse) -> None:
    now, waits = NOW, []
    for _try in range(12):
        try_once(house, now)
        waits.append(wait_after(house, now))
        now += timedelta(seconds=waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_a_try_during_the_delay_makes_it_no_longer(house: DeskHouse) -> None:
    for _try in range(3):
        try_once(house, NOW + timedelta(minutes=_try))
    start = NOW + timedelta(minutes=2)
    assert wait_after(house, start) == 4
    assert wait_after(house, start + timedelta(seconds=1.5)) == 3
    try_once(house, start + timedelta(seconds=4))


def test_the_name_itself_is_not_kept_and_is_forgotten_after_a_day(house: DeskHouse) -> None:
    try_once(house, NOW, "my secret passphrase")
    with house.database.reading() as session:
        (row,) = session.scalars(select(SignInAttempts))
    assert "secret" not in row.name_key
    try_once(house, NOW + timedelta(days=1, seconds=2))
    with house.database.reading() as session:
        (left,) = session.scalars(select(SignInAttempts))
    assert left.name_key != row.name_key


@pytest.mark.parametrize("typed", ["SU.WAN", " su.wan ", "ｓｕ.wan"])
def test_spellings_of_one_name_count_together(house: DeskHouse, typed: str) -> None:
    try_once(house, NOW)
    with pytest.raises(Delayed):
        try_once(house, NOW, typed)


def test_every_name_gives_something_to_check(house: DeskHouse) -> None:
    clerk = hire(house, "su.wan", Role.CLERK)
    with house.database.reading() as session:
        known, unknown = (
            signing_in.candidate(session, name, "123456", house.host_secret, house.password_cost)
            for name in (clerk.name, "nobody")
        )
    assert known.person_id == clerk.id
    assert unknown.person_id is None
    assert abs(len(known.wrapped_private) - len(unknown.wrapped_private)) < 4
    assert len(known.totp_secret) == len(unknown.totp_secret)


def proof_for(house: DeskHouse, clerk: Colleague, code: str = "") -> signing_in.Proof:
    code = code or clerk.code()
    with house.database.reading() as session:
        against = signing_in.candidate(
            session, clerk.name, code, house.host_secret, house.password_cost
        )
    return signing_in.check(
        against, clerk.passphrase, code, house.host_secret, now=datetime.now(UTC)
    )


def test_two_requests_with_one_code_give_one_session(house: DeskHouse) -> None:
    proof = proof_for(house, hire(house, "su.wan", Role.CLERK))
    with house.database.writing() as session:
        assert signing_in.accept(session, proof, house.host_secret).name == "su.wan"
    with pytest.raises(WrongCredentials), house.database.writing() as session:
        signing_in.accept(session, proof, house.host_secret)


def test_a_secret_of_the_host_hides_what_a_person_is(house: DeskHouse) -> None:
    proof = proof_for(house, hire(house, "su.wan", Role.CLERK))
    assert str(proof.own) not in repr(proof)


def give_codes(house: DeskHouse, clerk: Colleague) -> list[str]:
    codes = recovery_codes.draw()
    with house.database.writing() as session:
        person = session.get_one(Person, clerk.id)
        recovery_codes.replace(session, person, codes, house.host_secret, now=NOW)
    return codes


def test_two_requests_with_one_recovery_code_give_one_session(house: DeskHouse) -> None:
    clerk = hire(house, "su.wan", Role.CLERK)
    code = give_codes(house, clerk)[4]
    proofs = [proof_for(house, clerk, code) for _browser in range(2)]
    with house.database.writing() as session:
        assert signing_in.accept(session, proofs[0], house.host_secret).name == "su.wan"
    with pytest.raises(WrongCredentials), house.database.writing() as session:
        signing_in.accept(session, proofs[1], house.host_secret)
    with house.database.reading() as session:
        assert recovery_codes.left(session, clerk.id) == recovery_codes.HOW_MANY - 1


def test_a_recovery_code_of_one_is_no_code_of_another(house: DeskHouse) -> None:
    clerk, other = hire(house, "su.wan", Role.CLERK), hire(house, "lu.ning", Role.CLERK)
    codes = give_codes(house, clerk)
    with pytest.raises(WrongCredentials):
        proof_for(house, other, codes[0])


def test_somebody_let_go_meanwhile_does_not_come_in_by_a_code(house: DeskHouse) -> None:
    clerk = hire(house, "su.wan", Role.CLERK)
    proof = proof_for(house, clerk, give_codes(house, clerk)[0])
    with house.database.writing() as session:
        people.let_go(session, session.get_one(Person, clerk.id), by="somebody", now=NOW)
    with pytest.raises(WrongCredentials), house.database.writing() as session:
        signing_in.accept(session, proof, house.host_secret)
