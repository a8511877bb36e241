"""交办: the office that gets a case opens it, the one that had it does not."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from portal.desk.domain import assigning, cases, clocks, keys
from portal.desk.domain.acts import Changed, NotAllowed, NotYours
from portal.desk.domain.assigning import AlreadyThere, NobodyHolds
from portal.desk.domain.offices import UnknownOffice
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.terms import ASSIGN
from portal.desk.models.cases import CaseGrant
from tests.desk.arrivals import FILED, FILED_ON, STORY, Reporter, told
from tests.desk.casework import OFFICE, Office
from tests.desk.domain.test_two_at_once import Outcome, at_once
from tests.desk.staff import Colleague, make_key
from tests.desk.townships import TOWNSHIP, Township, assign, open_township

SECOND = "office-3"


@pytest.fixture
def township(office: Office) -> Township:
    return open_township(office)


def grants(office: Office, reporter: Reporter) -> dict[str, str]:
    with office.house.database.reading() as session:
        rows = session.scalars(select(CaseGrant).where(CaseGrant.case_id == reporter.case))
        return {row.key_id: row.file for row in rows}


def reads(office: Office, person: Colleague, reporter: Reporter) -> str:
    opener = office.opener(person)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        return opener.content(case, opener.case_key(session, case)).story


def test_the_office_opens_it_and_nobody_there_has_claimed_it(
    office: Office, township: Township
) -> None:
    reporter = township.given()
    assert reads(office, township.handler, reporter) == STORY
    assert sorted(grants(office, reporter)) == [OFFICE, TOWNSHIP, "recovery"]
    case = office.case(reporter)
    assert (case.office_id, case.claimed_by, case.state) == (TOWNSHIP, None, "accepted")
    assert office.audited("case-assigned") == [
        (office.clerk.id, f"{reporter.reference} {TOWNSHIP}")
    ]
    with office.house.database.reading() as session:
        (line,) = assigning.history(session, case)
    assert (line.on, line.office, line.by) == (FILED_ON, "派驻第2组", office.clerk.id)


def test_the_term_for_giving_it_to_somebody_is_kept(office: Office, township: Township) -> None:
    reporter = office.case_in("accepted")

    def kept_on() -> date | None:
        with office.house.database.reading() as session:
            standing = clocks.standing(session, cases.get(session, reporter.reference))
        term = standing.term(ASSIGN)
        assert term is not None
        return term.met_on

    assert kept_on() is None
    assign(office, reporter, TOWNSHIP)
    assert kept_on() == FILED_ON


def test_the_citizen_is_told_nothing_of_it(office: Office, township: Township) -> None:
    reporter = office.case_in("accepted")
    before = len(told(office.house))
    assign(office, reporter, TOWNSHIP)
    assert len(told(office.house)) == before


def test_given_again_the_former_office_loses_its_wrap(office: Office, township: Township) -> None:
    other = open_township(office, SECOND)
    reporter = township.given()
    wrapped = grants(office, reporter)[TOWNSHIP]
    assign(office, reporter, SECOND, by=office.colleague)
    assert sorted(grants(office, reporter)) == [OFFICE, SECOND, "recovery"]
    assert wrapped not in office.house.items.names()
    with pytest.raises(KeyNotHeld):
        reads(office, township.handler, reporter)
    assert reads(office, other.handler, reporter) == STORY


def test_taken_back_it_is_the_intakes_again(office: Office, township: Township) -> None:
    reporter = township.given()
    assign(office, reporter, OFFICE)
    assert sorted(grants(office, reporter)) == [OFFICE, "recovery"]
    assert office.case(reporter).office_id == OFFICE


@pytest.mark.parametrize("state", ["received", "closed"])
def test_what_is_not_accepted_or_has_ended_is_not_given_away(
    office: Office, township: Township, state: str
) -> None:
    reporter = office.case_in(state)
    with pytest.raises(NotAllowed):
        assign(office, reporter, TOWNSHIP)
    assert office.case(reporter).office_id == OFFICE


def test_what_a_colleague_has_is_not_given_away(office: Office, township: Township) -> None:
    reporter = office.case_in("accepted")
    with pytest.raises(NotYours):
        assign(office, reporter, TOWNSHIP, by=office.colleague)


def test_refused_choices(office: Office, township: Township) -> None:
    make_key(office.house, SECOND, "office", [])
    reporter = township.given()
    for chosen, refusal in (
        (TOWNSHIP, AlreadyThere),
        (SECOND, NobodyHolds),
        ("office-9", UnknownOffice),
    ):
        with pytest.raises(refusal):
            assign(office, reporter, chosen)
    with pytest.raises(Changed):
        assign(office, reporter, OFFICE, revision=1)
    assert sorted(grants(office, reporter)) == [OFFICE, TOWNSHIP, "recovery"]


def test_who_lost_the_keys_gives_nothing_away(office: Office, township: Township) -> None:
    reporter = office.case_in("accepted")
    office.take_keys_from(office.clerk)
    with pytest.raises(KeyNotHeld):
        assign(office, reporter, TOWNSHIP)
    assert grants(office, reporter).keys() == {OFFICE, "recovery"}


def test_two_clerks_give_it_to_two_offices_at_once_and_one_of_them_gets_it(
    office: Office, township: Township
) -> None:
    other = open_township(office, SECOND)
    reporter = township.given()
    assign(office, reporter, OFFICE)
    with office.house.database.writing() as session:
        cases.claim(session, reporter.reference, office.clerk.id, FILED)
    seen = office.case(reporter).revision

    def gives(to: str) -> Callable[[], Outcome]:
        def give() -> Outcome:
            try:
                assign(office, reporter, to, revision=seen)
            except Changed:
                return Changed
            return to

        return give

    outcomes = at_once(gives(TOWNSHIP), gives(SECOND))
    assert outcomes.count(Changed) == 1
    (winner,) = (one for one in outcomes if one is not Changed)
    assert grants(office, reporter).keys() == {OFFICE, winner, "recovery"}
    assert office.case(reporter).office_id == winner
    loser = township if winner == SECOND else other
    with pytest.raises(KeyNotHeld):
        reads(office, loser.handler, reporter)


def test_only_offices_whose_key_somebody_holds_are_offered(
    office: Office, township: Township
) -> None:
    make_key(office.house, SECOND, "office", [])
    reporter = office.case_in("accepted")
    with office.house.database.reading() as session:
        offered = assigning.choices(session, cases.get(session, reporter.reference))
        assert keys.holders(session, SECOND) == ()
    assert [one.id for one in offered] == [TOWNSHIP]
