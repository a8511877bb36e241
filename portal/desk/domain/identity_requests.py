"""Requests to open who reported: where each stands, and the lists of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import people
from portal.desk.models.cases import Case
from portal.desk.models.identities import IdentityRequest
from portal.store import SealedStore

WAITS = timedelta(days=3)
OPEN_FOR = timedelta(minutes=10)
LIST_MOST = 100


class UnknownRequest(Exception):
    """There is no such request."""


class Standing(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    OPEN = "open"
    OVER = "over"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True)
class RequestLine:
    """A request as lists and cases show it; `until` is when it expires or closes by itself."""

    id: str
    reference: str
    asked_by: str
    asked_at: datetime
    standing: Standing
    until: datetime
    decided_by: str
    decided_at: datetime | None


def standing(request: IdentityRequest, now: datetime) -> Standing:
    """Return where a request stands now."""
    if request.agreed is False:
        return Standing.REFUSED
    is_over = now >= _until(request)
    if request.agreed:
        return Standing.OVER if is_over else Standing.OPEN
    return Standing.EXPIRED if is_over else Standing.WAITING


def get(session: Session, request_id: str, *, lock: bool = False) -> IdentityRequest:
    """Return a request; `lock` makes others wait until this transaction ends.

    :raises UnknownRequest: when there is none.
    """
    query = select(IdentityRequest).where(IdentityRequest.id == request_id)
    request = session.scalar(query.with_for_update() if lock else query)
    if request is None:
        raise UnknownRequest
    return request


def recent(session: Session, now: datetime) -> list[RequestLine]:
    """Return the latest requests: those that wait first, then the newest."""
    lines = list(_lines(session, now))
    return sorted(lines, key=lambda line: line.standing != Standing.WAITING)


def of_case(session: Session, case: Case, now: datetime) -> list[RequestLine]:
    """Return every request for a case, newest first; no reasons, no names of reporters."""
    return list(_lines(session, now, _of(case)))


def line(session: Session, request: IdentityRequest, now: datetime) -> RequestLine:
    """Return one request as the lists show it."""
    return next(_lines(session, now, IdentityRequest.id == request.id))


def waiting(session: Session, now: datetime) -> int:
    """Return how many requests wait for group B."""
    return sum(one.standing == Standing.WAITING for one in recent(session, now))


def alive(session: Session, case: Case, now: datetime) -> IdentityRequest | None:
    """Return the request for this case that waits or is open; None when there is none."""
    return session.scalars(select(IdentityRequest).where(_alive(now), _of(case))).first()


def forget_over(session: Session, items: SealedStore, now: datetime) -> int:
    """Delete the names of requests that expired or whose minutes are over; return how many."""
    over = session.scalars(
        select(IdentityRequest).where(IdentityRequest.identity_file.is_not(None), ~_alive(now))
    ).all()
    for request in over:
        items.discard_after_commit(session, request.identity_file or "")
        request.identity_file = None
    return len(over)


def _until(request: IdentityRequest) -> datetime:
    return request.decided_at + OPEN_FOR if request.decided_at else request.asked_at + WAITS


def _alive(now: datetime) -> ColumnElement[bool]:
    waits = and_(IdentityRequest.agreed.is_(None), IdentityRequest.asked_at > now - WAITS)
    is_open = and_(IdentityRequest.agreed.is_(True), IdentityRequest.decided_at > now - OPEN_FOR)
    return or_(waits, is_open)


def _of(case: Case) -> ColumnElement[bool]:
    return IdentityRequest.case_id == case.id


def _lines(
    session: Session, now: datetime, *conditions: ColumnElement[bool]
) -> Iterator[RequestLine]:
    names = people.names(session)
    query = select(IdentityRequest, Case.reference).join(Case).where(*conditions)
    newest = query.order_by(IdentityRequest.asked_at.desc(), IdentityRequest.id)
    for request, reference in session.execute(newest.limit(LIST_MOST)):
        yield RequestLine(
            request.id,
            reference,
            names[request.asked_by],
            request.asked_at,
            standing(request, now),
            _until(request),
            names.get(request.decided_by or "", ""),
            request.decided_at,
        )
