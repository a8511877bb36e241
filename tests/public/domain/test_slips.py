"""A claim slip's code shows the progress; exchanged, it is dead and the desk is told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from portal.exchange.kinds import Claimable, Claimed, Step
from portal.exchange.messages import Message
from portal.exchange.refusals import Park
from portal.exchange.statements import Statement
from portal.public.domain import answers, ratings, slips, tracking
from portal.public.domain.purposes import NotPossible
from portal.public.domain.ratings import NotEnded
from portal.public.domain.slips import SignedClaim, SlipUsed
from portal.public.house import PublicHouse
from portal.public.models.cases import Case, Submission
from portal.sealing.content import ReporterKeys
from portal.sealing.ratings import Rating
from portal.sealing.replies import CodeKeys, verify_signature
from portal.sealing.tracking_code import derive, draw
from tests.public.stories import outgoing, rows

DAY = date(2026, 11, 10)
CASE = "c" * 32


def keys(house: PublicHouse) -> CodeKeys:
    return derive(draw(), house.peppers[0])


def claimable(slip: CodeKeys, number: int = 1, state: str = "accepted") -> Claimable:
    step = Step(state, DAY)
    return Claimable(CASE, number, "90000001", DAY, slip.lookup_hash, "pepper-2", step)


def hear(house: PublicHouse, told: Claimable, now) -> None:
    message = Message("a" * 32, Claimable.KIND, "desk", DAY, told.data(), {})
    with house.database.writing() as session:
        slips.receive(session, message, now)


def exchange(house: PublicHouse, claim: SignedClaim, now) -> None:
    with house.database.writing() as session:
        slips.exchange(session, house.outbox, claim, now)


@pytest.fixture
def slip(house, now) -> CodeKeys:
    """The keys of a slip that the desk printed."""
    slip = keys(house)
    hear(house, claimable(slip), now)
    return slip


def test_a_slip_opens_the_case_with_its_dates_and_nothing_else(house, slip):
    with house.database.reading() as reader:
        page = tracking.case_page(reader, house.items, tracking.Look((slip,)))
    assert page is not None
    assert (page.reference, page.received_on, page.state) == ("90000001", DAY, "accepted")
    assert page.unclaimed
    assert [(one.kind, one.on) for one in page.sent] == [("report", DAY)]


def test_a_newer_slip_takes_the_place_of_an_older_one(house, slip, now):
    newer, late = keys(house), keys(house)
    hear(house, claimable(newer, 2), now)
    hear(house, claimable(late, 1), now)
    (case,) = rows(house, Case)
    assert (case.lookup_hash, case.slip_number) == (newer.lookup_hash, 2)
    assert len(rows(house, Submission)) == 1


def test_a_state_without_words_is_parked(house, now):
    with pytest.raises(Park):
        hear(house, claimable(keys(house), state="unheard_of"), now)
    assert rows(house, Case) == []


def test_an_exchange_tells_the_desk_signed_with_the_slip(house, slip, now):
    own = keys(house)
    exchange(house, slips.sign(CASE, slip, own, "pepper-2", now), now)
    (case,) = rows(house, Case)
    assert (case.lookup_hash, case.claimed_slip) == (own.lookup_hash, True)
    (message,) = outgoing(house)
    statement = Statement.from_bytes(message.parts["statement"])
    assert (statement.case, statement.purpose) == (CASE, "claim")
    assert statement.covers(message.parts["keys"])
    signature = Claimed.read(message.data).signature
    assert verify_signature(slip.verify_key, signature, message.parts["statement"])
    assert ReporterKeys.from_bytes(message.parts["keys"]) == ReporterKeys(
        own.reply_recipient, own.verify_key
    )


def test_the_same_press_twice_changes_nothing_more(house, slip, now):
    claim = slips.sign(CASE, slip, keys(house), "pepper-2", now)
    exchange(house, claim, now)
    exchange(house, claim, now)
    assert len(outgoing(house)) == 1


@pytest.mark.parametrize("change", ["another slip", "no case", "used"])
def test_a_slip_that_is_dead_is_refused(house, slip, now, change):
    claim = slips.sign(CASE, slip, keys(house), "pepper-2", now)
    if change == "another slip":
        hear(house, claimable(keys(house), 2), now)
    elif change == "no case":
        claim = replace(claim, case="d" * 32)
    else:
        exchange(house, slips.sign(CASE, slip, keys(house), "pepper-2", now), now)
    before = len(outgoing(house))
    with pytest.raises(SlipUsed):
        exchange(house, claim, now)
    assert len(outgoing(house)) == before


def test_two_claims_at_once_one_wins(house, slip, now):
    def press(own: CodeKeys) -> str:
        try:
            exchange(house, slips.sign(CASE, slip, own, "pepper-2", now), now)
        except SlipUsed:
            return "used"
        return own.lookup_hash

    with ThreadPoolExecutor(2) as threads:
        outcomes = set(threads.map(press, [keys(house), keys(house)]))
    (case,) = rows(house, Case)
    assert outcomes == {"used", case.lookup_hash}
    assert len(outgoing(house)) == 1


def test_after_the_claim_no_slip_opens_the_case(house, slip, now):
    own = keys(house)
    exchange(house, slips.sign(CASE, slip, own, "pepper-2", now), now)
    hear(house, claimable(keys(house), 2), now)
    assert rows(house, Case)[0].lookup_hash == own.lookup_hash
    with house.database.reading() as reader:
        assert tracking.find_case(reader, [slip]) is None


@pytest.mark.parametrize(
    ("purpose", "state"),
    [("reply", "need_more"), ("add", "accepted"), ("withdraw", "accepted"), ("review", "closed")],
)
def test_a_slips_code_sends_no_words(house, keyring, now, purpose, state):
    slip = keys(house)
    hear(house, claimable(slip, state=state), now)
    answer = answers.seal("是去年的", CASE, slip, keyring.manifest(now), now, purpose=purpose)
    with pytest.raises(NotPossible), house.database.writing() as session:
        answers.send(session, house.outbox, answer, answers.draw_once(), now)
    assert outgoing(house) == []


def test_a_slips_code_rates_nothing(house, keyring, now):
    slip = keys(house)
    hear(house, claimable(slip, state="closed"), now)
    with house.database.reading() as reader:
        page = tracking.case_page(reader, house.items, tracking.Look((slip,)))
    assert page is not None
    assert not page.can_be_rated
    assert page.possible == frozenset()
    rating = ratings.seal(Rating(attitude=5), CASE, slip, keyring.manifest(now), now)
    with pytest.raises(NotEnded), house.database.writing() as session:
        ratings.send(session, house.outbox, rating, answers.draw_once(), now)
    assert outgoing(house) == []
