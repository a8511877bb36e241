"""Leave: somebody of the same office stands in until the last day, and then no more."""

from datetime import timedelta

import pytest

from portal.desk.domain import absences, acts, cases, offices
from portal.desk.domain.absences import AlreadyPast, CannotStandIn
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk, NotYours
from tests.desk.arrivals import FILED, FILED_ON, LATER, LATER_ON, Reporter
from tests.desk.casework import Office
from tests.desk.staff import Colleague
from tests.desk.townships import TOWNSHIP, Township, open_township


@pytest.fixture
def township(office: Office) -> Township:
    return open_township(office)


@pytest.fixture
def reporter(township: Township) -> Reporter:
    reporter = township.given()
    township.claim(reporter, township.handler)
    return reporter


def go(township: Township, cover: Colleague, **changes: object) -> None:
    given = {"until": LATER_ON, "now": FILED, **changes}
    with township.office.house.database.writing() as session:
        absences.go(session, township.handler.id, cover_id=cover.id, **given)  # type: ignore[arg-type]  # by name


def covered(township: Township, cover: Colleague, today=LATER_ON) -> list[str]:
    with township.office.house.database.reading() as session:
        found = absences.covered_by(session, cover.id, today=today)
    return [leave.person_id for leave in found]


def test_a_cover_works_on_the_cases_of_who_is_away(township: Township, reporter: Reporter) -> None:
    office = township.office
    go(township, township.colleague)
    stands_in_for = frozenset(covered(township, township.colleague))
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        who = township.colleague.id
        decision = Decision(ACTS["start"], "", case.revision, who, stands_in_for=stands_in_for)
        Desk(office.house.items, office.house.outbox).perform(session, case, decision, LATER)
    case = office.case(reporter)
    assert (case.state, case.claimed_by) == ("in_progress", township.handler.id)
    assert office.audited("case-started") == [(township.colleague.id, reporter.reference)]
    alone = Decision(ACTS["close"], "办完了。", case.revision, township.colleague.id)
    with pytest.raises(NotYours):
        acts.check(case, alone, ())


def test_it_ends_by_itself_after_the_last_day(township: Township) -> None:
    go(township, township.colleague)
    assert covered(township, township.colleague) == [township.handler.id]
    day_after = LATER_ON + timedelta(days=1)
    assert covered(township, township.colleague, day_after) == []
    with township.office.house.database.reading() as session:
        assert absences.of_person(session, township.handler.id, today=LATER_ON) is not None
        assert absences.of_person(session, township.handler.id, today=day_after) is None


def test_coming_back_early_ends_it_and_pressing_twice_does_no_harm(township: Township) -> None:
    go(township, township.colleague)
    for _press in range(2):
        with township.office.house.database.writing() as session:
            absences.come_back(session, township.handler.id, now=LATER)
    assert covered(township, township.colleague) == []
    assert len(township.office.audited("leave-ended")) == 1


def test_leave_may_be_changed(township: Township) -> None:
    go(township, township.colleague)
    go(township, township.colleague, until=FILED_ON)
    assert covered(township, township.colleague) == []
    assert covered(township, township.colleague, FILED_ON) == [township.handler.id]


def test_only_colleagues_of_the_office_who_are_there_stand_in(township: Township) -> None:
    office = township.office
    for other in (office.clerk, township.handler):
        with pytest.raises(CannotStandIn):
            go(township, other)
    with office.house.database.writing() as session:
        away, cover = township.colleague.id, township.handler.id
        absences.go(session, away, until=LATER_ON, cover_id=cover, now=FILED)
    with pytest.raises(CannotStandIn):
        go(township, township.colleague)


def test_a_day_of_the_past_is_refused(township: Township) -> None:
    with pytest.raises(AlreadyPast):
        go(township, township.colleague, until=FILED_ON - timedelta(days=1))


def test_who_moves_to_another_office_is_covered_no_more(township: Township) -> None:
    go(township, township.colleague)
    with township.office.house.database.writing() as session:
        found = offices.get(session, TOWNSHIP)
        by = township.office.clerk.id
        offices.remove(session, found, township.handler.id, by=by, now=FILED)
        assert absences.covers(session, township.handler.id, today=FILED_ON) == []
    assert covered(township, township.colleague) == []
