"""What the public site forgets, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.public.domain import drafts, tracking
from portal.public.domain.notices.receiving import forget_replaced
from portal.public.domain.progress import discard_replies
from portal.public.models.cases import Case, Reply, Submission
from portal.public.models.drafts import Draft
from portal.reference.days import local_day
from portal.store import SealedStore

# A killed process may leave the files of one transaction behind; the store's sweep takes so many.
DRAFTS_AT_ONCE = 100
CASES_AT_ONCE = 4

ENDED = ("closed", "transferred", "out_of_scope", "sealed_for_superior")


@dataclass(frozen=True)
class Purged:
    """How many of each were deleted."""

    drafts: int
    looks: int
    cases: int
    notices: int

    def __bool__(self) -> bool:
        """Whether there was anything, so that more may be left."""
        return self.drafts + self.looks + self.cases + self.notices > 0


def purge(
    session: Session,
    draft_files: SealedStore,
    items: SealedStore,
    now: datetime,
    *,
    kept: timedelta,
) -> Purged:
    """Delete drafts and looks whose time is over, cases that ended longer than `kept` ago.

    Looks past their number go, too; versions of notices as soon as newer ones are shown in their
    place. Deletes a limited number at once: the caller repeats it until nothing is left and
    checkpoints the database afterwards, so that nothing lives on in its log.
    """
    return Purged(
        drafts=drafts.purge_expired(session, draft_files, now, most=DRAFTS_AT_ONCE),
        looks=tracking.purge_expired(session, now) + tracking.drop_oldest(session),
        cases=_purge_cases(session, items, now, kept),
        notices=forget_replaced(session, now),
    )


def draft_files(session: Session) -> set[str]:
    """Return the files that drafts name, for `SealedStore.sweep` at the start."""
    return {file for file in session.scalars(select(Draft.file)) if file is not None}


def reply_files(session: Session) -> set[str]:
    """Return the files that replies name, for `SealedStore.sweep` at the start."""
    return set(session.scalars(select(Reply.file)))


def _purge_cases(session: Session, items: SealedStore, now: datetime, kept: timedelta) -> int:
    before = local_day(now - kept)
    ended = select(Case).where(Case.state.in_(ENDED), Case.state_on < before)
    cases = session.scalars(ended.limit(CASES_AT_ONCE)).all()
    for case in cases:
        discard_replies(session, items, case.id)
        session.execute(delete(Submission).where(Submission.case_id == case.id))
        session.delete(case)
    return len(cases)
