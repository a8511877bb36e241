"""The work list: what waits for whom, each state a list of its own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import people
from portal.desk.domain.notices.drafting import Drafts, State
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.notices import Notice, NoticeVersion

# What waits for somebody stands first.
ORDER = (State.SUBMITTED, State.RETURNED, State.DRAFT, State.RELEASED, State.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """One notice; `title` is None when it does not open. `mine` says who may not release it."""

    id: str
    number: str | None
    title: str | None
    version: int
    at: datetime
    who: str
    mine: bool
    review_on: date | None


def lists(session: Session, drafts: Drafts, person_id: str) -> dict[State, list[Line]]:
    """Return the notices of each state that has any, the newest change first."""
    names = people.names(session)
    found: dict[State, list[Line]] = {state: [] for state in ORDER}
    newest = (
        select(Notice, NoticeVersion)
        .join(
            NoticeVersion,
            (NoticeVersion.notice_id == Notice.id) & (NoticeVersion.number == Notice.version),
        )
        .order_by(NoticeVersion.at.desc(), Notice.id)
    )
    own = set(
        session.scalars(select(NoticeVersion.notice_id).where(NoticeVersion.person_id == person_id))
    )
    for notice, version in session.execute(newest):
        line = Line(
            id=notice.id,
            number=notice.number,
            title=_title(session, drafts, notice),
            version=notice.version,
            at=version.at,
            who=names[version.person_id],
            mine=notice.id in own,
            review_on=notice.review_on,
        )
        found[State(notice.state)].append(line)
    return {state: lines for state, lines in found.items() if lines}


def _title(session: Session, drafts: Drafts, notice: Notice) -> str | None:
    try:
        return drafts.newest(session, notice).draft.title
    except (KeyNotHeld, CannotOpen):
        return None


def counts(session: Session) -> dict[State, int]:
    """Return how many notices stand in each state that has any."""
    query = select(Notice.state, func.count()).group_by(Notice.state)
    return {State(state): count for state, count in session.execute(query)}


def to_look_at(session: Session, today: date) -> int:
    """Return how many notices are out whose sanctions have lost their effect."""
    query = select(func.count()).where(Notice.review_on <= today, Notice.release > 0)
    return session.scalar(query) or 0
