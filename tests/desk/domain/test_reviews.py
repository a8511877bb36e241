"""A review goes once per closing to somebody who did not handle the case before."""

import pytest

from portal.desk.domain import cases, reviews
from portal.desk.domain.acts import NotAllowed, NotForYou
from tests.desk.arrivals import LATER, Reporter, deliver, told
from tests.desk.casework import Office


def ask(office: Office, reporter: Reporter) -> None:
    deliver(office.house, reporter.answer("账目没有公布", office.recipient, purpose="review"))


def names(office: Office, reporter: Reporter) -> list[str]:
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        return list(reviews.reviewers(session, case).values())


def test_who_handled_a_case_does_not_review_it(office: Office) -> None:
    reporter = office.case_in("closed")
    ask(office, reporter)
    assert names(office, reporter) == ["林涛"]
    with pytest.raises(NotForYou):
        office.do(reporter, "review-start", now=LATER)
    assert office.case(reporter).state == "closed"
    office.do(reporter, "review-start", by=office.colleague, now=LATER)
    case = office.case(reporter)
    assert (case.state, case.claimed_by) == ("under_review", office.colleague.id)
    assert case.review_asked_on is None
    assert office.audited("case-review-started") == [(office.colleague.id, "83172054")]


def test_only_who_can_open_the_case_and_acts_on_cases_may_review_it(office: Office) -> None:
    reporter = office.case_in("closed")
    assert names(office, reporter) == ["林涛"]
    office.let_in(office.handler)
    assert names(office, reporter) == ["林涛", "沈渡"]
    office.take_keys_from(office.colleague)
    assert names(office, reporter) == ["沈渡"]


def test_who_handled_it_does_not_end_the_review_by_taking_the_case_over(office: Office) -> None:
    reporter = office.reviewed()
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        cases.take_over(session, case, office.clerk.id, LATER)
    for code in ("review-close", "need-more", "reply"):
        with pytest.raises(NotForYou):
            office.do(reporter, code, now=LATER)
    assert office.case(reporter).state == "under_review"


def test_the_reviewer_asks_back_and_closes(office: Office) -> None:
    reporter = office.reviewed()
    office.do(reporter, "need-more", by=office.colleague, now=LATER)
    assert names(office, reporter) == ["林涛"]
    deliver(office.house, reporter.answer("账目在村委会", office.recipient))
    assert office.case(reporter).state == "under_review"
    office.do(reporter, "review-close", by=office.colleague, now=LATER)
    steps = [one.state for one in told(office.house)[-1][0].steps]
    assert steps[-4:] == ["under_review", "need_more", "under_review", "closed"]


def test_a_second_review_goes_to_a_third_person(office: Office) -> None:
    reporter = office.reviewed()
    office.do(reporter, "review-close", by=office.colleague, now=LATER)
    ask(office, reporter)
    assert names(office, reporter) == []
    with pytest.raises(NotForYou):
        office.do(reporter, "review-start", by=office.colleague, now=LATER)
    office.let_in(office.handler)
    assert names(office, reporter) == ["沈渡"]
    office.do(reporter, "review-start", by=office.handler, now=LATER)
    assert office.case(reporter).state == "under_review"


def test_a_second_request_during_a_review_asks_for_nothing(office: Office) -> None:
    reporter = office.reviewed()
    ask(office, reporter)
    assert office.case(reporter).review_asked_on is None
    office.do(reporter, "review-close", by=office.colleague, now=LATER)
    with pytest.raises(NotAllowed):
        office.do(reporter, "review-start", by=office.colleague, now=LATER)
