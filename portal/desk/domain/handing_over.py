"""转交同事: passing a case on to a colleague of the same office who can open it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.desk.domain import absences, audit, registrations
from portal.desk.domain.acts import Changed
from portal.desk.domain.cases import Taken, holder_name
from portal.desk.domain.opening import Opener
from portal.desk.domain.recusals import entries
from portal.desk.models.cases import Case
from portal.desk.models.people import Person
from portal.reference.days import local_day


class CannotTake(Exception):
    """The colleague is of another office, opens nothing there, is away, or must not handle it."""


def colleagues(
    session: Session, opener: Opener, case: Case, *, host_secret: bytes, now: datetime
) -> list[Person]:
    """Return who could have a case instead of who has it now.

    Who is left out, and why, is not told: a list of what somebody keeps away from is one's own.

    :raises KeyNotHeld, CannotOpen: when the asker cannot open it, to see who must not handle it.
    """
    if case.office_id is None:
        return []
    own = opener.case_key(session, case)
    content, written = opener.content(case, own), registrations.read(session, opener, case, own)
    sheet = written.sheet if written else None
    at_work = absences.at_work(session, case.office_id, today=local_day(now))
    return [
        person
        for person in at_work
        if person.id != case.claimed_by
        and not registrations.touches(
            [one.words for one in entries(session, person.id, host_secret)], content, sheet
        )
    ]


def hand_over(
    session: Session,
    opener: Opener,
    case: Case,
    to: str,
    *,
    revision: int,
    by: str,
    host_secret: bytes,
    now: datetime,
) -> None:
    """Give a case, locked by the caller, from `by`, who has it, to a colleague.

    :param revision: the case's when the colleague was chosen
    :raises portal.desk.domain.cases.Taken: when it is not `by`'s.
    :raises Changed, CannotTake: as their names say.
    :raises KeyNotHeld, CannotOpen: when the giver cannot open it, to see who must not handle it.
    """
    if case.claimed_by != by:
        raise Taken(holder_name(session, case))
    if case.revision != revision:
        raise Changed
    able = colleagues(session, opener, case, host_secret=host_secret, now=now)
    if to not in {person.id for person in able}:
        raise CannotTake
    case.claimed_by, case.claimed_on = to, local_day(now)
    target = f"{case.reference} {to}"
    audit.record(session, person_id=by, act="case-handed-over", target=target, now=now)
