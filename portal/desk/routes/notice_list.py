"""/notices: the work list, with whatever must be looked at first."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import people
from portal.desk.domain.notices import clearing, live, work_list
from portal.desk.domain.roles import Permission
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.notices import drafts, may
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("notice_list", __name__, url_prefix="/notices")


@bp.get("")
@allowed(Permission.NOTICES)
def index() -> ResponseReturnValue:
    """List notices by how they stand, those that wait for somebody first."""
    person, today = current_session(), local_day(utcnow())
    lists = work_list.lists(db(), drafts(), person.person_id)
    return render_template(
        "desk/notices/index.html",
        lists=lists,
        own={line.id: line for lines in lists.values() for line in lines},
        alarms=live.alarms(db()),
        trouble=clearing.troubled(db(), drafts(), today),
        today=today,
        may=may(),
        deputy_for=people.names(db()).get(person.deputy_for or ""),
    )
