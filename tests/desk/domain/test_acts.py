"""What staff may do where a case stands, and what each act leaves behind."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.desk.domain import acts, cases
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import (
    BlankLeft,
    Changed,
    Decision,
    NotAllowed,
    NotYours,
    PlaceMissing,
    WordsMissing,
)
from portal.desk.models.cases import Case, CaseEvent
from portal.desk.models.replies import CaseReply
from portal.sealing import unseal
from tests.desk.arrivals import FILED, FILED_ON, LATER, Reporter, deliver, told
from tests.desk.casework import PATHS, PLACES, WORDS, Office

# The whole table, written out: where each act may begin. "need_more/x" waits for an answer to a
# question that was asked in state x.
OPEN = {"received", "accepted", "in_progress"}
ASKED = {"need_more/received", "need_more/accepted", "need_more/in_progress"}
ALL = {
    *(OPEN | ASKED),
    *("transferred", "out_of_scope", "closed", "under_review", "need_more/under_review"),
}
ALLOWED = {
    "accept": {"received", "need_more/received", "need_more/accepted"},
    "start": {"accepted", "need_more/accepted", "need_more/in_progress"},
    "close": {"accepted", "in_progress"} | ASKED,
    "need-more": OPEN | {"under_review"},
    "reply": ALL,
    "transfer": OPEN,
    "out-of-scope": {"received", "need_more/received"},
    "reopen": {"out_of_scope"},
    "withdraw-note": ALL,
    "review-start": {"closed"},
    "review-close": {"under_review", "need_more/under_review"},
}
STATES = sorted(ALL | {"sealed_for_superior"})
ME = frozenset({"c"})


def standing(state: str) -> Case:
    """A registered case of clerk `c` that stands there; its reporter asked for everything."""
    state, _slash, previous = state.partition("/")
    return Case(
        state=state,
        previous_state=previous or None,
        revision=3,
        claimed_by="c",
        registered_on=FILED_ON,
        reply_recipient="age1pq",
        withdraw_asked_on=FILED_ON,
        review_asked_on=FILED_ON,
    )


def decision(code: str, text: str = "好的", revision: int = 3, person_id: str = "c") -> Decision:
    return Decision(ACTS[code], text, revision, person_id, PLACES.get(code, ""))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("code", list(ACTS))
def test_each_act_begins_where_the_table_says_and_nowhere_else(code: str, state: str) -> None:
    case = standing(state)
    allowed = state in ALLOWED[code]
    assert (ACTS[code] in acts.possible(case, "c", ME)) is allowed
    if allowed:
        acts.check(case, decision(code), ME)
    else:
        with pytest.raises(NotAllowed):
            acts.check(case, decision(code), ME)


@pytest.mark.parametrize(
    ("code", "wish"), [("withdraw-note", "withdraw"), ("review-start", "review")]
)
def test_what_nobody_asked_for_is_not_taken_up(code: str, wish: str) -> None:
    case = standing("closed")
    setattr(case, f"{wish}_asked_on", None)
    with pytest.raises(NotAllowed):
        acts.check(case, decision(code), ME)


@pytest.mark.parametrize(
    ("state", "first"),
    [("received", "accept"), ("accepted", "start"), ("in_progress", "close"), ("closed", "reply")],
)
def test_the_usual_next_act_comes_first(state: str, first: str) -> None:
    assert acts.possible(standing(state), "c", frozenset())[0].code == first


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        pytest.param({"claimed_by": "d"}, NotYours, id="a colleague has it"),
        pytest.param({"claimed_by": None}, NotYours, id="nobody has it"),
        pytest.param({"registered_on": None}, NotYours, id="nobody opened it yet"),
        pytest.param({"revision": 4}, Changed, id="it changed meanwhile"),
        pytest.param({"state": "closed"}, NotAllowed, id="it stands elsewhere"),
    ],
)
def test_an_act_is_refused_by_name(changes: dict[str, object], refusal: type[Exception]) -> None:
    case = standing("received")
    for name, value in changes.items():
        setattr(case, name, value)
    with pytest.raises(refusal):
        acts.check(case, decision("accept"), ME)


TEMPLATES = [(act.code, template) for act in ACTS.values() for template in act.templates]


@pytest.mark.parametrize(("code", "template"), TEMPLATES)
def test_a_template_as_it_stands_names_nobody_and_its_blanks_are_to_be_filled(
    code: str, template: str
) -> None:
    case = standing(min(ALLOWED[code]))
    for word in ("嫌疑人", "案件", "立案", "初核", "查实", "不实", "结案"):
        assert word not in template
    filled = template
    for blank in acts.blanks(template):
        filled = filled.replace(blank, "修路款")
    acts.check(case, decision(code, filled), ME)
    if set(acts.blanks(template)) - {"〔机关〕", "〔去处〕"}:
        with pytest.raises(BlankLeft):
            acts.check(case, decision(code, template), ME)


def test_closing_has_several_ways_to_begin() -> None:
    assert len(ACTS["close"].templates) == 5
    assert len(set(ACTS["review-close"].templates)) == 3


@pytest.mark.parametrize("code", list(PLACES))
def test_the_place_goes_into_the_words_and_must_be_given(office: Office, code: str) -> None:
    reporter = office.case_in("received")
    case = office.case(reporter)
    with pytest.raises(PlaceMissing):
        acts.check(case, Decision(ACTS[code], "好的", case.revision, office.clerk.id, " "), ())
    office.do(reporter, code)
    _progress, message = told(office.house)[-1]
    assert PLACES[code] in reporter.keys.open_reply(message.parts["reply-1"]).text
    assert office.case(reporter).passed_to == PLACES[code]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("您反映的〔事情〕，〔内容〕。", ["〔事情〕", "〔内容〕"]),
        ("还空着〔　〕", ["〔　〕"]),
        ("〔〕", ["〔〕"]),
        ("按青纪〔2026〕5号办理", []),
        ("按青纪〔2026〕5号〔内容〕", ["〔内容〕"]),
        ("只有一半〔事情", []),
    ],
)
def test_blanks_are_told_from_the_numbers_of_documents(text: str, left: list[str]) -> None:
    assert acts.blanks(text) == left


@pytest.mark.parametrize("text", ["", " \n　"])
@pytest.mark.parametrize("code", list(ACTS))
def test_words_may_be_left_out_only_where_the_state_says_enough(code: str, text: str) -> None:
    case = standing(min(ALLOWED[code]))
    if ACTS[code].words_needed:
        with pytest.raises(WordsMissing):
            acts.check(case, decision(code, text), ME)
    else:
        acts.check(case, decision(code, text), ME)


def replies(office: Office, reporter: Reporter) -> list[CaseReply]:
    query = select(CaseReply).where(CaseReply.case_id == reporter.case).order_by(CaseReply.number)
    with office.house.database.reading() as session:
        return list(session.scalars(query))


def test_an_act_writes_state_history_words_audit_and_a_message_together(office: Office) -> None:
    reporter = office.case_in("received")
    office.do(reporter, "accept", now=LATER)
    case = office.case(reporter)
    assert (case.state, case.state_on, case.revision) == ("accepted", LATER.date(), 2)
    with office.house.database.reading() as session:
        event = session.scalars(select(CaseEvent).order_by(CaseEvent.number.desc())).first()
    assert event is not None
    assert (event.act, event.state, event.person_id) == ("accept", "accepted", office.clerk.id)
    assert office.audited("case-accepted") == [(office.clerk.id, reporter.reference)]
    ((progress, message),) = told(office.house)
    assert (progress.case, progress.revision) == (reporter.case, 2)
    assert message.parts.keys() == {"reply-1"}


def test_the_words_open_for_the_reporter_and_for_the_office_and_are_two_files(
    office: Office,
) -> None:
    reporter = office.case_in("accepted")
    (reply,) = replies(office, reporter)
    items = office.house.items
    assert reporter.keys.open_reply(items.get(reply.reporter_file or "")).text == WORDS["accept"]
    holding = office.opener(office.colleague)
    with office.house.database.reading() as session:
        own = holding.case_key(session, cases.get(session, reporter.reference))
    assert unseal.open_words(items.get(reply.desk_file), [own]).text == WORDS["accept"]
    assert (reply.kind, reply.person_id, reply.on) == ("answer", office.clerk.id, FILED_ON)


def test_an_act_without_words_tells_the_state_alone(office: Office) -> None:
    reporter = office.case_in("in_progress")
    assert [reply.number for reply in replies(office, reporter)] == [1]
    assert office.case(reporter).state == "in_progress"


@pytest.mark.parametrize("former", ["received", "accepted", "in_progress"])
def test_a_question_keeps_the_former_state_and_sets_a_day(office: Office, former: str) -> None:
    reporter = office.case_in(former)
    office.do(reporter, "need-more")
    case = office.case(reporter)
    assert (case.state, case.previous_state) == ("need_more", former)
    assert (case.answer_by, case.answer_by_provisional) == (date(2026, 11, 23), False)
    assert replies(office, reporter)[-1].kind == "question"
    assert told(office.house)[-1][0].due == date(2026, 11, 23)
    deliver(office.house, reporter.answer("前年", office.recipient))
    assert office.case(reporter).state == former


def test_a_question_in_december_is_due_on_a_provisional_day(office: Office) -> None:
    reporter = office.case_in("received")
    office.do(reporter, "need-more", now=datetime(2026, 12, 28, 2, tzinfo=UTC))
    case = office.case(reporter)
    assert case.answer_by_provisional
    assert case.answer_by is not None
    assert case.answer_by.year == 2027
    assert told(office.house)[-1][0].due_provisional


def test_a_reply_leaves_the_case_where_it_is_and_the_question_open(office: Office) -> None:
    reporter = office.case_in("need_more")
    before = office.case(reporter)
    office.do(reporter, "reply", now=LATER)
    case = office.case(reporter)
    assert (case.state, case.state_on) == ("need_more", before.state_on)
    assert (case.previous_state, case.answer_by) == ("received", before.answer_by)
    assert case.revision == before.revision + 1


def test_closing_ends_the_waiting_for_an_answer(office: Office) -> None:
    reporter = office.case_in("need_more")
    office.do(reporter, "close")
    case = office.case(reporter)
    assert (case.state, case.previous_state, case.answer_by) == ("closed", None, None)
    deliver(office.house, reporter.answer("太晚了", office.recipient))
    assert office.case(reporter).state == "closed"


@pytest.mark.parametrize(
    ("code", "text", "refusal"),
    [
        ("start", "", NotAllowed),
        ("accept", ACTS["accept"].template, BlankLeft),
        ("need-more", "", WordsMissing),
    ],
)
def test_a_refused_act_leaves_nothing(
    office: Office, code: str, text: str, refusal: type[Exception]
) -> None:
    reporter = office.case_in("received")
    files = office.house.items.names()
    with pytest.raises(refusal):
        office.do(reporter, code, text)
    assert office.case(reporter).revision == 1
    assert office.house.items.names() == files
    assert told(office.house) == []


def test_the_states_that_tests_bring_a_case_to_are_those_it_comes_to(office: Office) -> None:
    for number, state in enumerate(PATHS):
        reporter = office.case_in(state, str(10_000_000 + number))
        assert office.case(reporter).state == state
    assert FILED.date() == FILED_ON
