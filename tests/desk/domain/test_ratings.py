"""Ratings as they come from the public side: judged by the code, kept sealed, counted once."""

import pytest
from sqlalchemy import select

from portal.desk.domain import ratings
from portal.desk.domain.files import files_named
from portal.desk.models.ratings import CaseRating
from portal.desk.models.replies import CaseWords
from portal.exchange.kinds import Reply
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.sealing import unseal
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from tests.desk.arrivals import FILED_ON, LATER_ON, Reporter, deliver
from tests.desk.casework import Office

STATISTICS = Identity.generate()
GOOD, BAD = Rating(speed=5), Rating(speed=1, comment="太慢")


@pytest.fixture
def closed(office: Office) -> Reporter:
    return office.case_in("closed")


def rate(office: Office, reporter: Reporter, given: Rating, **how) -> Message:
    arriving = reporter.rating(given, STATISTICS.recipient, **how)
    deliver(office.house, arriving)
    return arriving


def counted(office: Office) -> list[Rating]:
    """What the statistics key opens of everything that is kept."""
    with office.house.database.reading() as session:
        files = session.scalars(select(CaseRating.file).where(CaseRating.file.is_not(None)))
        return [unseal.open_rating(office.house.items.get(str(one)), [STATISTICS]) for one in files]


def rated(office: Office, reporter: Reporter) -> bool:
    with office.house.database.reading() as session:
        return ratings.is_rated(session, reporter.case)


def test_a_genuine_rating_is_kept_as_it_came(office: Office, closed: Reporter) -> None:
    before, revision = office.outgoing_files(), office.case(closed).revision
    assert not rated(office, closed)
    rate(office, closed, GOOD)
    assert rated(office, closed)
    assert counted(office) == [GOOD]
    # The citizen's page knows already, and nobody at work on the case is told more than that.
    assert (office.outgoing_files(), office.case(closed).revision) == (before, revision)


def test_the_newest_rating_takes_the_place_of_the_one_before(
    office: Office, closed: Reporter
) -> None:
    rate(office, closed, GOOD)
    files = office.house.items.names()
    rate(office, closed, BAD)
    assert counted(office) == [BAD]
    assert len(office.house.items.names()) == len(files)
    with office.house.database.reading() as session:
        assert files_named(session) | office.outgoing_files() == office.house.items.names()


def test_an_older_rating_said_again_does_not_come_back(office: Office, closed: Reporter) -> None:
    old = rate(office, closed, GOOD)
    rate(office, closed, BAD)
    deliver(office.house, Message("f" * 32, "rating", "public", old.day, old.data, old.parts))
    assert counted(office) == [BAD]


def test_a_rating_of_an_earlier_day_that_was_held_back_changes_nothing(
    office: Office, closed: Reporter
) -> None:
    held_back = closed.rating(GOOD, STATISTICS.recipient, on=FILED_ON)
    rate(office, closed, BAD, on=LATER_ON)
    deliver(office.house, held_back)
    assert counted(office) == [BAD]


def test_ratings_of_two_cases_stand_beside_each_other(office: Office) -> None:
    for reference, given in (("10000001", GOOD), ("10000002", BAD)):
        rate(office, office.case_in("closed", reference), given)
    assert {one.speed for one in counted(office)} == {5, 1}


def test_a_rating_that_another_code_signed_is_put_aside(office: Office, closed: Reporter) -> None:
    with pytest.raises(Park, match="not signed by the code"):
        rate(office, closed, BAD, signed_by=Reporter.draw())
    assert counted(office) == []


def test_a_rating_waits_for_its_report_and_for_its_opening(office: Office) -> None:
    reporter = Reporter.draw()
    with pytest.raises(Wait, match="unknown case"):
        rate(office, reporter, GOOD)
    reporter = office.arrive("10000003")
    with pytest.raises(Wait, match="not opened"):
        rate(office, reporter, GOOD)
    office.open(reporter)
    rate(office, reporter, GOOD)
    assert counted(office) == [GOOD]


def test_an_answer_does_not_pass_for_a_rating_nor_a_rating_for_an_answer(
    office: Office, closed: Reporter
) -> None:
    rating = closed.rating(GOOD, STATISTICS.recipient)
    deliver(
        office.house,
        Message("e" * 32, Reply.KIND, "public", rating.day, rating.data, rating.parts),
    )
    answer = closed.answer("前年", STATISTICS.recipient)
    with pytest.raises(Park, match="something else"):
        deliver(
            office.house,
            Message("d" * 32, "rating", "public", answer.day, answer.data, answer.parts),
        )
    with office.house.database.reading() as session:
        assert [words.genuine for words in session.scalars(select(CaseWords))] == [False]
    assert counted(office) == []
