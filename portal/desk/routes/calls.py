"""/cases/<reference>/calls: that a named reporter was called, by whom and about what."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import calls, cases
from portal.desk.domain.calls import BadDay, NotNamed
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.roles import Permission
from portal.desk.forms.calls import CallForm
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("calls", __name__, url_prefix="/cases/<reference>/calls")


@bp.get("")
@allowed(Permission.ACTS)
def ask(reference: str) -> ResponseReturnValue:
    """Ask when somebody was called and about what."""
    return _page(_case_or_404(reference), new_form())


@bp.post("")
@allowed(Permission.ACTS)
def keep(reference: str) -> ResponseReturnValue:
    """Record a call."""
    case, form = _case_or_404(reference, lock=True), CallForm()
    if not recorded(case, form):
        return _page(case, form), 422
    return redirect(url_for("cases.show", reference=reference), 303)


def new_form() -> CallForm:
    """Return an empty form with today's date."""
    return CallForm(formdata=None, data={"on": local_day(utcnow())})


def recorded(case: Case, form: CallForm) -> bool:
    """Record the call that a form tells of; what is wrong is said beside the fields."""
    if not form.validate():
        return False
    person_id, now = current_session().person_id, utcnow()
    try:
        calls.record(db(), case, kind=form.kind.data, on=form.on.data, person_id=person_id, now=now)
    except BadDay:
        form.on.errors = ["请填从收到那天到今天的日期"]
        return False
    return True


def _case_or_404(reference: str, *, lock: bool = False) -> Case:
    try:
        case = cases.get(db(), reference, lock=lock)
        calls.check_named(case)
    except (UnknownCase, NotNamed):
        abort(404)
    return case


def _page(case: Case, form: CallForm) -> str:
    return render_template("desk/calls/new.html", case=case, form=form)
