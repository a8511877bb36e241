"""Working days in China: announced years by the table, later ones by the weekday and a mark."""

from datetime import date

import pytest

from portal.reference.workdays import (
    ANNOUNCED_YEARS,
    Calendar,
    DueDate,
    WorkingDay,
    add_working_days,
    is_working_day,
)

PACKAGED = Calendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 11, 20), True, id="a Friday"),
        pytest.param(date(2026, 11, 21), False, id="a Saturday"),
        pytest.param(date(2026, 10, 1), False, id="National Day, a Thursday"),
        pytest.param(date(2026, 10, 10), True, id="a Saturday made up for it"),
        pytest.param(date(2026, 2, 17), False, id="the first day of the lunar year"),
        pytest.param(date(2024, 2, 4), True, id="a Sunday made up for the Spring Festival"),
        pytest.param(date(2024, 2, 12), False, id="a Monday of the Spring Festival"),
        pytest.param(date(2025, 10, 11), True, id="a Saturday made up for National Day"),
    ],
)
def test_an_announced_year_goes_by_its_table(day: date, *, works: bool) -> None:
    assert is_working_day(day) == WorkingDay(day, works, provisional=False)


NEXT = max(ANNOUNCED_YEARS) + 1


@pytest.mark.parametrize(("month", "day"), [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
def test_fixed_statutory_days_rest_in_a_year_to_come(month: int, day: int) -> None:
    assert not is_working_day(date(NEXT, month, day)).works


def test_a_year_to_come_goes_by_the_weekday_and_says_so() -> None:
    week = [date(2035, 6, 4 + n) for n in range(7)]
    assert [is_working_day(day).works for day in week] == [True] * 5 + [False] * 2
    assert all(is_working_day(day).provisional for day in week)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        pytest.param(date(2026, 11, 9), 5, date(2026, 11, 16), id="over one weekend"),
        pytest.param(date(2026, 11, 20), 1, date(2026, 11, 23), id="from a Friday"),
        pytest.param(date(2026, 11, 21), 1, date(2026, 11, 23), id="from a Saturday"),
        pytest.param(date(2026, 9, 30), 1, date(2026, 10, 8), id="over the long holiday"),
        pytest.param(date(2026, 10, 9), 1, date(2026, 10, 10), id="to a Saturday made up"),
        pytest.param(date(2026, 11, 21), 0, date(2026, 11, 21), id="no days at all"),
    ],
)
def test_a_period_ends_on_a_working_day_after_its_first_day(start: date, n: int, due: date) -> None:
    assert add_working_days(start, n, PACKAGED) == DueDate(due, provisional=False)


def test_a_period_that_reaches_into_a_year_to_come_is_provisional() -> None:
    last = date(max(ANNOUNCED_YEARS), 12, 31)
    assert add_working_days(last, 1, PACKAGED).day.year == NEXT
    assert add_working_days(last, 1, PACKAGED).provisional
    assert not add_working_days(date(last.year, 12, 1), 3, PACKAGED).provisional


def test_the_december_that_broke_a_naive_deadline_gives_a_day() -> None:
    assert add_working_days(date(2026, 12, 11), 15, PACKAGED) == DueDate(
        date(2027, 1, 4), provisional=True
    )


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        add_working_days(date(2026, 11, 20), -1, PACKAGED)
