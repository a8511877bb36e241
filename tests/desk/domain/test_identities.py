"""One custodian of each group opens one name for ten minutes; nothing else does."""

from datetime import timedelta
from typing import Any

import pytest

from portal.desk.domain import identity_requests
from portal.desk.domain.files import files_named
from portal.desk.domain.identities import (
    AlreadyAsked,
    AlreadyDecided,
    Expired,
    IdentityMismatch,
    NotForYou,
    NotNamed,
    Over,
    OwnRequest,
)
from portal.desk.domain.identity_requests import OPEN_FOR, WAITS, Standing, standing
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Role
from portal.desk.models.people import Person, PersonRole
from portal.sealing import age
from portal.sealing.errors import NoMatchingIdentity
from tests.desk.arrivals import LATER
from tests.desk.casework import Office
from tests.desk.custody import REASON, WHO, Custodians, appoint

MOMENT = timedelta(seconds=1)


@pytest.fixture
def custodians(office: Office) -> Custodians:
    return appoint(office)


def test_one_of_each_group_opens_a_name_for_ten_minutes(custodians: Custodians) -> None:
    reporter = custodians.named_report()
    asked = custodians.ask(reporter)
    assert standing(custodians.request(asked), LATER) == Standing.WAITING
    custodians.agree(asked)
    assert custodians.view(asked) == WHO
    assert custodians.view(asked, now=LATER + OPEN_FOR - MOMENT) == WHO
    with pytest.raises(Over):
        custodians.view(asked, now=LATER + OPEN_FOR)
    for act, person in (
        ("identity-asked", custodians.asker),
        ("identity-agreed", custodians.decider),
    ):
        assert custodians.office.audited(act) == [(person.id, reporter.reference)]


def test_what_group_a_strips_opens_to_group_b_alone(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report())
    layer = custodians.house.items.get(custodians.request(asked).identity_file or "")
    with pytest.raises(NoMatchingIdentity):
        age.decrypt(layer, [custodians.key_a])
    assert WHO.full_name.encode() in age.decrypt(layer, [custodians.key_b])


def test_what_was_opened_is_sealed_to_who_agreed_alone(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report())
    custodians.agree(asked)
    sealed = custodians.house.items.get(custodians.request(asked).identity_file or "")
    with pytest.raises(NoMatchingIdentity):
        age.decrypt(sealed, [custodians.key_a, custodians.key_b])


@pytest.mark.parametrize("other", ["asker", "other_asker", "other_decider"])
def test_nobody_but_who_agreed_sees_it(custodians: Custodians, other: str) -> None:
    asked = custodians.ask(custodians.named_report())
    custodians.agree(asked)
    with pytest.raises(NotForYou):
        custodians.view(asked, by=getattr(custodians, other))


@pytest.mark.parametrize("change", [{"active": False}, {"roles": []}])
def test_a_request_does_not_outlive_its_askers_office(
    custodians: Custodians, change: dict[str, Any]
) -> None:
    reporter = custodians.named_report()
    asked = custodians.ask(reporter)
    with custodians.house.database.writing() as session:
        asker = session.get_one(Person, custodians.asker.id)
        for name, value in change.items():
            setattr(asker, name, value)
    assert standing(custodians.request(asked), LATER) == Standing.EXPIRED
    with pytest.raises(Expired):
        custodians.agree(asked)
    assert custodians.forget_over(LATER) == 1
    with custodians.house.database.reading() as session:
        assert identity_requests.waiting(session, LATER) == 0
    again = custodians.ask(reporter, by=custodians.other_asker)
    assert standing(custodians.request(again), LATER) == Standing.WAITING


def test_a_request_that_waits_is_listed_before_all_that_are_decided(
    custodians: Custodians,
) -> None:
    first = custodians.ask(custodians.named_report("83172054"))
    second = custodians.ask(custodians.named_report("83172055"), now=LATER + MOMENT)
    custodians.refuse(second)
    with custodians.house.database.reading() as session:
        lines = identity_requests.recent(session, LATER + 2 * MOMENT)
    assert [one.id for one in lines] == [first, second]


@pytest.mark.parametrize("after", ["agreed", "expired"])
def test_when_the_time_is_over_the_bytes_are_gone(custodians: Custodians, after: str) -> None:
    asked = custodians.ask(custodians.named_report())
    if after == "agreed":
        custodians.agree(asked)
    lasts = OPEN_FOR if after == "agreed" else WAITS
    name = custodians.request(asked).identity_file
    assert custodians.forget_over(LATER + lasts - MOMENT) == 0
    assert name in custodians.house.items.names()
    assert custodians.forget_over(LATER + lasts) == 1
    assert custodians.request(asked).identity_file is None
    assert name not in custodians.house.items.names()
    assert custodians.forget_over(LATER + lasts) == 0


def test_a_refusal_takes_the_stripped_layer_away_and_keeps_the_reason_sealed(
    custodians: Custodians,
) -> None:
    asked = custodians.ask(custodians.named_report())
    name = custodians.request(asked).identity_file
    custodians.refuse(asked)
    row = custodians.request(asked)
    assert standing(row, LATER) == Standing.REFUSED
    assert name not in custodians.house.items.names()
    for person in (custodians.other_asker, custodians.other_decider):
        assert custodians.custody(person).words(row.reason_file) == REASON
        assert custodians.custody(person).words(row.refusal_file) == "理由不够。"
    assert custodians.custody(custodians.office.clerk).words(row.reason_file) is None
    with pytest.raises(Over):
        custodians.view(asked)


@pytest.mark.parametrize(
    "case", [{"named": False, "who": None}, {"registered": False}], ids=["anonymous", "sealed"]
)
def test_there_is_nothing_to_ask_for_without_a_name(
    custodians: Custodians, case: dict[str, Any]
) -> None:
    with pytest.raises(NotNamed):
        custodians.ask(custodians.named_report(**case))


def test_a_case_has_one_request_at_a_time(custodians: Custodians) -> None:
    reporter = custodians.named_report()
    asked = custodians.ask(reporter)
    with pytest.raises(AlreadyAsked):
        custodians.ask(reporter, by=custodians.other_asker)
    custodians.agree(asked)
    with pytest.raises(AlreadyAsked):
        custodians.ask(reporter, by=custodians.other_asker)
    again = custodians.ask(reporter, now=LATER + OPEN_FOR)
    custodians.refuse(again)
    assert custodians.ask(reporter, now=LATER + OPEN_FOR)


def test_a_second_click_changes_nothing(custodians: Custodians) -> None:
    reporter = custodians.named_report()
    asked = custodians.ask(reporter)
    assert custodians.ask(reporter) == asked
    custodians.agree(asked)
    row = custodians.request(asked)
    custodians.agree(asked, now=LATER + MOMENT)
    again = custodians.request(asked)
    assert (again.identity_file, again.decided_at) == (row.identity_file, row.decided_at)
    refused = custodians.ask(reporter, now=LATER + OPEN_FOR)
    custodians.refuse(refused)
    custodians.refuse(refused)
    for act, count in (("identity-asked", 2), ("identity-agreed", 1), ("identity-refused", 1)):
        assert len(custodians.office.audited(act)) == count


def test_other_words_for_a_case_that_was_asked_for_are_refused(custodians: Custodians) -> None:
    reporter = custodians.named_report()
    custodians.ask(reporter)
    with pytest.raises(AlreadyAsked):
        custodians.ask(reporter, reason="另外一个理由。")


@pytest.mark.parametrize("who", ["decider", "clerk"])
def test_the_outer_layer_needs_a_key_of_group_a(custodians: Custodians, who: str) -> None:
    person = custodians.decider if who == "decider" else custodians.office.clerk
    with pytest.raises(KeyNotHeld):
        custodians.ask(custodians.named_report(), by=person)


def test_agreeing_needs_a_key_of_group_b(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report())
    with pytest.raises(KeyNotHeld):
        custodians.agree(asked, by=custodians.other_asker)
    assert standing(custodians.request(asked), LATER) == Standing.WAITING


def test_who_asked_decides_nothing_even_after_changing_groups(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report())
    with custodians.house.database.writing() as session:
        session.delete(session.get_one(PersonRole, (custodians.asker.id, Role.CUSTODIAN_A)))
        session.add(PersonRole(person_id=custodians.asker.id, role=Role.CUSTODIAN_B))
    for decide in (custodians.agree, custodians.refuse):
        with pytest.raises(OwnRequest):
            decide(asked, by=custodians.asker)


@pytest.mark.parametrize("first", ["agree", "refuse"])
@pytest.mark.parametrize("second", ["agree", "refuse"])
def test_a_request_is_decided_once(custodians: Custodians, first: str, second: str) -> None:
    asked = custodians.ask(custodians.named_report())
    getattr(custodians, first)(asked)
    with pytest.raises(AlreadyDecided):
        getattr(custodians, second)(asked, by=custodians.other_decider)


def test_nobody_decides_after_three_days(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report(), now=LATER - WAITS)
    for decide in (custodians.agree, custodians.refuse):
        with pytest.raises(Expired):
            decide(asked)
    custodians.agree(
        custodians.ask(custodians.named_report("83172055"), now=LATER - WAITS + MOMENT)
    )


def test_a_name_that_is_damaged_or_not_there_is_said(custodians: Custodians) -> None:
    nobody = custodians.ask(custodians.named_report(who=None))
    with pytest.raises(CannotOpen):
        custodians.agree(nobody)
    reporter = custodians.named_report("83172055")
    custodians.office.damage(custodians.office.case(reporter).identity_file)
    with pytest.raises(IdentityMismatch):
        custodians.ask(reporter)
    of_before = custodians.office.open(custodians.office.arrive("83172056", named=True))
    with pytest.raises(CannotOpen):
        custodians.ask(of_before)


def test_the_sweep_spares_what_requests_name(custodians: Custodians) -> None:
    asked = custodians.ask(custodians.named_report())
    row = custodians.request(asked)
    with custodians.house.database.reading() as session:
        assert {row.reason_file, row.identity_file} <= files_named(session)
    custodians.refuse(asked)
    row = custodians.request(asked)
    with custodians.house.database.reading() as session:
        named = files_named(session)
    assert {row.reason_file, row.refusal_file} <= named
    assert None not in named
