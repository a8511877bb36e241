"""Deciding days of the calendar: what that moves, first as a plan, then in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.desk.domain import calendar, clocks, reminders
from portal.desk.domain.acts import Desk
from portal.desk.domain.calendar import Decided
from portal.desk.domain.clocks import Move
from portal.reference.days import local_day


@dataclass(frozen=True)
class Plan:
    """What decided days would change: open dates, and days that are worked or not.

    `days` are those of them that turn; `moves` are ordered by reference.
    """

    days: tuple[Decided, ...]
    moves: tuple[Move, ...]

    @property
    def later(self) -> int:
        """How many dates come later."""
        return sum(1 for one in self.moves if one.after.day > one.before.day)

    @property
    def earlier(self) -> int:
        """How many dates come earlier."""
        return sum(1 for one in self.moves if one.after.day < one.before.day)

    @property
    def certain(self) -> int:
        """How many dates stay, and are no longer provisional."""
        return sum(1 for one in self.moves if not one.changes_the_day)


def plan(session: Session, decided: Sequence[Decided]) -> Plan:
    """Return what these days would change, without changing it."""
    before = calendar.load(session)
    turned = tuple(one for one in decided if before.on(one.day).works != one.works)
    return Plan(turned, tuple(clocks.moves(session, before, calendar.after(before, decided))))


def carry_out(
    session: Session, desk: Desk, decided: Sequence[Decided], *, by: str, now: datetime
) -> int:
    """Put the days in force, move every open date, and tell the citizens whose date moved.

    :return: how many citizens are told
    """
    before = calendar.load(session)
    calendar.decide(session, decided, by=by, now=now)
    moved = clocks.recount(session, before, calendar.load(session))
    return reminders.tell(session, desk.items, desk.outbox, moved, local_day(now))
