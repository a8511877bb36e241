"""/cases/<reference>/acts/hand-up: a case about one's own goes to the superior, and is erased."""

import secrets

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import handed_up
from portal.desk.domain.acts import Changed, NotAllowed, NotYours
from portal.desk.domain.hand_ups import HandingUp, HandUp, WordsWait
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.roles import Permission
from portal.desk.forms.hand_ups import HandUpForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.addressed import registered_or_404
from portal.desk.routes.opening import open_case, stands_in_for
from portal.reference.days import utcnow
from portal.sealing.manifest import ManifestError
from portal.store import MissingFile
from portal.web.transactions import db

bp = Blueprint("hand_ups", __name__, url_prefix="/cases")

CLOSED = "您打不开这一件，不能移送。请打得开的同事来办。"
DAMAGED = "这一件有内容坏了或者不见了，现在不能移送：移送以后这里什么也不留。请告诉系统管理员。"
REFUSALS: dict[type[Exception], str] = {
    NotYours: "这件不在您手里，请先回到这一件领取。",
    Changed: "这件刚刚有了变化，还没有移送。请先看看现在的情况，再决定。",
    NotAllowed: "这件已经移送上级。",
    WordsWait: "反映人新写的还没有打开，您没有收件密钥。请受理员先打开，再移送。",
    KeyNotHeld: CLOSED,
    MustRecuse: CLOSED,
    CannotOpen: DAMAGED,
    MissingFile: DAMAGED,
    ManifestError: "现在没有有效的密钥清单，封不给上级。请告诉系统管理员。",
}


@bp.get("/<reference>/acts/hand-up")
@allowed(Permission.ACTS)
def ask(reference: str) -> ResponseReturnValue:
    """Say what will happen, and that it cannot be taken back."""
    case = registered_or_404(reference)
    fresh = {"revision": str(case.revision), "once": secrets.token_hex(16)}
    return _page(case, HandUpForm(formdata=restored_form(), data=fresh))


@bp.post("/<reference>/acts/hand-up")
@allowed(Permission.ACTS)
def hand_up(reference: str) -> ResponseReturnValue:
    """Seal the case for the superior and erase it; a second press finds that done."""
    form = HandUpForm()
    ready = form.validate() and proof.given(form)
    if handed_up.done_with(db(), form.once.data or ""):
        return redirect(url_for(".done"), 303)
    case = registered_or_404(reference, lock=True)
    if not ready:
        return _page(case, form), 422
    revision = case.revision
    try:
        _hand_up(case, form)
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(_sentence(refusal))
        # What is sent from here was decided knowing the case as it stands now.
        form.revision.data = str(revision)
        return _page(case, form), 409
    return redirect(url_for(".done"), 303)


@bp.get("/handed-up")
@allowed(Permission.ACTS)
def done() -> ResponseReturnValue:
    """Say that it is done; which case it was, stands nowhere any more."""
    return render_template("desk/hand_ups/done.html")


def _hand_up(case: Case, form: HandUpForm) -> None:
    house, person_id = desk_house(), current_session().person_id
    opened = open_case(case)
    handing = HandingUp(opened.holding, house.superior, house.outbox, house.manifest.latest())
    chosen = HandUp(form.seen_revision, form.once.data, person_id, stands_in_for() | {person_id})
    handing.hand_up(db(), case, opened.own, opened.content, chosen, now=utcnow())


def _sentence(refusal: Exception) -> str:
    return next(said for kind, said in REFUSALS.items() if isinstance(refusal, kind))


def _page(case: Case, form: HandUpForm) -> str:
    mine = case.claimed_by in {current_session().person_id, *stands_in_for()}
    return render_template("desk/hand_ups/ask.html", case=case, form=form, mine=mine)
