"""What the public side says it shows, held against what was released."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.desk.models.notices import NoticeAlarm, NoticeRelease
from portal.exchange.kinds import Live, LiveNotice
from portal.exchange.messages import Message
from portal.exchange.tables import Outgoing
from portal.reference.days import local_day

RELEASED, SENT, SHOWN = "released", "sent", "shown"
FOREIGN, OLDER, MISSING = "foreign", "older", "missing"


@dataclass(frozen=True)
class Standing:
    """How far a release came: `released`, `sent` (the other side has it) or `shown`."""

    code: str
    row: NoticeRelease


def receive(session: Session, message: Message, _now: datetime) -> None:
    """Note what is shown, and raise an alarm for every notice that differs.

    What was released on the day of the list may have come too late for it. A list speaks for the
    ids between its ends alone.
    """
    told = Live.read(message.data)
    shown = {one.notice: one for one in told.notices}
    session.execute(delete(NoticeAlarm).where(NoticeAlarm.notice_id.between(told.first, told.last)))
    asked = select(NoticeRelease).where(NoticeRelease.notice_id.between(told.first, told.last))
    rows = session.scalars(asked.order_by(NoticeRelease.number)).all()
    released: dict[str, list[NoticeRelease]] = {}
    for row in rows:
        released.setdefault(row.notice_id, []).append(row)
    for notice_id in {*released, *shown}:
        what = _difference(released.get(notice_id, []), shown.get(notice_id), message.day)
        if what is not None:
            session.add(NoticeAlarm(notice_id=notice_id, what=what, on=message.day))
    session.flush()


def standing(session: Session, notice_id: str) -> list[Standing]:
    """Return the releases of a notice, newest first, with how far each came."""
    query = select(NoticeRelease).where(NoticeRelease.notice_id == notice_id)
    rows = session.scalars(query.order_by(NoticeRelease.number.desc())).all()
    waiting = select(Outgoing.id).where(Outgoing.acknowledged.is_(False), Outgoing.kept.is_(False))
    ids = [row.message_id for row in rows]
    unsent = set(session.scalars(waiting.where(Outgoing.id.in_(ids))))
    return [Standing(_code(row, unsent), row) for row in rows]


def alarms(session: Session) -> list[NoticeAlarm]:
    """Return the notices of which something else is shown than was released."""
    return list(session.scalars(select(NoticeAlarm).order_by(NoticeAlarm.notice_id)))


def _code(row: NoticeRelease, unsent: set[str]) -> str:
    if row.shown_on is not None:
        return SHOWN
    return RELEASED if row.message_id in unsent else SENT


def _difference(released: list[NoticeRelease], shown: LiveNotice | None, on: date) -> str | None:
    due = [row for row in released if _is_due(row, on)]
    if shown is None:
        return MISSING if due else None
    row = next((one for one in released if one.number == shown.version), None)
    if row is None or row.digest != shown.digest:
        return FOREIGN
    if row.shown_on is None:
        row.shown_on = on
    return OLDER if due and due[-1].number > row.number else None


def _is_due(row: NoticeRelease, on: date) -> bool:
    return local_day(max(row.at, row.not_before or row.at)) < on
