"""转交同事: from who has it to a colleague of the same office, once."""

from collections.abc import Callable

import pytest

from portal.desk.domain import absences, cases, handing_over, keys, offices
from portal.desk.domain.acts import Changed
from portal.desk.domain.cases import Taken
from portal.desk.domain.handing_over import CannotTake
from portal.desk.domain.roles import Role
from tests.desk.arrivals import FILED, LATER, LATER_ON, Reporter
from tests.desk.casework import Office
from tests.desk.domain.test_two_at_once import Outcome, at_once
from tests.desk.staff import Colleague, hire, own_key
from tests.desk.townships import TOWNSHIP, Township, open_township


@pytest.fixture
def township(office: Office) -> Township:
    return open_township(office)


@pytest.fixture
def reporter(township: Township) -> Reporter:
    reporter = township.given()
    township.claim(reporter, township.handler)
    return reporter


def hand_over(
    office: Office, reporter: Reporter, by: Colleague, to: Colleague, revision: int = 0
) -> None:
    opener, secret = office.opener(by), office.house.host_secret
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        seen = revision or case.revision
        handing_over.hand_over(
            session,
            opener,
            case,
            to.id,
            revision=seen,
            by=by.id,
            host_secret=secret,
            now=LATER,
        )


def test_the_colleague_has_it_and_sees_it(
    office: Office, township: Township, reporter: Reporter
) -> None:
    hand_over(office, reporter, township.handler, township.colleague)
    case = office.case(reporter)
    assert (case.claimed_by, case.claimed_on) == (township.colleague.id, LATER_ON)
    with office.house.database.reading() as session:
        (line,) = cases.held_by(session, township.colleague.id)
        assert cases.held_by(session, township.handler.id) == []
    assert line.reference == reporter.reference
    assert office.audited("case-handed-over") == [
        (township.handler.id, f"{reporter.reference} {township.colleague.id}")
    ]


def test_only_who_has_it_gives_it_on(
    office: Office, township: Township, reporter: Reporter
) -> None:
    for by in (township.colleague, office.clerk):
        with pytest.raises(Taken):
            hand_over(office, reporter, by, township.colleague)
    with pytest.raises(Changed):
        hand_over(office, reporter, township.handler, township.colleague, revision=1)


def test_people_of_another_office_and_those_away_cannot_take_it(
    office: Office, township: Township, reporter: Reporter
) -> None:
    for to in (office.clerk, township.handler):
        with pytest.raises(CannotTake):
            hand_over(office, reporter, township.handler, to)
    with office.house.database.writing() as session:
        away, cover = township.colleague.id, township.handler.id
        absences.go(session, away, until=LATER_ON, cover_id=cover, now=FILED)
    with pytest.raises(CannotTake):
        hand_over(office, reporter, township.handler, township.colleague)
    assert office.case(reporter).claimed_by == township.handler.id


def test_a_sealed_report_has_no_office_whose_people_could_take_it(office: Office) -> None:
    case = office.case(office.arrive())
    with office.house.database.reading() as session:
        opener, secret = office.opener(office.clerk), office.house.host_secret
        able = handing_over.colleagues(session, opener, case, host_secret=secret, now=FILED)
    assert able == []


def test_handed_to_two_colleagues_at_once_one_of_them_has_it(
    office: Office, township: Township, reporter: Reporter
) -> None:
    takers = (township.colleague, _third(office, township))

    def gives(to: Colleague) -> Callable[[], Outcome]:
        def give() -> Outcome:
            try:
                hand_over(office, reporter, township.handler, to)
            except Taken:
                return Taken
            return to.id

        return give

    outcomes = at_once(*map(gives, takers))
    assert outcomes.count(Taken) == 1
    assert office.case(reporter).claimed_by in outcomes
    assert len(office.audited("case-handed-over")) == 1


def _third(office: Office, township: Township) -> Colleague:
    third = hire(office.house, "qiu.lin", Role.HANDLER, display_name="秋林")
    with office.house.database.writing() as session:
        found = offices.get(session, TOWNSHIP)
        offices.add(session, found, third.id, by=office.clerk.id, now=FILED)
        keys.grant(
            session,
            key_id=TOWNSHIP,
            to=third.id,
            by=township.handler.id,
            by_own=own_key(office.house, township.handler),
            now=FILED,
        )
    return third
