"""What the analyst's page counts, from sealed ratings and from cases in both databases."""

from datetime import date
from random import Random

import pytest

from portal.desk.domain import cases, statistics
from portal.desk.domain.figures import Hidden, Quarter
from portal.desk.domain.statistics import Count, Invited, Overview
from portal.desk.house import DeskHouse
from portal.desk.models.ratings import CaseRating
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from tests.desk.satisfied import TEN, Analysts, hire_analysts

TODAY = date(2026, 11, 20)
AUGUST = date(2026, 8, 3)


@pytest.fixture
def analysts(house: DeskHouse) -> Analysts:
    return hire_analysts(house)


def seen(analysts: Analysts, today: date = TODAY) -> Overview:
    with analysts.house.database.reading() as session:
        return statistics.overview(
            session, analysts.house.items, [analysts.key], today=today, shuffle=Random(3)
        )


def test_ratings_are_opened_and_counted_by_their_quarter(analysts: Analysts) -> None:
    analysts.ended(TEN, AUGUST)
    (line,) = seen(analysts).periods
    assert (line.period.first, line.period.last) == (Quarter(2026, 3), Quarter(2026, 3))
    assert sorted(map(str, line.period.ratings)) == sorted(map(str, TEN))
    assert line.invited == Invited(10, 10)
    assert seen(analysts).unopened == 0


def test_participation_counts_cases_that_ended_and_were_not_rated(analysts: Analysts) -> None:
    analysts.ended(TEN, AUGUST)
    analysts.ended([None] * 15, AUGUST, first=11)
    analysts.ended([None] * 5, AUGUST, first=26, state="in_progress")
    analysts.ended([None] * 5, date(2026, 6, 30), first=31)
    (line,) = seen(analysts).periods
    assert line.invited == Invited(25, 10)
    assert line.invited.participation == 0.4


def test_letters_count_once_their_slip_was_exchanged(analysts: Analysts) -> None:
    analysts.ended(TEN[:9], AUGUST)
    analysts.ended(TEN[9:], AUGUST, first=11, claimed_slip=False)
    assert seen(analysts).periods == ()
    analysts.ended(TEN[9:], AUGUST, first=21, claimed_slip=True)
    (line,) = seen(analysts).periods
    assert line.invited == Invited(10, 10)
    assert len(line.period.ratings) == 10


def test_ratings_of_the_present_quarter_are_not_counted_yet(analysts: Analysts) -> None:
    analysts.ended(TEN, date(2026, 10, 9))
    assert seen(analysts).periods == ()
    assert len(seen(analysts, today=date(2027, 1, 1)).periods) == 1


def test_a_rating_that_was_replaced_counts_no_more(analysts: Analysts) -> None:
    analysts.ended(TEN, AUGUST)
    with analysts.house.database.writing() as session:
        row = session.query(CaseRating).first()
        assert row is not None
        row.file = None
    assert seen(analysts).periods == ()


def test_a_rating_for_another_key_or_without_its_file_is_told(analysts: Analysts) -> None:
    analysts.ended([*TEN[:5], Rating(site=5)], AUGUST)
    analysts.ended(TEN[5:], AUGUST, first=7, key=Identity.generate())
    with analysts.house.database.writing() as session:
        row = session.query(CaseRating).where(CaseRating.case_id == f"{1:032x}").one()
        analysts.house.items.discard_after_commit(session, row.file or "")
    assert seen(analysts).unopened == 6


def test_comments_are_few_and_wait(analysts: Analysts) -> None:
    analysts.ended(TEN, AUGUST)
    assert seen(analysts).comments == ()
    analysts.ended([Rating(comment="谢谢")] * 5, AUGUST, first=11)
    ((_period, listed),) = seen(analysts).comments
    assert sorted(listed) == sorted(
        ["等得久了点", "\u202e没有人来过", "\u202e没有人来过", "=1+1"] + ["谢谢"] * 5
    )


def test_reports_are_counted_by_month_state_and_category(analysts: Analysts) -> None:
    analysts.ended([None] * 7, date(2026, 7, 1))
    analysts.ended([None] * 6, date(2026, 9, 30), first=8, category="land", state="accepted")
    analysts.ended([None] * 2, date(2026, 10, 31), first=14, category="bribe")
    analysts.ended([None] * 9, date(2026, 11, 1), first=16)
    found = seen(analysts)
    assert found.months == (
        Count("2026-07", 7),
        Count("2026-08", 0),
        Count("2026-09", Hidden.WITHHELD),
        Count("2026-10", Hidden.FEW),
    )
    states = {count.code: count.reports for count in found.states}
    assert (states["closed"], states["accepted"], states["received"]) == (9, 6, 0)
    categories = {count.code: count.reports for count in found.categories}
    assert (categories["village"], categories["land"], categories["bribe"]) == (
        7,
        Hidden.WITHHELD,
        Hidden.FEW,
    )


def test_what_nobody_opened_and_what_nobody_knows_are_kinds_of_their_own(
    analysts: Analysts,
) -> None:
    analysts.ended([None] * 5, AUGUST, category=None)
    analysts.ended([None] * 6, AUGUST, first=6)
    with analysts.house.database.writing() as session:
        for number in range(6, 12):
            cases.get(session, str(10_000_000 + number)).registered_on = None
    categories = {count.code: count.reports for count in seen(analysts).categories}
    assert (categories["unknown"], categories["unregistered"]) == (5, 6)


def test_what_only_the_superior_opens_is_counted_nowhere(analysts: Analysts) -> None:
    before = seen(analysts)
    analysts.ended([None] * 20, AUGUST, state="sealed_for_superior")
    assert seen(analysts) == before


def test_a_desk_without_reports_has_no_figures(analysts: Analysts) -> None:
    found = seen(analysts)
    assert (found.periods, found.comments, found.months, found.unopened) == ((), (), (), 0)
    assert {count.reports for count in found.states} == {0}
