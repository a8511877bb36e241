"""/cases/<reference>/hand-over: passing a case on to a colleague of the same office."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import handing_over
from portal.desk.domain.acts import Changed
from portal.desk.domain.cases import Taken
from portal.desk.domain.handing_over import CannotTake
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.handing_over import HandOverForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.models.people import Person
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.addressed import case_or_404
from portal.desk.routes.opening import opener
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("handing_over", __name__, url_prefix="/cases/<reference>/hand-over")

REFUSALS: dict[type[Exception], str] = {
    Taken: "这件不在您手里，不能由您转交。",
    Changed: "这件刚刚有了变化，还没有转交。请先看看现在的情况，再决定。",
    CannotTake: "这位同事现在不能接，请重新选。",
    KeyNotHeld: "您打不开这一件，不能转交。可以放回。",
    CannotOpen: "这件打不开：密封内容坏了。请告诉系统管理员。",
}


@bp.get("")
@allowed(Permission.ACTS)
def choose(reference: str) -> ResponseReturnValue:
    """Ask which colleague goes on."""
    case = case_or_404(reference)
    form = HandOverForm(formdata=restored_form(), data={"revision": str(case.revision)})
    return _page(case, form)


@bp.post("")
@allowed(Permission.ACTS)
def hand_over(reference: str) -> ResponseReturnValue:
    """Let the colleague go on."""
    case, form, by = case_or_404(reference, lock=True), HandOverForm(), current_session().person_id
    if not form.validate():
        return _page(case, form), 422
    to, seen = form.person.data, form.seen_revision
    try:
        handing_over.hand_over(
            db(),
            opener(),
            case,
            to,
            revision=seen,
            by=by,
            host_secret=desk_house().host_secret,
            now=utcnow(),
        )
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
        form.revision.data = str(case.revision)
        return _page(case, form), 422
    return redirect(url_for("cases.show", reference=reference, done="hand-over"), 303)


def _page(case: Case, form: HandOverForm) -> str:
    mine = case.claimed_by == current_session().person_id
    able = _able(case) if mine else []
    form.person.choices = [SelectChoice(one.id, one.display_name) for one in able]
    return render_template("desk/handing_over/hand_over.html", case=case, form=form, mine=mine)


def _able(case: Case) -> list[Person]:
    secret = desk_house().host_secret
    try:
        return handing_over.colleagues(db(), opener(), case, host_secret=secret, now=utcnow())
    except (KeyNotHeld, CannotOpen):
        return []
