"""A slip was exchanged: whoever had it signed for the reporter's keys."""

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, claims
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk
from portal.desk.domain.claims import HandingOver, NothingToHandOver
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseWords
from portal.exchange.kinds import Progress
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.sealing.keys import Identity
from portal.sealing.replies import CodeKeys
from tests.desk.arrivals import LATER, LATER_ON, Reporter, deliver
from tests.desk.casework import WORDS, Office
from tests.desk.paper import claim, enter, issue, now_of, own_keys, receive, sent
from tests.desk.staff import Colleague


def do(office: Office, case: Case, code: str) -> None:
    with office.house.database.writing() as session:
        there = session.get_one(Case, case.id)
        decision = Decision(ACTS[code], WORDS[code], there.revision, office.clerk.id)
        Desk(office.house.items, office.house.outbox).perform(session, there, decision, LATER)


def hand_over(office: Office, case: Case, by: Colleague | None = None) -> int:
    clerk = by or office.clerk
    handing = HandingOver(office.opener(clerk), office.house.items, office.house.outbox)
    with office.house.database.writing() as session:
        there = session.get_one(Case, case.id)
        return handing.hand_over(session, there, clerk.id, LATER_ON)


def newest(office: Office) -> tuple[Progress, Message]:
    last = [one for one in sent(office) if one.kind == "progress"][-1]
    return Progress.read(last.data), last


def test_a_claim_gives_the_case_its_reporters_keys(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    receive(office, claim(case, drawn.keys, own))
    there = now_of(office, case)
    assert there.claimed_slip is True
    assert there.verify_key == own.verify_key.hex()
    assert there.reply_recipient == str(own.reply_recipient)


def test_the_same_claim_again_changes_nothing(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    for _time in range(2):
        receive(office, claim(case, drawn.keys, own))
    assert now_of(office, case).verify_key == own.verify_key.hex()


def test_a_slip_that_was_voided_on_the_way_counts_when_the_site_took_it(office: Office) -> None:
    case, own = enter(office), own_keys()
    first = issue(office, case)
    issue(office, case, seen=1)
    receive(office, claim(case, first.keys, own))
    assert now_of(office, case).claimed_slip is True


def wrong_claims(case: Case, slip: CodeKeys) -> dict[str, Message]:
    good = claim(case, slip, own_keys())
    other = claim(case, slip, own_keys())
    return {
        "another key signed": claim(case, own_keys(), own_keys()),
        "about another case": claim(case, slip, own_keys(), about="a" * 32),
        "for another purpose": claim(case, slip, own_keys(), purpose="reply"),
        "keys of another claim": _with(good, keys=other.parts["keys"]),
        "no keys": _with(good, keys=b"{}"),
        "no statement": _with(good, statement=b"{}"),
    }


def _with(good: Message, **parts: bytes) -> Message:
    return Message(good.id, good.kind, good.source, good.day, good.data, {**good.parts, **parts})


@pytest.mark.parametrize(
    "why",
    [
        "another key signed",
        "about another case",
        "for another purpose",
        "keys of another claim",
        "no keys",
        "no statement",
    ],
)
def test_what_no_slip_signed_is_parked(office: Office, why: str) -> None:
    case = enter(office)
    drawn = issue(office, case)
    with pytest.raises(Park):
        receive(office, wrong_claims(case, drawn.keys)[why])
    assert now_of(office, case).claimed_slip is False


def test_a_second_claim_with_the_same_slip_is_parked(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    receive(office, claim(case, drawn.keys, own))
    with pytest.raises(Park, match="claimed before"):
        receive(office, claim(case, drawn.keys, own_keys()))
    assert now_of(office, case).verify_key == own.verify_key.hex()


def test_a_claim_waits_for_a_case_that_is_not_here_yet(office: Office) -> None:
    case = enter(office)
    drawn = issue(office, case)
    unknown = claim(Case(id="b" * 32), drawn.keys, own_keys())
    with pytest.raises(Wait):
        receive(office, unknown)


def test_words_before_the_claim_reach_the_reporter_after_it(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    do(office, case, "accept")
    assert newest(office)[0].replies == ()
    receive(office, claim(case, drawn.keys, own))
    with office.house.database.reading() as session:
        assert len(claims.waiting(session, now_of(office, case))) == 1
    revision = now_of(office, case).revision
    assert hand_over(office, case, by=office.colleague) == 1
    snapshot, message = newest(office)
    assert snapshot.revision == revision + 1
    assert [step.state for step in snapshot.steps] == ["received", "accepted"]
    assert own.open_reply(message.parts["reply-1"]).text == WORDS["accept"]
    do(office, case, "reply")
    later = newest(office)[1]
    assert own.open_reply(later.parts["reply-2"]).text == WORDS["reply"]


def test_nothing_is_handed_over_before_the_claim_nor_twice(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    do(office, case, "accept")
    with pytest.raises(NothingToHandOver):
        hand_over(office, case)
    receive(office, claim(case, drawn.keys, own))
    hand_over(office, case)
    with pytest.raises(NothingToHandOver):
        hand_over(office, case)


def test_who_cannot_open_the_case_hands_nothing_over(office: Office) -> None:
    case = enter(office)
    drawn = issue(office, case)
    do(office, case, "accept")
    receive(office, claim(case, drawn.keys, own_keys()))
    with pytest.raises(KeyNotHeld):
        hand_over(office, case, by=office.handler)


def judged(office: Office) -> dict[str, bool | None]:
    with office.house.database.reading() as session:
        return {words.purpose: words.genuine for words in session.scalars(select(CaseWords))}


def test_words_that_overtook_the_claim_are_judged_by_its_keys(office: Office) -> None:
    case, own = enter(office), own_keys()
    drawn = issue(office, case)
    do(office, case, "need-more")
    reporter = Reporter(own, case.id, case.reference)
    forger = Reporter(own_keys(), case.id, case.reference)
    deliver(office.house, reporter.answer("前年的修路款", office.recipient))
    deliver(office.house, forger.answer("不用查了", office.recipient, purpose="withdraw"))
    assert judged(office) == {"reply": None, "withdraw": None}
    receive(office, claim(case, drawn.keys, own))
    assert judged(office) == {"reply": True, "withdraw": False}
    assert now_of(office, case).state == "received"
    assert now_of(office, case).withdraw_asked_on is None
    assert newest(office)[0].now.state == "received"


def test_forged_words_about_a_letter_that_nobody_opens_are_put_aside(office: Office) -> None:
    """A letter belongs to no period: who holds all of the intake's keys can tell that none fits."""
    case, own = enter(office), own_keys()
    receive(office, claim(case, issue(office, case).keys, own))
    forger, reporter = Reporter.draw(), Reporter(own, case.id, case.reference)
    stranger = Identity.generate().recipient
    deliver(office.house, reporter.answer("假的", stranger, signed_by=forger))
    for colleague, waits in ((office.handler, 1), (office.clerk, 0)):
        with office.house.database.writing() as session:
            row = cases.get(session, case.reference)
            taken = office.opener(colleague).take_over_words(session, row, LATER_ON)
        assert taken.foreign == waits
