"""Requests to open who reported: where each stands, and the lists of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import people
from portal.desk.domain.roles import Role
from portal.desk.models.cases import Case
from portal.desk.models.identities import IdentityRequest
from portal.desk.models.people import Person, PersonRole
from portal.store import SealedStore

WAITS = timedelta(days=3)
OPEN_FOR = timedelta(minutes=10)
DECIDED_MOST = 100


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
    """Return where a request stands now; it expires with its asker's role, too."""
    if request.agreed is False:
        return Standing.REFUSED
    is_over = now >= _until(request)
    if request.agreed:
        return Standing.OVER if is_over else Standing.OPEN
    asks_still = request.asker.active and _asks_by_role(request.asker)
    return Standing.EXPIRED if is_over or not asks_still else Standing.WAITING


def get(session: Session, request_id: str, *, lock: bool = False) -> IdentityRequest:
    """Return a request; `lock` makes others wait until this transaction ends.

    :raises UnknownRequest: when there is none.
    """
    query = select(IdentityRequest).where(IdentityRequest.id == request_id)
    request = session.scalar(query.with_for_update(of=IdentityRequest) if lock else query)
    if request is None:
        raise UnknownRequest
    return request


def recent(session: Session, now: datetime) -> list[RequestLine]:
    """Return the requests: all that wait, then the newest of the others."""
    waits = _waits(now)
    return [*_lines(session, now, waits), *_lines(session, now, ~waits, most=DECIDED_MOST)]


def of_case(session: Session, case: Case, now: datetime) -> list[RequestLine]:
    """Return every request for a case, newest first; no reasons, no names of reporters."""
    return list(_lines(session, now, _of(case)))


def line(session: Session, request: IdentityRequest, now: datetime) -> RequestLine:
    """Return one request as the lists show it."""
    return next(_lines(session, now, IdentityRequest.id == request.id))


def waiting(session: Session, now: datetime) -> int:
    """Return how many requests wait for group B."""
    query = select(func.count()).select_from(IdentityRequest).where(_waits(now))
    return session.scalar(query) or 0


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
    is_open = and_(IdentityRequest.agreed.is_(True), IdentityRequest.decided_at > now - OPEN_FOR)
    return or_(_waits(now), is_open)


def _waits(now: datetime) -> ColumnElement[bool]:
    of_group_a = Person.roles.any(PersonRole.role == Role.CUSTODIAN_A)
    return and_(
        IdentityRequest.agreed.is_(None),
        IdentityRequest.asked_at > now - WAITS,
        IdentityRequest.asker.has(and_(Person.active, of_group_a)),
    )


def _asks_by_role(person: Person) -> bool:
    return any(one.role == Role.CUSTODIAN_A for one in person.roles)


def _of(case: Case) -> ColumnElement[bool]:
    return IdentityRequest.case_id == case.id


def _lines(
    session: Session, now: datetime, *conditions: ColumnElement[bool], most: int | None = None
) -> Iterator[RequestLine]:
    names = people.names(session)
    query = select(IdentityRequest, Case.reference).join(Case).where(*conditions)
    newest = query.order_by(IdentityRequest.asked_at.desc(), IdentityRequest.id)
    for request, reference in session.execute(newest.limit(most)):
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
