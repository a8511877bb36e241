"""Days as people in the county count them; instants stay aware UTC everywhere else."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAYS_A_YEAR = 365
YEARS = "一两三四五六七八九十"
COUNTY_ZONE = ZoneInfo("Asia/Shanghai")


def utcnow() -> datetime:
    """Return the present instant, aware UTC; routes and commands pass it down as `now`."""
    return datetime.now(UTC)


def local_day(instant: datetime) -> date:
    """Return the day on which an aware instant falls in Asia/Shanghai."""
    return instant.astimezone(COUNTY_ZONE).date()


def spoken_day(day: date) -> str:
    """Return a day as a citizen reads it: 2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_period(days: int) -> str:
    """Return a length of time as people say it: one to ten whole years as 两年, else days."""
    years, rest = divmod(days, DAYS_A_YEAR)
    return f"{YEARS[years - 1]}年" if not rest and 1 <= years <= len(YEARS) else f"{days}天"
