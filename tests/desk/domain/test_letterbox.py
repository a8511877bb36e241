"""What comes from the public side, as the desk's relay hands it over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.desk.domain import cases, references
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk
from portal.desk.domain.opening import Opener
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.cases import CaseEvent
from portal.desk.models.replies import CaseWords
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.exchange.statements import Statement
from portal.reference.days import local_day
from portal.sealing.keys import Identity
from tests.desk.arrivals import (
    FILED,
    FILED_ON,
    INTAKE,
    LATER,
    Reporter,
    case_of,
    deliver,
    told,
)
from tests.desk.staff import Colleague, hire, make_key


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "chen.yu", Role.CLERK, display_name="陈雨")


@pytest.fixture
def intake(house: DeskHouse, clerk: Colleague) -> Identity:
    make_key(house, "office-1", "office", [clerk])
    return make_key(house, INTAKE, "intake", [clerk])


@pytest.fixture
def reporter() -> Reporter:
    return Reporter.draw()


def register(house: DeskHouse, reporter: Reporter, clerk: Colleague, intake: Identity) -> None:
    """Claim and open the report, as a clerk does."""
    opener = Opener(house.items, {INTAKE: intake})
    with house.database.writing() as session:
        case = cases.claim(session, reporter.reference, clerk.id, FILED)
        opener.register(
            session,
            case,
            opener.sealed_content(case),
            recovery=Identity.generate().recipient,
            today=FILED_ON,
        )


def do(house: DeskHouse, reporter: Reporter, clerk: Colleague, code: str, now=FILED) -> None:
    with house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        decision = Decision(ACTS[code], "是哪一年的事？", case.revision, clerk.id)
        Desk(house.items, house.outbox).perform(session, case, decision, now)


@pytest.fixture
def asked(house: DeskHouse, clerk: Colleague, intake: Identity, reporter: Reporter) -> Reporter:
    """A reporter whose accepted report raised a question."""
    deliver(house, reporter.report(intake.recipient))
    register(house, reporter, clerk, intake)
    do(house, reporter, clerk, "accept")
    do(house, reporter, clerk, "need-more")
    return reporter


def kept(house: DeskHouse) -> list[CaseWords]:
    with house.database.reading() as session:
        return list(session.scalars(select(CaseWords)))


def test_a_report_is_kept_as_it_came_and_not_opened(
    house: DeskHouse, intake: Identity, reporter: Reporter
) -> None:
    arriving = reporter.report(intake.recipient)
    deliver(house, arriving, now=FILED + timedelta(days=3))
    case = case_of(house, reporter)
    assert house.items.get(case.content_file) == arriving.parts["content"]
    assert house.items.get(case.identity_file) == arriving.parts["identity"]
    assert (case.reference, case.state, case.revision) == (reporter.reference, "received", 1)
    assert (case.category, case.verify_key, case.recipient) == (None, None, None)
    # Five working days from the Monday on which it was filed, whenever it got here.
    assert (case.received_on, case.look_by) == (FILED_ON, date(2026, 11, 16))
    assert told(house) == []


def test_the_same_case_a_second_time_changes_nothing(
    house: DeskHouse, intake: Identity, reporter: Reporter
) -> None:
    first = reporter.report(intake.recipient)
    deliver(house, first)
    files = house.items.names()
    deliver(house, reporter.report(intake.recipient, content=b"another content"))
    assert house.items.names() == files
    assert house.items.get(case_of(house, reporter).content_file) == first.parts["content"]
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseEvent)) == 1


def test_a_reference_that_another_report_has_is_exchanged_for_one_of_the_desks(
    house: DeskHouse, intake: Identity, reporter: Reporter
) -> None:
    """The public site forgot the older case, and drew its number once more."""
    deliver(house, reporter.report(intake.recipient))
    newcomer = Reporter.draw(reporter.reference)
    for _again in range(2):
        deliver(house, newcomer.report(intake.recipient))
    case = case_of(house, newcomer)
    assert case.reference.startswith("9")
    with house.database.reading() as session:
        assert references.given_to_reporter(session, case.reference) == reporter.reference
        assert references.given_to_reporter(session, reporter.reference) is None
        assert references.also_given(session, reporter.reference) == [case.reference]
    assert case_of(house, reporter).reference == reporter.reference


def test_an_answer_that_overtook_its_report_waits(
    house: DeskHouse, intake: Identity, reporter: Reporter
) -> None:
    arriving = reporter.answer("前年", intake.recipient)
    with pytest.raises(Wait, match="unknown case"):
        deliver(house, arriving)
    deliver(house, reporter.report(intake.recipient))
    deliver(house, arriving)
    assert [words.id for words in kept(house)]


def test_an_answer_returns_the_case_to_the_state_before_the_question(
    house: DeskHouse, intake: Identity, asked: Reporter
) -> None:
    before = case_of(house, asked)
    assert (before.state, before.previous_state) == ("need_more", "accepted")
    arriving = asked.answer("前年春天", intake.recipient)
    deliver(house, arriving)
    case = case_of(house, asked)
    assert (case.state, case.previous_state, case.answer_by) == ("accepted", None, None)
    assert (case.state_on, case.revision) == (local_day(LATER), before.revision + 1)
    progress, _message = told(house)[-1]
    assert progress.revision == case.revision
    assert [step.state for step in progress.steps] == [
        "received",
        "accepted",
        "need_more",
        "accepted",
    ]
    assert progress.due is None
    (words,) = kept(house)
    assert words.genuine
    assert house.items.get(words.file) == arriving.parts["words"]


def test_words_that_another_code_signed_are_kept_but_move_nothing(
    house: DeskHouse, intake: Identity, asked: Reporter
) -> None:
    sent = len(told(house))
    deliver(house, asked.answer("我撤回", intake.recipient, signed_by=Reporter.draw()))
    assert [words.genuine for words in kept(house)] == [False]
    assert case_of(house, asked).state == "need_more"
    assert len(told(house)) == sent
    deliver(house, asked.answer("是前年", intake.recipient))
    assert case_of(house, asked).state == "accepted"


def test_a_signed_answer_counts_once_however_often_it_is_said_again(
    house: DeskHouse, clerk: Colleague, intake: Identity, asked: Reporter
) -> None:
    answer = asked.answer("前年", intake.recipient)
    deliver(house, answer)
    do(house, asked, clerk, "need-more", now=LATER)
    files = house.items.names()
    deliver(house, Message("f" * 32, "reply", "public", answer.day, answer.data, answer.parts))
    assert case_of(house, asked).state == "need_more"
    assert len(kept(house)) == 1
    assert house.items.names() == files


def test_an_answer_to_no_question_is_kept_and_moves_nothing(
    house: DeskHouse, clerk: Colleague, intake: Identity, reporter: Reporter
) -> None:
    deliver(house, reporter.report(intake.recipient))
    register(house, reporter, clerk, intake)
    deliver(house, reporter.answer("还有一件", intake.recipient))
    assert [words.genuine for words in kept(house)] == [True]
    assert case_of(house, reporter).state == "received"
    assert told(house) == []


def test_words_for_an_unopened_report_are_judged_when_it_is_opened(
    house: DeskHouse, clerk: Colleague, intake: Identity, reporter: Reporter
) -> None:
    deliver(house, reporter.report(intake.recipient))
    deliver(house, reporter.answer("真的", intake.recipient))
    deliver(house, reporter.answer("假的", intake.recipient, signed_by=Reporter.draw()))
    assert [words.genuine for words in kept(house)] == [None, None]
    register(house, reporter, clerk, intake)
    assert sorted(bool(words.genuine) for words in kept(house)) == [False, True]


def test_a_statement_about_another_case_is_put_aside(
    house: DeskHouse, intake: Identity, asked: Reporter
) -> None:
    with pytest.raises(Park, match="something else"):
        deliver(house, asked.answer("前年", intake.recipient, about="0" * 32))
    assert kept(house) == []


def test_words_that_were_exchanged_on_the_way_are_put_aside(
    house: DeskHouse, intake: Identity, asked: Reporter
) -> None:
    honest = asked.answer("前年", intake.recipient)
    parts = {**honest.parts, "words": asked.answer("没有", intake.recipient).parts["words"]}
    with pytest.raises(Park, match="something else"):
        deliver(house, Message("e" * 32, "reply", "public", honest.day, honest.data, parts))
    assert kept(house) == []


@pytest.mark.parametrize("statement", [b"", b"\xff", b"[]", b'{"act": "1"}'])
def test_a_statement_that_is_none_is_put_aside(
    house: DeskHouse, intake: Identity, asked: Reporter, statement: bytes
) -> None:
    honest = asked.answer("前年", intake.recipient)
    parts = {**honest.parts, "statement": statement}
    with pytest.raises(Park, match="bad statement"):
        deliver(house, Message("e" * 32, "reply", "public", honest.day, honest.data, parts))
    assert Statement.from_bytes(honest.parts["statement"]).covers(honest.parts["words"])
