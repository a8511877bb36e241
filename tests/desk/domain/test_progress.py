"""What the citizen is told: every message is the whole snapshot, newer than the one before."""

import pytest

from portal.desk.domain import cases, progress
from portal.exchange.kinds import SealedReply, Step
from portal.store import MissingFile
from tests.desk.arrivals import FILED, FILED_ON, LATER, deliver, told
from tests.desk.casework import WORDS, Office

LATER_ON = LATER.date()


def test_each_change_is_told_with_a_higher_revision_and_all_words_so_far(office: Office) -> None:
    reporter = office.case_in("received")
    for code in ("accept", "need-more"):
        office.do(reporter, code)
    deliver(office.house, reporter.answer("前年", office.recipient))
    for code in ("reply", "close"):
        office.do(reporter, code, now=LATER)
    snapshots = [one for one, _message in told(office.house)]
    assert [one.revision for one in snapshots] == [2, 3, 4, 5, 6]
    assert [len(one.replies) for one in snapshots] == [1, 2, 2, 3, 4]
    last, message = told(office.house)[-1]
    assert [one.purpose for one in last.replies] == ["answer", "question", "answer", "answer"]
    said = [reporter.keys.open_reply(message.parts[one.part]).text for one in last.replies]
    assert said == [WORDS[code] for code in ("accept", "need-more", "reply", "close")]
    assert last.replies[3] == SealedReply("reply-4", "answer", LATER_ON)


def test_steps_tell_each_state_with_its_first_day_and_nothing_between(office: Office) -> None:
    reporter = office.case_in("accepted")
    office.do(reporter, "reply", now=LATER)
    office.do(reporter, "close", now=LATER)
    last, _message = told(office.house)[-1]
    assert last.steps == (
        Step("received", FILED_ON),
        Step("accepted", FILED_ON),
        Step("closed", LATER_ON),
    )
    assert last.now.on == office.case(reporter).state_on


def test_a_message_names_the_day_alone_and_its_case(office: Office) -> None:
    reporter = office.case_in("accepted")
    ((_progress, message),) = told(office.house)
    assert (message.kind, message.source, message.day) == ("progress", "desk", FILED_ON)
    assert message.case == reporter.case
    message.check()


def test_nobody_outside_learns_who_did_it_or_what_kind_of_report_it_is(office: Office) -> None:
    reporter = office.case_in("need_more")
    _progress, message = told(office.house)[-1]
    event = message.to_event()
    for secret in (office.clerk.id, office.clerk.name, "陈雨", "village", reporter.reference):
        assert secret.encode() not in event


def test_registering_alone_tells_nothing(office: Office) -> None:
    office.open(office.arrive())
    assert told(office.house) == []


def test_a_snapshot_with_lost_words_is_not_sent(office: Office) -> None:
    reporter = office.case_in("accepted")
    with office.house.database.reading() as session:
        (reply,) = progress.replies_of(session, reporter.case)
    office.house.items.discard(reply.reporter_file or "")
    with pytest.raises(MissingFile):
        office.do(reporter, "start")
    assert office.case(reporter).state == "accepted"
    assert len(told(office.house)) == 1


def test_notes_are_numbered_for_each_case_apart(office: Office) -> None:
    first, second = office.case_in("accepted", "10000001"), office.case_in("closed", "10000002")
    assert (office.case(first).revision, office.case(second).revision) == (2, 3)
    with office.house.database.writing() as session:
        case = cases.get(session, first.reference)
        progress.note(session, case, "reply", office.clerk.id, FILED.date())
        assert case.revision == 3
        assert progress.steps(session, case.id)[-1] == Step("accepted", FILED_ON)
