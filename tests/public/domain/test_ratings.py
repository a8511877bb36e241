import pytest
from sqlalchemy import select

from portal.public.domain import ratings
from portal.public.domain.answers import draw_once
from portal.public.domain.derivation import derive_all
from portal.public.domain.ratings import NotEnded, TooManyRatings
from portal.public.domain.tracking import MOST_RATINGS
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.reference.vocabulary import vocabulary
from portal.sealing.ratings import Rating
from portal.sealing.tracking_code import draw
from tests.public.stories import outgoing, rows

CASE = "c" * 32


@pytest.fixture
def sealed(house, keyring, now):
    keys = derive_all(house.tracking_slots, draw(), house.peppers)[0]
    return ratings.seal(Rating(timely=5), CASE, keys, keyring.manifest(now), now)


@pytest.fixture
def a_case(house, now):
    """A case that stands in a state."""

    def a_case(state):
        today = local_day(now)
        with house.database.writing() as session:
            session.add(
                Case(
                    id=CASE,
                    lookup_hash="h",
                    pepper_id="p",
                    reference="83172054",
                    received_on=today,
                    state=state,
                    state_on=today,
                )
            )

    return a_case


def test_a_case_that_went_away_meanwhile_is_not_rated(house, sealed, now):
    with pytest.raises(NotEnded), house.database.writing() as session:
        ratings.send(session, house.outbox, sealed, draw_once(), now)
    assert outgoing(house) == []


@pytest.mark.parametrize("state", [one.code for one in vocabulary().public_states])
def test_a_case_is_rated_when_it_has_ended_here(house, a_case, sealed, now, state):
    a_case(state)
    try:
        with house.database.writing() as session:
            ratings.send(session, house.outbox, sealed, draw_once(), now)
    except NotEnded:
        assert state not in {"closed", "transferred", "out_of_scope"}
        assert outgoing(house) == []
    else:
        assert state in {"closed", "transferred", "out_of_scope"}
        (message,) = outgoing(house)
        assert (message.kind, message.case) == ("rating", CASE)


def test_the_same_form_counts_once_and_another_one_again(house, a_case, sealed, now):
    a_case("closed")
    for once in ("first", "first", "second"):
        with house.database.writing() as session:
            ratings.send(session, house.outbox, sealed, once, now)
    assert len(outgoing(house)) == 2
    assert [(row.kind, row.on) for row in rows(house, Submission)] == [("rate", local_day(now))] * 2
    with house.database.reading() as session:
        assert session.scalar(select(Submission.case_id).distinct()) == CASE


def test_one_code_cannot_fill_both_sides_with_ratings(house, a_case, sealed, now):
    a_case("closed")
    for number in range(MOST_RATINGS):
        with house.database.writing() as session:
            ratings.send(session, house.outbox, sealed, f"form {number}", now)
    with pytest.raises(TooManyRatings), house.database.writing() as session:
        ratings.send(session, house.outbox, sealed, "one more", now)
    with house.database.writing() as session:
        ratings.send(session, house.outbox, sealed, "form 0", now)
    assert len(outgoing(house)) == len(rows(house, Submission)) == MOST_RATINGS
