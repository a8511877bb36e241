"""Ground of the desk's tables."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from portal.database import metadata


class Base(DeclarativeBase):
    """Base of every table in the desk's database."""

    metadata = metadata()


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; stored without a zone, because SQLite keeps none."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy's signature
        """Turn an aware instant into UTC without a zone.

        :raises ValueError: for a naive one, whose zone nobody knows.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 — SQLAlchemy's signature
        """Give the instant back as aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)
