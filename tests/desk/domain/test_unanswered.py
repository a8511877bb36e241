"""A question that nobody answers must not hold a case for ever."""

import pytest

from portal.desk.domain import acts
from portal.exchange.kinds import MAX_REPLIES
from tests.desk.arrivals import LATER, deliver, told
from tests.desk.casework import Office

GOES_ON = [
    ("received", {"accept", "close", "reply", "out-of-scope"}),
    ("accepted", {"accept", "start", "close", "reply"}),
    ("in_progress", {"start", "close", "reply"}),
]


@pytest.mark.parametrize(("former", "codes"), GOES_ON)
def test_the_case_goes_on_or_back_from_where_it_was_asked(
    office: Office, former: str, codes: set[str]
) -> None:
    reporter = office.case_in(former)
    office.do(reporter, "need-more")
    offered = acts.possible(office.case(reporter), office.clerk.id, frozenset())
    assert {act.code for act in offered} == codes


@pytest.mark.parametrize(
    ("former", "code", "state"),
    [
        ("received", "accept", "accepted"),
        ("accepted", "start", "in_progress"),
        ("in_progress", "start", "in_progress"),
    ],
)
def test_going_on_ends_the_waiting_and_a_late_answer_changes_no_state(
    office: Office, former: str, code: str, state: str
) -> None:
    reporter = office.case_in(former)
    office.do(reporter, "need-more")
    office.do(reporter, code, now=LATER)
    case = office.case(reporter)
    assert (case.state, case.previous_state, case.answer_by) == (state, None, None)
    deliver(office.house, reporter.answer("现在才看到", office.recipient))
    assert office.case(reporter).state == state
    assert told(office.house)[-1][0].now.state == state


def test_a_long_correspondence_shows_its_newest_words(office: Office) -> None:
    reporter = office.case_in("received")
    for number in range(1, MAX_REPLIES + 3):
        office.do(reporter, "reply", f"第{number}次答复")
    progress, message = told(office.house)[-1]
    ends = progress.replies[0], progress.replies[-1]
    opened = [reporter.keys.open_reply(message.parts[one.part]).text for one in ends]
    assert len(progress.replies) == MAX_REPLIES
    assert opened == ["第3次答复", f"第{MAX_REPLIES + 2}次答复"]
