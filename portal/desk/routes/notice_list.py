"""/notices: the work list, with whatever must be looked at first; the same on the first page."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import people
from portal.desk.domain.notices import clearing, live, work_list
from portal.desk.domain.notices.work_list import TO_DO, Work
from portal.desk.domain.roles import Permission
from portal.desk.domain.sessions import SignedIn
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.notices import drafts, may
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("notice_list", __name__, url_prefix="/notices")

OF_EDITORS = (Work.RETURNED, Work.WRITE)
OF_APPROVERS = (Work.REVIEW, Work.RELEASE)


@bp.get("")
@allowed(Permission.NOTICES)
def index() -> ResponseReturnValue:
    """List notices by what is to be done, those that wait for somebody first."""
    person, now = current_session(), utcnow()
    lists = work_list.lists(db(), drafts(), person.person_id, now=now)
    return render_template(
        "desk/notices/index.html",
        lists=lists,
        own={line.id: line for lines in lists.values() for line in lines},
        alarms=live.alarms(db()),
        trouble=clearing.troubled(db(), drafts(), local_day(now)),
        may=may(),
        deputy_for=people.names(db()).get(person.deputy_for or ""),
    )


def newsroom(person: SignedIn) -> dict[str, Any]:
    """Return what the first page shows of the newsroom: own work, then what to keep an eye on."""
    theirs = {Permission.DRAFT: OF_EDITORS, Permission.APPROVE: OF_APPROVERS}
    own = {work for permission, some in theirs.items() if person.may(permission) for work in some}
    wanted = [work for work in TO_DO if work in own or work in {Work.AGAIN, Work.SCHEDULED}]
    now = utcnow()
    return {
        "lists": work_list.lists(db(), drafts(), person.person_id, now=now, wanted=wanted),
        "alarms": len(live.alarms(db())),
        "trouble": len(clearing.troubled(db(), drafts(), local_day(now))),
        "deputy_for": people.names(db()).get(person.deputy_for or ""),
    }
