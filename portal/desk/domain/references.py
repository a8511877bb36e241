"""登记号: the desk's own numbers, and what becomes of a number that two reports were given.

The public site forgets a case some time after its end, and may then draw its number again, while
the desk still has the case. The newcomer gets a number of the desk's; the audit log says which one
its reporter has.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.domain.visibility import everywhere
from portal.desk.models.audit import AuditEntry
from portal.desk.models.cases import Case

RENUMBERED = "case-renumbered"


def draw_reference() -> str:
    """Draw an eight-digit reference as the desk does: the first digit is 9."""
    return str(90_000_000 + secrets.randbelow(10_000_000))


def is_free(session: Session, reference: str) -> bool:
    """Tell whether no case has this reference, also none that a person must not see."""
    taken = everywhere(select(Case.id).where(Case.reference == reference))
    return session.scalar(taken) is None


def draw_free(session: Session, draw: Callable[[], str] = draw_reference) -> str:
    """Draw a reference that no case has."""
    while True:
        reference = draw()
        if is_free(session, reference):
            return reference


def note_renumbered(session: Session, reference: str, given: str, now: datetime) -> None:
    """Write down which reference the reporter of a renumbered case was given."""
    target = f"{reference} {given}"
    audit.record(session, person_id=None, act=RENUMBERED, target=target, now=now)


def given_to_reporter(session: Session, reference: str) -> str | None:
    """Return what a case's reporter was told instead of its reference; None when the same."""
    target = session.scalar(_renumbered().where(AuditEntry.target.startswith(f"{reference} ")))
    return target.partition(" ")[2] if target else None


def also_given(session: Session, reference: str) -> list[str]:
    """Return the references of the cases in view whose reporters were told this reference."""
    targets = session.scalars(_renumbered().where(AuditEntry.target.endswith(f" {reference}")))
    others = [target.partition(" ")[0] for target in targets]
    seen = select(Case.reference).where(Case.reference.in_(others)).order_by(Case.reference)
    return list(session.scalars(seen))


def _renumbered() -> Select[str]:
    return select(AuditEntry.target).where(AuditEntry.act == RENUMBERED)
