"""The working-day calendar, day by day."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class CalendarDay(Base):
    """Whether a day is worked, and who says so; `provisional` until its year is announced."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    works: Mapped[bool]
    source: Mapped[str] = mapped_column(String(100))
    provisional: Mapped[bool] = mapped_column(default=False)
