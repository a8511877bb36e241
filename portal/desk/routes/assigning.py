"""/cases/<reference>/acts/assign: giving a case to an office."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import assigning, cases, offices
from portal.desk.domain.acts import Changed, NotAllowed, NotYours
from portal.desk.domain.assigning import ASSIGN, AlreadyThere, Assignment, NobodyHolds
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.offices import UnknownOffice
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.offices import AssignForm
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.opening import opener
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("assigning", __name__, url_prefix="/cases/<reference>/acts/assign")

REFUSALS: dict[type[Exception], str] = {
    NotYours: "这件不在您手里，请先回到这一件领取。",
    Changed: "这件刚刚有了变化，还没有交办。请先看看现在的情况，再决定。",
    NotAllowed: "这件现在不能交办：先受理，再交办；已经办完的不再交办。",
    AlreadyThere: "这件已经在这个部门。",
    NobodyHolds: "这个部门现在没有人持有密钥，交过去没有人打得开。请选别的部门。",
    UnknownOffice: "没有这个部门，可能刚刚撤销。请重新选。",
    KeyNotHeld: "您打不开这一件，不能交办。请持有部门密钥的受理员来办。",
    CannotOpen: "这件打不开：密封内容坏了。请告诉系统管理员。",
}


@bp.get("")
@allowed(Permission.ASSIGN)
def choose(reference: str) -> ResponseReturnValue:
    """Ask which office is to have the case; the address may say which one is chosen at first."""
    case = _case_or_404(reference)
    start = {"revision": str(case.revision), "office": request.args.get("office")}
    form = AssignForm(formdata=restored_form(), data=start)
    return _page(case, form)


@bp.post("")
@allowed(Permission.ASSIGN)
def assign(reference: str) -> ResponseReturnValue:
    """Give the case to the office."""
    case, form = _case_or_404(reference, lock=True), AssignForm()
    if not form.validate():
        return _page(case, form), 422
    chosen = Assignment(form.office.data, form.seen_revision, current_session().person_id)
    try:
        assigning.assign(db(), opener(), case, chosen, now=utcnow())
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
        # The page shows the case as it is now: what is sent from here was chosen knowing that.
        form.revision.data = str(case.revision)
        return _page(case, form), 422
    return redirect(url_for("cases.show", reference=reference, done=ASSIGN), 303)


def _page(case: Case, form: AssignForm) -> str:
    form.office.choices = [
        SelectChoice(office.id, f"{office.name}（收回）" if office.intake else office.name)
        for office in assigning.choices(db(), case)
    ]
    return render_template(
        "desk/assigning/assign.html",
        case=case,
        form=form,
        office=offices.names(db()).get(case.office_id or "", ""),
        possible=assigning.possible(case, current_session().person_id, offices.intake(db()).id),
        holder=cases.holder_name(db(), case),
    )


def _case_or_404(reference: str, *, lock: bool = False) -> Case:
    """Only the intake gives cases away: elsewhere this page is not there."""
    person = current_session().person_id
    own = offices.of_person(db(), person)
    if own is None or not own.intake:
        abort(404)
    try:
        case = cases.get(db(), reference, lock=lock)
    except UnknownCase:
        abort(404)
    return case if case.registered_on is not None else abort(404)
