"""What the public site keeps of a report: dates, states, and names of sealed replies."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.public.models.base import NO_ROWID, Base


class Case(Base):
    """One filed report; `id` is random, `lookup_hash` is found by the citizen's code alone.

    `progress` is the data of the newest progress message, or None before the first; `state` and
    `state_on` repeat its last step. `revision` is 0 before the first.

    `claimed_slip` is False while the code is that of a claim slip, the case's `slip_number`th,
    and None for what was filed here.
    """

    __tablename__ = "cases"
    __table_args__ = NO_ROWID

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    lookup_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pepper_id: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    received_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(24), index=True)
    state_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=0)
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    claimed_slip: Mapped[bool | None]
    slip_number: Mapped[int] = mapped_column(default=0, server_default="0")

    @property
    def is_unclaimed(self) -> bool:
        """Whether only a slip's code opens it, which shows the progress and nothing else."""
        return self.claimed_slip is False


class Reply(Base):
    """A reply of the desk: a file sealed to the reporter's reply key."""

    __tablename__ = "replies"
    __table_args__ = NO_ROWID

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(32))
    on: Mapped[date]
    file: Mapped[str] = mapped_column(String(64))


class Submission(Base):
    """That the citizen sent something on a day; the site cannot open what it was.

    `id` is computed from a number in the form, so that the same form counts once. `revision` is
    that of the case when it was sent.
    """

    __tablename__ = "submissions"
    __table_args__ = NO_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    revision: Mapped[int]
