"""Notices that come from named reports: no reporter's name may stand in them.

Nobody who drafts or approves a notice knows that name, so custodians look, and say so for one
version. Until they can say it here, a notice that is linked with a named report does not go out.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.notices import Notice, NoticeTick


def missing(session: Session, notice: Notice, draft: Draft) -> bool:
    """Tell whether a named report that the notice comes from lacks the tick for this version."""
    named = select(Case.id).where(Case.reference.in_(draft.references), Case.named)
    ticked = select(NoticeTick.case_id).where(
        NoticeTick.notice_id == notice.id, NoticeTick.version == notice.version
    )
    wanted = set(session.scalars(everywhere(named)))
    return bool(wanted - set(session.scalars(ticked)))
