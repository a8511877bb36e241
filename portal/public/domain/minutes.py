"""Ends of drafts and sessions, kept in whole minutes: no row tells a second."""

from datetime import UTC, datetime, timedelta

MINUTE_SECONDS = 60


def minute_of(instant: datetime) -> int:
    """Return an aware instant as whole minutes since 1970, rounded up."""
    return -int(-instant.timestamp() // MINUTE_SECONDS)


def instant_of(minute: int) -> datetime:
    """Return the instant, aware UTC, at which a minute since 1970 begins."""
    return datetime.fromtimestamp(0, UTC) + timedelta(minutes=minute)


def is_over(minute: int, now: datetime) -> bool:
    """Tell whether the end, in minutes since 1970, has come."""
    return minute <= newest_over(now)


def newest_over(now: datetime) -> int:
    """Return the newest minute since 1970 whose beginning has come."""
    return int(now.timestamp() // MINUTE_SECONDS)
