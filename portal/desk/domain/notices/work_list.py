"""The work list: what waits for whom, each kind of work a list of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import people
from portal.desk.domain.notices import reviewing
from portal.desk.domain.notices.drafting import Drafts, State
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.notices import Notice, NoticeRelease, NoticeVersion
from portal.reference.days import local_day


class Work(StrEnum):
    """What is to be done with a notice, or what became of it; whatever waits stands first."""

    REVIEW = "review"
    RELEASE = "release"
    RETURNED = "returned"
    WRITE = "write"
    AGAIN = "again"
    SCHEDULED = "scheduled"
    OUT = "out"
    OVER = "over"
    WITHDRAWN = "withdrawn"


# What somebody still has to do, or to keep an eye on.
TO_DO = (Work.REVIEW, Work.RELEASE, Work.RETURNED, Work.WRITE, Work.AGAIN, Work.SCHEDULED)
OF_STATE = {
    State.DRAFT: Work.WRITE,
    State.RETURNED: Work.RETURNED,
    State.WITHDRAWN: Work.WITHDRAWN,
}


@dataclass(frozen=True)
class Line:
    """One notice; `title` is None when it does not open. `mine` says who may not release it.

    `not_before` is when a scheduled one begins to be shown.
    """

    id: str
    number: str | None
    title: str | None
    version: int
    at: datetime
    who: str
    mine: bool
    review_on: date | None
    not_before: datetime | None


def lists(
    session: Session,
    drafts: Drafts,
    person_id: str,
    *,
    now: datetime,
    wanted: Collection[Work] = tuple(Work),
) -> dict[Work, list[Line]]:
    """Return the notices of each kind of work that is wanted, the newest change first."""
    names, own = people.names(session), _written_by(session, person_id)
    found: dict[Work, list[Line]] = {work: [] for work in Work if work in wanted}
    newest = (
        select(Notice, NoticeVersion)
        .join(
            NoticeVersion,
            (NoticeVersion.notice_id == Notice.id) & (NoticeVersion.number == Notice.version),
        )
        .order_by(NoticeVersion.at.desc(), Notice.id)
    )
    for notice, version in session.execute(newest).all():
        begins = _begins(session, notice)
        work = _work(session, notice, begins, now)
        if work in found:
            line = Line(
                id=notice.id,
                number=notice.number,
                title=_title(session, drafts, notice),
                version=notice.version,
                at=version.at,
                who=names[version.person_id],
                mine=notice.id in own,
                review_on=notice.review_on,
                not_before=begins,
            )
            found[work].append(line)
    return found


def _work(session: Session, notice: Notice, begins: datetime | None, now: datetime) -> Work:
    if notice.state == State.SUBMITTED:
        return Work.RELEASE if reviewing.approval(session, notice) else Work.REVIEW
    if notice.state != State.RELEASED:
        return OF_STATE[State(notice.state)]
    if begins is not None and begins > now:
        return Work.SCHEDULED
    today = local_day(now)
    if notice.expires_on is not None and notice.expires_on < today:
        return Work.OVER
    due = notice.review_on is not None and notice.review_on <= today
    return Work.AGAIN if due else Work.OUT


def _begins(session: Session, notice: Notice) -> datetime | None:
    if notice.state != State.RELEASED:
        return None
    row = session.get(NoticeRelease, (notice.id, notice.release))
    return row.not_before if row else None


def _written_by(session: Session, person_id: str) -> set[str]:
    query = select(NoticeVersion.notice_id).where(NoticeVersion.person_id == person_id)
    return set(session.scalars(query))


def _title(session: Session, drafts: Drafts, notice: Notice) -> str | None:
    try:
        return drafts.newest(session, notice).draft.title
    except (KeyNotHeld, CannotOpen):
        return None
