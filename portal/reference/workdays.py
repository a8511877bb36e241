"""Chinese working days: weekends and public holidays rest, days made up for them (调休) work.

The State Council announces a year's holidays late in the year before. For a year that is not
announced yet, weekdays count as working days, minus the statutory days whose date in the
calendar is fixed: 1 January, 1 and 2 May, 1 to 3 October (全国年节及纪念日放假办法, 2024
revision, State Council Order 795). Spring Festival, Tomb Sweeping, Dragon Boat and Mid-Autumn
days follow the lunar calendar or a solar term and are not taken off; such dates are marked
provisional and may move when the year is announced.

What the desk's own table says of a day goes before all of this: a period is counted with a
`Calendar`, which the desk loads from that table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

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


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the days a table knows, and by the rules above every other one."""

    known: Mapping[date, WorkingDay] = field(default_factory=dict)

    def on(self, day: date) -> WorkingDay:
        """Tell whether a day is worked."""
        return self.known.get(day) or is_working_day(day)

    def with_days(self, days: Iterable[WorkingDay]) -> "Calendar":
        """Return the calendar after these days were decided anew."""
        return Calendar({**self.known, **{one.day: one for one in days}})


def is_working_day(day: date) -> WorkingDay:
    """Tell whether a day is a working day in China."""
    if day.year in ANNOUNCED_YEARS:
        return WorkingDay(day, chinese_calendar.is_workday(day), provisional=False)
    rests = day.weekday() >= SATURDAY or (day.month, day.day) in FIXED_STATUTORY_DAYS
    return WorkingDay(day, not rests, provisional=True)


def add_working_days(day: date, n: int, calendar: Calendar) -> DueDate:
    """Return the day that is `n` working days after `day`; `day` itself is not counted.

    :raises ValueError: when `n` is negative.
    """
    if n < 0:
        raise ValueError("a period cannot end before it starts")
    end, left, provisional = day, n, False
    while left:
        end += timedelta(days=1)
        one = calendar.on(end)
        left -= one.works
        provisional = provisional or one.provisional
    return DueDate(end, provisional)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after `start`, up to and with `end`; 0 when it is not later."""
    days = (start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1))
    return sum(calendar.on(day).works for day in days)
