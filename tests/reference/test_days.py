"""Days and periods as people in the county say them."""

from datetime import UTC, date, datetime

import pytest

from portal.reference.days import local_day, spoken_day, spoken_period, utcnow


def test_the_day_changes_at_midnight_in_the_county():
    assert local_day(datetime(2026, 11, 19, 15, 59, tzinfo=UTC)) == date(2026, 11, 19)
    assert local_day(datetime(2026, 11, 19, 16, 0, tzinfo=UTC)) == date(2026, 11, 20)


def test_a_day_is_written_without_zeros():
    assert spoken_day(date(2026, 3, 4)) == "2026年3月4日"


@pytest.mark.parametrize(
    ("days", "said"),
    [(730, "两年"), (365, "一年"), (3650, "十年"), (4015, "4015天"), (90, "90天"), (0, "0天")],
)
def test_a_period_is_said_in_years_when_it_is_whole(days, said):
    assert spoken_period(days) == said


def test_now_is_aware():
    assert utcnow().tzinfo is UTC
