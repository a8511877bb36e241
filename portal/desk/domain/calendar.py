"""The desk's working-day calendar: a table that packaged data seeds and staff decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.calendar import CalendarDay
from portal.reference.workdays import (
    ANNOUNCED_YEARS,
    FIXED_STATUTORY_DAYS,
    SATURDAY,
    Calendar,
    WorkingDay,
    is_working_day,
)

FIRST_YEAR = 2024
ANNOUNCED = "随程序附带的放假安排"
BY_RULE = "没有公布，按周几推算"
BY_WEEKDAY = "名单里没有写，按周几算"


@dataclass(frozen=True)
class Decided:
    """A day as staff decided it, and where that is written."""

    day: date
    works: bool
    source: str


class StatutoryDayWorks(Exception):
    """A list makes people work on a day whose rest the law fixes; `day` is the first such."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


def load(session: Session) -> Calendar:
    """Return the calendar as it is in force."""
    rows = session.execute(select(CalendarDay.day, CalendarDay.works, CalendarDay.provisional))
    return Calendar({day: WorkingDay(day, works, provisional) for day, works, provisional in rows})


def seed(session: Session, today: date) -> bool:
    """Fill in the years up to the next one; what was decided or announced already stays.

    :return: whether a year is announced now that was not before
    """
    announced = False
    for year in range(FIRST_YEAR, today.year + 2):
        kept = days_of(session, year)
        if kept and not (year in ANNOUNCED_YEARS and all(one.provisional for one in kept)):
            continue
        store(session, [_packaged(day) for day in every_day(year)])
        announced = announced or year in ANNOUNCED_YEARS
    return announced


def whole_year(decided: Sequence[Decided]) -> list[Decided]:
    """Fill up a year of which the days that differ from an ordinary week are decided.

    :raises StatutoryDayWorks: when the list seems to lack some.
    """
    told = {one.day: one for one in decided}
    year = min(told).year
    for month, number in sorted(FIXED_STATUTORY_DAYS):
        day = date(year, month, number)
        if told.get(day, _by_weekday(day)).works:
            raise StatutoryDayWorks(day)
    return [told.get(day, _by_weekday(day)) for day in every_day(year)]


def decide(session: Session, days: Sequence[Decided], *, by: str, now: datetime) -> None:
    """Put decided days in force; they are not provisional any more."""
    store(session, [CalendarDay(**vars(one), provisional=False) for one in days])
    first, last = days[0].day, days[-1].day
    target = f"{first}" if first == last else f"{first.year}"
    audit.record(session, person_id=by, act="calendar-changed", target=target, now=now)


def store(session: Session, days: Sequence[CalendarDay]) -> None:
    """Replace the rows of these days."""
    session.execute(delete(CalendarDay).where(CalendarDay.day.in_([one.day for one in days])))
    columns = ("day", "works", "source", "provisional")
    rows = [{name: getattr(one, name) for name in columns} for one in days]
    session.execute(insert(CalendarDay), rows)


def days_of(session: Session, year: int) -> list[CalendarDay]:
    """Return what the table holds of a year, in order."""
    within = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return list(session.scalars(select(CalendarDay).where(within).order_by(CalendarDay.day)))


def day_of(session: Session, day: date) -> CalendarDay | None:
    """Return a day of the table; None when it does not reach so far."""
    return session.get(CalendarDay, day)


def years(session: Session) -> list[int]:
    """Return the years that the table holds."""
    first = date(FIRST_YEAR, 1, 1)
    last = session.scalar(select(func.max(CalendarDay.day))) or first
    return list(range(FIRST_YEAR, last.year + 1))


def every_day(year: int) -> list[date]:
    """Return all days of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def after(calendar: Calendar, decided: Sequence[Decided]) -> Calendar:
    """Return the calendar as it would be with these decisions."""
    return calendar.with_days(WorkingDay(one.day, one.works, provisional=False) for one in decided)


def _packaged(day: date) -> CalendarDay:
    one = is_working_day(day)
    source = BY_RULE if one.provisional else ANNOUNCED
    return CalendarDay(day=day, works=one.works, source=source, provisional=one.provisional)


def _by_weekday(day: date) -> Decided:
    return Decided(day, day.weekday() < SATURDAY, BY_WEEKDAY)
