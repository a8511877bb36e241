from datetime import date, timedelta

import pytest

from portal.public.domain import tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.tokens import Token
from portal.public.domain.tracking import IDLE, WHOLE, Look
from portal.public.models.cases import Case, Reply, Submission
from portal.public.models.tracking import TrackingSession
from portal.sealing.content import Words
from portal.sealing.seal import seal_words
from portal.sealing.tracking_code import draw, parse
from tests.public.stories import rows

TODAY = date(2026, 11, 20)


@pytest.fixture
def code():
    return draw()


@pytest.fixture
def keys(house, code):
    return derive_all(house.tracking_slots, code, house.peppers)


@pytest.fixture
def begun(house, now):
    """Begin a look; return its token."""

    def begun(look):
        with house.database.writing() as session:
            return tracking.begin(session, look, now)

    return begun


@pytest.fixture
def looked(house, now):
    """Return the look that a token keeps, some minutes after its beginning."""

    def looked(token, minutes=0, seen=0):
        at = now + timedelta(minutes=minutes)
        with house.database.reading() as session:
            return tracking.current(session, token, now + timedelta(minutes=seen), at)

    return looked


@pytest.fixture
def shown(house):
    """Return what a look shows."""

    def shown(look):
        with house.database.reading() as session:
            return tracking.case_page(session, house.items, look)

    return shown


@pytest.fixture
def case(house, keys):
    """A case of the older pepper generation."""
    with house.database.writing() as session:
        row = Case(
            id="c" * 32,
            lookup_hash=keys[1].lookup_hash,
            pepper_id="pepper-1",
            reference="40518273",
            received_on=TODAY,
            state="received",
            state_on=TODAY,
        )
        session.add(row)
        session.flush()
        session.add(Submission(id="s" * 64, case_id=row.id, kind="report", on=TODAY, revision=0))
    return row


def test_a_look_lasts_half_an_hour_for_who_keeps_looking(begun, looked, keys):
    token = begun(Look(keys))
    assert looked(token, minutes=29, seen=28).keys == keys
    assert looked(token, minutes=31, seen=30) is None


def test_a_look_ends_after_fifteen_idle_minutes(begun, looked, keys):
    token = begun(Look(keys))
    assert looked(token, minutes=14)
    assert looked(token, minutes=15) is None
    assert timedelta(minutes=15) == IDLE
    assert timedelta(minutes=30) == WHOLE


def test_only_its_token_continues_a_look(begun, looked, keys):
    begun(Look(keys))
    assert looked(Token.draw()) is None
    assert looked(None) is None


def test_a_look_that_was_ended_is_gone(house, begun, looked, keys):
    token = begun(Look(keys))
    with house.database.writing() as session:
        tracking.end(session, token)
    assert looked(token) is None


def test_a_damaged_look_is_none(house, begun, looked, keys):
    token = begun(Look(keys))
    with house.database.writing() as session:
        session.get(TrackingSession, token.row_id("tracking")).sealed = bytes(90)
    assert looked(token) is None


def test_looks_of_all_codes_have_one_size(house, begun, code, keys):
    filled = parse(code.digits[:7] + "*" + code.digits[8:])
    begun(Look.through(parse(code.digits), keys))
    begun(Look.through(filled, keys))
    assert len({len(row.sealed) for row in rows(house, TrackingSession)}) == 1


def test_the_digit_that_was_filled_in_is_told_by_its_group(code, keys):
    look = Look.through(parse(code.digits[:7] + "*" + code.digits[8:]), keys)
    assert (look.filled_group, look.filled_digits) == (2, code.groups[1])


def test_looks_are_purged_when_their_half_hour_is_over(house, begun, keys, now):
    begun(Look(keys))
    for minutes, gone in ((29, 0), (32, 1)):
        with house.database.writing() as session:
            assert tracking.purge_expired(session, now + timedelta(minutes=minutes)) == gone


def test_past_their_number_the_looks_that_began_first_end(house, begun, keys, now):
    first = begun(Look(keys))
    with house.database.writing() as session:
        rest = [tracking.begin(session, Look(keys), now + timedelta(minutes=1)) for _ in range(2)]
    for most, gone in ((3, 0), (2, 1), (2, 0)):
        with house.database.writing() as session:
            assert tracking.drop_oldest(session, most=most) == gone
    left = {row.id for row in rows(house, TrackingSession)}
    assert left == {token.row_id("tracking") for token in rest}
    assert first.row_id("tracking") not in left


def test_a_case_of_the_older_generation_is_found(case, shown, keys):
    page = shown(Look(keys))
    assert (page.reference, page.state, page.received_on) == ("40518273", "received", TODAY)
    assert [step.state for step in page.steps] == ["received"]
    assert [(sent.kind, sent.on) for sent in page.sent] == [("report", TODAY)]
    assert not page.asks


def test_another_code_finds_nothing(case, shown, house):
    other = derive_all(house.tracking_slots, draw(), house.peppers)
    assert shown(Look(other)) is None


def test_replies_are_opened_newest_first_and_a_damaged_one_says_so(house, case, keys, shown):
    later = TODAY + timedelta(days=1)
    with house.database.writing() as session:
        for number, on, text in (
            (1, TODAY, "一"),
            (2, TODAY, "二"),
            (10, TODAY, "十"),
            (3, later, ""),
        ):
            sealed = seal_words(Words(text, on), [keys[1].reply_recipient]) if text else b"torn"
            name = house.items.put_for(session, sealed)
            part = f"reply-{number}"
            session.add(Reply(case_id=case.id, part=part, purpose="answer", on=on, file=name))
    assert [reply.text for reply in shown(Look(keys)).replies] == [None, "十", "二", "一"]


def test_a_reply_whose_file_is_gone_says_so(house, case, keys, shown):
    with house.database.writing() as session:
        session.add(Reply(case_id=case.id, part="reply-1", purpose="answer", on=TODAY, file="gone"))
    assert shown(Look(keys)).replies[0].text is None
