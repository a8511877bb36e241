"""The bodies and places that acts name: those of the vocabulary, and those named before."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain.act_kinds import OUT_OF_SCOPE, TRANSFERRED, Act
from portal.desk.models.cases import Case
from portal.reference.vocabulary import vocabulary

MOST = 200


def choices(session: Session, act: Act) -> list[str]:
    """Return what may be chosen for the place that an act names; anything else may be typed."""
    if act.state == OUT_OF_SCOPE:
        return [f"{one.phone}（{one.label}）" for one in vocabulary().redirects]
    if act.state == TRANSFERRED:
        query = select(Case.passed_to).where(Case.state == TRANSFERRED).distinct()
        named = session.scalars(query.order_by(Case.passed_to).limit(MOST))
        return [one for one in named if one]
    return []
