"""Two security administrators: one proposes, the other confirms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.desk.domain import changes, people
from portal.desk.domain.changes import (
    GOOD_FOR,
    AlreadyProposed,
    Change,
    Kind,
    Outcome,
    OwnProposal,
    UnknownChange,
)
from portal.desk.domain.key_losses import LastHolder
from portal.desk.domain.people import HasLeft, NameTaken, OwnAccount
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from tests.desk.staff import Colleague, hire, make_key, person_of

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
NEWCOMER = Change(kind=Kind.TAKE_ON, name="bai.lu", display_name="白鹭", roles=(Role.CLERK,))


@pytest.fixture
def first(house: DeskHouse) -> Colleague:
    return hire(house, "he.ping", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def second(house: DeskHouse, first: Colleague) -> Colleague:
    return hire(house, "an.ning", Role.SECURITY_ADMINISTRATOR)


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK)


def propose(house: DeskHouse, by: Colleague, change: Change) -> Outcome | str:
    with house.database.writing() as session:
        return changes.propose(session, change, by=by.id, now=NOW)


def confirm(
    house: DeskHouse, by: Colleague, change_id: object, after: timedelta = timedelta(days=1)
) -> Outcome:
    with house.database.writing() as session:
        return changes.confirm(session, str(change_id), by=by.id, now=NOW + after)


def names(house: DeskHouse) -> set[str]:
    with house.database.reading() as session:
        return {line.name for line in people.overview(session, now=NOW)}


def roles_of(house: DeskHouse, who: Colleague) -> list[str]:
    return [one.role for one in person_of(house, who).roles]


def log(house: DeskHouse, last: int) -> list[tuple[str | None, str]]:
    query = select(AuditEntry.person_id, AuditEntry.act).order_by(AuditEntry.n)
    with house.database.reading() as session:
        return [(person, act) for person, act in session.execute(query)][-last:]


def test_alone_a_change_takes_effect_at_once(house: DeskHouse, first: Colleague) -> None:
    done = propose(house, first, NEWCOMER)
    assert isinstance(done, Outcome)
    assert done.token
    assert "bai.lu" in names(house)


def test_two_who_cannot_both_sign_in_are_one(house: DeskHouse, first: Colleague) -> None:
    change = Change(
        kind=Kind.TAKE_ON,
        name="an.ning",
        display_name="安宁",
        roles=(Role.SECURITY_ADMINISTRATOR,),
    )
    propose(house, first, change)
    with house.database.reading() as session:
        assert changes.alone(session)


def test_nothing_happens_before_the_second_confirms_and_both_are_named(
    house: DeskHouse, first: Colleague, second: Colleague
) -> None:
    waits = propose(house, first, NEWCOMER)
    assert "bai.lu" not in names(house)
    outcome = confirm(house, second, waits)
    assert outcome.token
    assert outcome.person.name == "bai.lu"
    assert log(house, 4) == [
        (first.id, "change-proposed"),
        (second.id, "change-confirmed"),
        (first.id, "person-added"),
        (first.id, "link-issued"),
    ]
    with pytest.raises(UnknownChange):
        confirm(house, second, waits)


def test_nobody_confirms_the_own_proposal(
    house: DeskHouse, first: Colleague, second: Colleague
) -> None:
    waits = propose(house, first, NEWCOMER)
    with pytest.raises(OwnProposal):
        confirm(house, first, waits)
    assert "bai.lu" not in names(house)


def test_after_three_days_it_is_too_late(
    house: DeskHouse, first: Colleague, second: Colleague
) -> None:
    waits = propose(house, first, NEWCOMER)
    with pytest.raises(UnknownChange):
        confirm(house, second, waits, GOOD_FOR)
    with house.database.writing() as session:
        changes.expire(session, now=NOW + GOOD_FOR - timedelta(seconds=1))
        assert len(changes.waiting(session, now=NOW)) == 1
        changes.expire(session, now=NOW + GOOD_FOR)
        assert changes.waiting(session, now=NOW) == []
    assert log(house, 1) == [(None, "change-expired")]


def test_the_same_change_is_proposed_once(
    house: DeskHouse, first: Colleague, second: Colleague, clerk: Colleague
) -> None:
    change = Change(kind=Kind.ROLES, person_id=clerk.id, roles=(Role.HANDLER,))
    propose(house, first, change)
    for by in (first, second):
        with pytest.raises(AlreadyProposed):
            propose(house, by, change)


def test_what_cannot_take_effect_is_refused_when_it_is_proposed(
    house: DeskHouse, first: Colleague, second: Colleague, clerk: Colleague
) -> None:
    make_key(house, "intake-2026-4", "intake", [clerk])
    refused: list[tuple[type[Exception], Change]] = [
        (OwnAccount, Change(kind=Kind.LINK, person_id=first.id)),
        (OwnAccount, Change(kind=Kind.ROLES, person_id=first.id, roles=(Role.AUDITOR,))),
        (LastHolder, Change(kind=Kind.LET_GO, person_id=clerk.id)),
        (LastHolder, Change(kind=Kind.ROLES, person_id=clerk.id, roles=(Role.HANDLER,))),
        (NameTaken, replace(NEWCOMER, name="su.wan")),
    ]
    for error, change in refused:
        with pytest.raises(error):
            propose(house, first, change)
    with house.database.reading() as session:
        assert changes.waiting(session, now=NOW) == []


def test_what_cannot_take_effect_any_more_waits_on(
    house: DeskHouse, first: Colleague, second: Colleague, clerk: Colleague
) -> None:
    waits = propose(house, first, Change(kind=Kind.LET_GO, person_id=clerk.id))
    make_key(house, "intake-2026-4", "intake", [clerk])
    with pytest.raises(LastHolder):
        confirm(house, second, waits)
    with house.database.reading() as session:
        assert len(changes.waiting(session, now=NOW)) == 1
    assert person_of(house, clerk).active


@pytest.mark.parametrize("who", ["first", "second"])
def test_either_drops_a_proposal(
    house: DeskHouse, first: Colleague, second: Colleague, who: str
) -> None:
    waits = propose(house, first, NEWCOMER)
    by = first if who == "first" else second
    with house.database.writing() as session:
        changes.withdraw(session, str(waits), by=by.id, now=NOW)
    assert log(house, 1) == [(by.id, "change-withdrawn")]
    with pytest.raises(UnknownChange):
        confirm(house, second, waits)


def test_what_somebody_proposed_goes_with_them(
    house: DeskHouse, first: Colleague, second: Colleague, clerk: Colleague
) -> None:
    third = hire(house, "ke.xin", Role.SECURITY_ADMINISTRATOR)
    theirs = propose(house, first, NEWCOMER)
    about_them = propose(house, second, Change(kind=Kind.LINK, person_id=first.id))
    leaves = propose(house, second, Change(kind=Kind.LET_GO, person_id=first.id))
    confirm(house, third, leaves)
    for change_id in (theirs, about_them):
        with pytest.raises(UnknownChange):
            confirm(house, third, change_id)
    with pytest.raises(HasLeft):
        propose(house, second, Change(kind=Kind.LINK, person_id=first.id))
    assert roles_of(house, clerk) == ["clerk"]
