"""What a reporter asks for: genuine words set a wish, an act takes it up, nothing else does."""

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, moves, news
from portal.desk.models.cases import CaseEvent
from portal.desk.models.replies import CaseWords
from tests.desk.arrivals import LATER, LATER_ON, Reporter, deliver, told
from tests.desk.casework import Office


def send(office: Office, reporter: Reporter, purpose: str, **more) -> None:
    deliver(office.house, reporter.answer("写的话", office.recipient, purpose=purpose, **more))


def take_over(office: Office, reporter: Reporter) -> None:
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        office.opener(office.clerk).take_over_words(session, case, LATER_ON)


def kinds(office: Office, reporter: Reporter) -> tuple[tuple[str, ...], bool, str | None]:
    with office.house.database.reading() as session:
        one = news.of_cases(session, {reporter.reference})[reporter.reference]
    return one.kinds, one.forged, one.pressed


@pytest.mark.parametrize("state", ["received", "accepted", "in_progress", "need_more"])
def test_asking_to_withdraw_is_told_back_and_ends_nothing(office: Office, state: str) -> None:
    reporter = office.case_in(state)
    send(office, reporter, "withdraw", pressed="yes")
    case = office.case(reporter)
    assert (case.state, case.withdraw_asked_on) == (state, LATER_ON)
    assert "withdraw_requested" in told(office.house)[-1][0].flags
    office.do(reporter, "withdraw-note", now=LATER)
    case = office.case(reporter)
    assert (case.state, case.withdraw_asked_on) == (state, None)
    assert "withdraw_requested" not in told(office.house)[-1][0].flags
    assert office.audited("case-withdrawal-noted") == [(office.clerk.id, "83172054")]


@pytest.mark.parametrize("state", ["closed", "transferred", "out_of_scope"])
def test_what_has_ended_cannot_be_withdrawn(office: Office, state: str) -> None:
    reporter = office.case_in(state)
    send(office, reporter, "withdraw", pressed="no")
    assert office.case(reporter).withdraw_asked_on is None


def test_whether_somebody_pressed_is_known_once_the_words_are_opened(office: Office) -> None:
    reporter = office.case_in("accepted")
    send(office, reporter, "withdraw", pressed="yes")
    assert kinds(office, reporter) == (("withdraw",), False, None)
    take_over(office, reporter)
    assert kinds(office, reporter) == (("withdraw",), False, "yes")
    office.do(reporter, "withdraw-note", now=LATER)
    assert kinds(office, reporter) == ((), False, None)


def test_only_a_withdrawal_says_that_somebody_pressed(office: Office) -> None:
    reporter = office.case_in("accepted")
    send(office, reporter, "add", pressed="yes")
    take_over(office, reporter)
    with office.house.database.reading() as session:
        assert [one.pressed for one in session.scalars(select(CaseWords))] == [None]


@pytest.mark.parametrize("purpose", ["reply", "add", "withdraw", "review"])
@pytest.mark.parametrize("state", ["need_more", "accepted", "closed"])
def test_forged_words_of_any_kind_change_nothing(office: Office, state: str, purpose: str) -> None:
    reporter = office.case_in(state)
    before, sent = office.case(reporter), len(told(office.house))
    send(office, reporter, purpose, signed_by=Reporter.draw())
    case = office.case(reporter)
    assert moves.standing(case) == moves.standing(before)
    assert case.revision == before.revision
    assert len(told(office.house)) == sent
    assert kinds(office, reporter) == ((), True, None)


@pytest.mark.parametrize("state", ["need_more", "closed"])
def test_signed_words_of_a_purpose_that_nobody_knows_count_as_nobodys(
    office: Office, state: str
) -> None:
    reporter = office.case_in(state)
    before = moves.standing(office.case(reporter))
    send(office, reporter, "arrest")
    assert moves.standing(office.case(reporter)) == before
    with office.house.database.reading() as session:
        assert [one.genuine for one in session.scalars(select(CaseWords))] == [False]


@pytest.mark.parametrize(
    ("state", "purpose"), [("need_more", "add"), ("accepted", "review"), ("accepted", "reply")]
)
def test_words_of_one_purpose_do_not_do_the_work_of_another(
    office: Office, state: str, purpose: str
) -> None:
    reporter = office.case_in(state)
    before = moves.standing(office.case(reporter))
    send(office, reporter, purpose)
    assert moves.standing(office.case(reporter)) == before
    assert kinds(office, reporter)[0] == (purpose,)


def test_an_addition_is_noticed_by_whoever_writes_just_now(office: Office) -> None:
    reporter = office.case_in("accepted")
    before = office.case(reporter).revision
    send(office, reporter, "add")
    assert office.case(reporter).revision == before + 1
    with office.house.database.reading() as session:
        last = session.scalars(select(CaseEvent).order_by(CaseEvent.number.desc())).first()
    assert last is not None
    assert (last.act, last.state, last.person_id) == ("added", "accepted", None)


def test_asking_before_anybody_opened_the_report_counts_from_the_opening(office: Office) -> None:
    reporter = office.arrive()
    send(office, reporter, "withdraw", pressed="unsaid")
    assert office.case(reporter).withdraw_asked_on is None
    office.open(reporter)
    assert office.case(reporter).withdraw_asked_on is not None
    office.do(reporter, "accept", now=LATER)
    assert told(office.house)[-1][0].flags == ("withdraw_requested",)


def test_what_was_out_of_scope_is_received_again(office: Office) -> None:
    reporter = office.case_in("out_of_scope")
    send(office, reporter, "add")
    office.do(reporter, "reopen", now=LATER)
    case = office.case(reporter)
    assert (case.state, case.passed_to) == ("received", None)
    office.do(reporter, "accept", now=LATER)
    assert office.case(reporter).state == "accepted"
