"""/leave: saying until when one is away, and who stands in."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import absences, people
from portal.desk.domain.absences import AlreadyPast, CannotStandIn
from portal.desk.domain.roles import Permission
from portal.desk.forms.leave import LeaveButtonForm, LeaveForm
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("leave", __name__, url_prefix="/leave")


@bp.get("")
@allowed(Permission.CASES)
def show() -> ResponseReturnValue:
    """Show the leave, or ask for one."""
    return _page(LeaveForm(formdata=restored_form()))


@bp.post("")
@allowed(Permission.CASES)
def go() -> ResponseReturnValue:
    """Be away; it ends by itself."""
    form, person_id = LeaveForm(), current_session().person_id
    if not form.validate():
        return _page(form), 422
    until, cover = form.until.data, form.cover.data
    try:
        absences.go(db(), person_id, until=until, cover_id=cover, now=utcnow())
    except AlreadyPast:
        form.until.errors = ["这一天已经过去，请填今天或者以后的日子"]
    except CannotStandIn:
        form.cover.errors = ["这位同事现在不能替办：可能也请假了，或者没有部门密钥"]
    else:
        return redirect(url_for(".show"), 303)
    return _page(form), 422


@bp.post("/end")
@allowed(Permission.CASES)
def come_back() -> ResponseReturnValue:
    """Be back before the last day."""
    form = LeaveButtonForm()
    if not form.validate():
        return _page(LeaveForm(formdata=None)), 422
    absences.come_back(db(), current_session().person_id, now=utcnow())
    return redirect(url_for(".show"), 303)


def _page(form: LeaveForm) -> str:
    person_id, today = current_session().person_id, local_day(utcnow())
    form.cover.choices = [
        SelectChoice(one.id, one.display_name)
        for one in absences.covers(db(), person_id, today=today)
    ]
    return render_template(
        "desk/leave/leave.html",
        form=form,
        button=LeaveButtonForm(formdata=None),
        leave=absences.of_person(db(), person_id, today=today),
        names=people.names(db()),
    )
