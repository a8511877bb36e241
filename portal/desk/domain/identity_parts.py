"""Whether the sealed identity of a case is the one that was filed with its content."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.audit import AuditEntry
from portal.desk.models.cases import Case
from portal.sealing.seal import is_bound
from portal.store import MissingFile, SealedStore

MISMATCH = "identity-mismatch"


def fits(items: SealedStore, case: Case, content_says: str | None) -> bool:
    """Tell whether the identity that lies with a case is the one that its content names.

    A content from before contents named one says None: nothing is known against its identity.
    """
    try:
        return is_bound(content_says, items.get(case.identity_file))
    except MissingFile:
        return content_says is None


def note(session: Session, case: Case, person_id: str, *, now: datetime) -> None:
    """Write down that somebody met an identity that is not the report's own."""
    audit.record(session, person_id=person_id, act=MISMATCH, target=case.reference, now=now)


def mismatched(session: Session, items: SealedStore) -> list[str]:
    """Return the references of cases whose identity was found, and is, not the report's own."""
    found = select(AuditEntry.target).where(AuditEntry.act == MISMATCH)
    cases = session.scalars(select(Case).where(Case.reference.in_(found)).order_by(Case.reference))
    return [case.reference for case in cases if not fits(items, case, case.identity_sha256)]
