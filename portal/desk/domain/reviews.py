"""Who may review a case: whoever can open it and did nothing to it before the review."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import moves
from portal.desk.models.cases import Case, CaseEvent, CaseGrant
from portal.desk.models.keys import Grant
from portal.desk.models.people import Person

REVIEW_START = "review-start"


def reviewers(session: Session, case: Case) -> Mapping[str, str]:
    """Return the display names of those who may review a case, by id, in order of name."""
    opens = (
        select(Grant.person_id)
        .join(CaseGrant, CaseGrant.key_id == Grant.key_id)
        .where(CaseGrant.case_id == case.id)
    )
    handled = _handled_by(session, case)
    people = session.scalars(
        select(Person).where(Person.active.is_(True), Person.id.in_(opens)).order_by(Person.name)
    )
    return {person.id: person.display_name for person in people if person.id not in handled}


def _handled_by(session: Session, case: Case) -> set[str]:
    """Return who did something to the case; during a review, who did so before it began."""
    events = select(CaseEvent.person_id).where(
        CaseEvent.case_id == case.id, CaseEvent.person_id.is_not(None)
    )
    if moves.standing(case).under_review:
        began = select(func.max(CaseEvent.number)).where(
            CaseEvent.case_id == case.id, CaseEvent.act == REVIEW_START
        )
        events = events.where(CaseEvent.number < began.scalar_subquery())
    return {person_id for person_id in session.scalars(events) if person_id}
