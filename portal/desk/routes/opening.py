"""The person behind this request as an opener of cases: what they hold, ready to use."""

from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import (
    absences,
    audit,
    cases,
    identity_parts,
    keys,
    offices,
    recusals,
    registrations,
)
from portal.desk.domain.cases import Taken, UnknownCase
from portal.desk.domain.offices import OtherOffice
from portal.desk.domain.opening import CannotOpen, KeyNotHeld, Opener
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.registrations import Written
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import current_session
from portal.reference.days import local_day, utcnow
from portal.sealing.content import ReportContent
from portal.sealing.keys import Identity
from portal.web.transactions import db


class NothingToClaim(Exception):
    """No report waits that this person could open; `recused` when one was kept from them."""

    def __init__(self, *, recused: bool) -> None:
        super().__init__()
        self.recused = recused


@dataclass(frozen=True)
class OpenedCase:
    """A case that the signed-in person may see: its own key, what it says, and the opener.

    `sheet` is what a clerk noted of it, if anybody did.
    """

    holding: Opener
    own: Identity
    content: ReportContent
    sheet: Written | None


def opener() -> Opener:
    """Return what the signed-in person can open cases with."""
    return Opener(desk_house().items, current_session().held(db()))


def stands_in_for() -> frozenset[str]:
    """Return the ids of the people who are away and whom the signed-in person covers."""
    person_id, today = current_session().person_id, local_day(utcnow())
    covered = absences.covered_by(db(), person_id, today=today)
    return frozenset(leave.person_id for leave in covered)


def open_case(case: Case) -> OpenedCase:
    """Open a registered case for the signed-in person, in memory, before anything is shown.

    :raises KeyNotHeld, CannotOpen, MustRecuse: as their names say.
    """
    holding = opener()
    own = holding.case_key(db(), case)
    content = holding.content(case, own)
    person_id, host_secret = current_session().person_id, desk_house().host_secret
    recusals.refuse(db(), person_id, content, host_secret)
    sheet = registrations.read(db(), holding, case, own)
    registrations.refuse(db(), person_id, content, sheet, host_secret)
    return OpenedCase(holding, own, content, sheet)


def keep_away(case: Case) -> ResponseReturnValue:
    """Keep a case from the signed-in person, who must not handle it, and say so."""
    recusals.note_met(db(), case, current_session().person_id, now=utcnow())
    return redirect(url_for("recusals.met"), 303)


def claim_and_open(reference: str) -> None:
    """Claim a case that the signed-in person can open; a sealed report is registered.

    :raises UnknownCase, OtherOffice, Taken, KeyNotHeld, CannotOpen, MustRecuse: and then nothing
        was written.
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
        if not identity_parts.fits(holding.items, case, content.identity_sha256):
            identity_parts.note(db(), case, person_id, now=now)


def claim_next() -> str:
    """Claim and open the oldest report that can be; return its reference.

    A report that does not open, or that this person must not handle, keeps no other waiting.

    :raises NothingToClaim: when there is none.
    """
    recused = False
    for reference in cases.unclaimed(db()):
        if not cases.hold(db(), reference):
            continue
        try:
            claim_and_open(reference)
        except (UnknownCase, OtherOffice, Taken, KeyNotHeld, CannotOpen):
            continue
        except MustRecuse:
            keep_away(cases.get(db(), reference))
            recused = True
            continue
        return reference
    raise NothingToClaim(recused=recused)


def _check_opens(holding: Opener, case: Case) -> ReportContent | None:
    """Return what a sealed report says; None for a case that is registered already."""
    if case.registered_on is not None:
        open_case(case)
        return None
    # Who opens it for the first time must be able to read it afterwards.
    if keys.office_key(db()).id not in holding.held:
        raise KeyNotHeld
    content = holding.sealed_content(case)
    recusals.refuse(db(), current_session().person_id, content, desk_house().host_secret)
    return content
