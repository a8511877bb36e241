"""The bodies and places that acts name: those of the vocabulary, and those that staff keep."""

from sqlalchemy.orm import Session

from portal.desk.domain import bodies
from portal.desk.domain.act_kinds import OUT_OF_SCOPE, TRANSFERRED, Act
from portal.reference.vocabulary import vocabulary


def choices(session: Session, act: Act) -> list[str]:
    """Return what may be chosen for the place that an act names; anything else may be typed."""
    if act.state == OUT_OF_SCOPE:
        return [f"{one.phone}（{one.label}）" for one in vocabulary().redirects]
    if act.state == TRANSFERRED:
        return [one.name for one in bodies.listed(session)]
    return []
