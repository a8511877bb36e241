"""The desk's first page: what waits for this person, most urgent first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import (
    absences,
    cases,
    changes,
    identity_requests,
    news,
    office_lines,
    offices,
    people,
    regrants,
)
from portal.desk.domain.cases import CaseLine
from portal.desk.domain.roles import Permission
from portal.desk.domain.sessions import SignedIn
from portal.desk.models.offices import Office
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.deadlines import board_now
from portal.desk.routes.notice_list import newsroom
from portal.desk.routes.notices import may
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("home", __name__)


@bp.get("/")
@allowed(Permission.HOME)
def index() -> ResponseReturnValue:
    """Show counts and lists of what is to be done."""
    person, now = current_session(), utcnow()
    sees_cases, opens = person.may(Permission.CASES), person.may(Permission.INTAKE)
    office = offices.of_person(db(), person.person_id)
    return render_template(
        "desk/home/index.html",
        person=person,
        changes=changes.waiting(db(), now=now) if person.may(Permission.PEOPLE) else (),
        regrants=regrants.asked_of(db(), person.person_id),
        losses=regrants.lost_by(db(), person.person_id),
        office=office,
        today=local_day(now),
        to_decide=identity_requests.waiting(db(), now) if person.may(Permission.IDENTITIES) else 0,
        unopened=cases.unregistered(db()) if opens else None,
        lists=_lists(person.person_id, office) if sees_cases else None,
        covered=_covered(person) if sees_cases else (),
        stuck=_stuck(office) if office and office.intake and opens else None,
        board=board_now() if sees_cases else None,
        newsroom=newsroom(person) if person.may(Permission.NOTICES) else None,
        may=may(),
    )


@dataclass(frozen=True)
class Covered:
    """What somebody who is away has, for whoever stands in."""

    name: str
    until: date
    lines: list[CaseLine]


@dataclass(frozen=True)
class Stuck:
    """How many cases nobody of their office may handle, and those that this person sees."""

    count: int
    lines: list[CaseLine]


def _stuck(intake: Office) -> Stuck:
    everywhere = [intake, *offices.ready(db())]
    ids = {case_id for one in everywhere for case_id in office_lines.stuck_cases(db(), one)}
    return Stuck(len(ids), cases.of_ids(db(), ids))


def _covered(person: SignedIn) -> list[Covered]:
    today, named = local_day(utcnow()), people.names(db())
    return [
        Covered(named[leave.person_id], leave.until, cases.held_by(db(), leave.person_id))
        for leave in absences.covered_by(db(), person.person_id, today=today)
    ]


def _lists(person_id: str, office: Office | None) -> dict[str, Any]:
    lists = {
        "answered": cases.with_new_words(db()),
        "wished": cases.with_wishes(db()),
        "given_back": cases.without_holder(db(), office.id if office else None),
        "to_send": cases.with_words_to_send(db()),
        "mine": cases.held_by(db(), person_id),
    }
    shown = {line.reference for lines in lists.values() for line in lines}
    return {**lists, "news": news.of_cases(db(), shown)}
