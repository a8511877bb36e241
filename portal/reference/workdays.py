"""Chinese working days: weekends and public holidays rest, days made up for them (调休) work.

The State Council announces a year's holidays late in the year before. For a year that is not
announced yet, weekdays count as working days, minus the statutory days whose date in the
calendar is fixed: 1 January, 1 and 2 May, 1 to 3 October (全国年节及纪念日放假办法, 2024
revision, State Council Order 795). Spring Festival, Tomb Sweeping, Dragon Boat and Mid-Autumn
days follow the lunar calendar or a solar term and are not taken off; such dates are marked
provisional and may move when the year is announced.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

import chinese_calendar

ANNOUNCED_YEARS = frozenset(day.year for day in chinese_calendar.holidays)
FIXED_STATUTORY_DAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
SATURDAY = 5


@dataclass(frozen=True)
class WorkingDay:
    """Whether a day is worked; `provisional` when its year is not announced yet."""

    day: date
    works: bool
    provisional: bool


@dataclass(frozen=True)
class DueDate:
    """The end of a period; `provisional` when a day not announced yet was counted."""

    day: date
    provisional: bool


def is_working_day(day: date) -> WorkingDay:
    """Tell whether a day is a working day in China."""
    if day.year in ANNOUNCED_YEARS:
        return WorkingDay(day, chinese_calendar.is_workday(day), provisional=False)
    rests = day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_STATUTORY_DAYS
    return WorkingDay(day, not rests, provisional=True)


def add_working_days(day: date, n: int) -> DueDate:
    """Return the day that is `n` working days after `day`; `day` itself is not counted.

    :raises ValueError: when `n` is negative.
    """
    if n < 0:
        raise ValueError("a period cannot end before it starts")
    passed = list(islice(_working_days_after(day), n))
    if not passed:
        return DueDate(day, provisional=False)
    return DueDate(passed[-1].day, provisional=passed[-1].provisional)


def _working_days_after(day: date) -> Iterator[WorkingDay]:
    following = (is_working_day(day + timedelta(days=ahead)) for ahead in count(1))
    return (one for one in following if one.works)
