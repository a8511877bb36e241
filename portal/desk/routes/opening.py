"""The person behind this request as an opener of cases: what they hold, ready to use."""

from portal.desk.domain import absences, audit, cases, keys, offices
from portal.desk.domain.cases import Taken, UnknownCase
from portal.desk.domain.offices import OtherOffice
from portal.desk.domain.opening import CannotOpen, KeyNotHeld, Opener
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import current_session
from portal.reference.days import local_day, utcnow
from portal.sealing.content import ReportContent
from portal.web.transactions import db


class NothingToClaim(Exception):
    """No report waits that this person could open."""


def opener() -> Opener:
    """Return what the signed-in person can open cases with."""
    return Opener(desk_house().items, current_session().held(db()))


def stands_in_for() -> frozenset[str]:
    """Return the ids of the people who are away and whom the signed-in person covers."""
    person_id, today = current_session().person_id, local_day(utcnow())
    covered = absences.covered_by(db(), person_id, today=today)
    return frozenset(leave.person_id for leave in covered)


def claim_and_open(reference: str) -> None:
    """Claim a case that the signed-in person can open; a sealed report is registered.

    :raises UnknownCase, OtherOffice, Taken, KeyNotHeld, CannotOpen: and then nothing was written.
    """
    person_id, now = current_session().person_id, utcnow()
    recovery = desk_house().manifest.latest().recipient("recovery")
    holding, case = opener(), cases.get(db(), reference, lock=True)
    offices.refuse_other(db(), case, person_id)
    # A refusal must leave this transaction whole: it may hold an act that is to be kept.
    content = _check_opens(holding, case)
    cases.claim(db(), reference, person_id, now)
    if content is not None:
        holding.register(db(), case, content, recovery=recovery, today=local_day(now))
        audit.record(db(), person_id=person_id, act="case-opened", target=reference, now=now)


def claim_next() -> str:
    """Claim and open the oldest report that can be; return its reference.

    A report that does not open must not keep the others waiting behind it.

    :raises NothingToClaim: when there is none.
    """
    for reference in cases.unclaimed(db()):
        if not cases.hold(db(), reference):
            continue
        try:
            claim_and_open(reference)
        except (UnknownCase, OtherOffice, Taken, KeyNotHeld, CannotOpen):
            continue
        return reference
    raise NothingToClaim


def _check_opens(holding: Opener, case: Case) -> ReportContent | None:
    if case.registered_on is None:
        # Who opens it for the first time must be able to read it afterwards.
        if keys.office_key(db()).id not in holding.held:
            raise KeyNotHeld
        return holding.sealed_content(case)
    holding.case_key(db(), case)
    return None
