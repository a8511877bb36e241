"""Changes of people that wait for a second security administrator."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import changes
from portal.desk.domain.changes import OwnProposal, UnknownChange, Waiting
from portal.desk.domain.roles import Permission
from portal.desk.forms.fields import ProofForm
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.people import REFUSED, refusal, took_effect
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("changes", __name__, url_prefix="/people/changes")


@bp.get("/<change_id>")
@allowed(Permission.PEOPLE)
def show(change_id: str) -> ResponseReturnValue:
    """Show one change: to its proposer that it waits, to others what they would confirm."""
    waiting = _find(change_id)
    return _page(ProofForm(), waiting) if waiting else _gone()


@bp.post("/<change_id>/confirm")
@allowed(Permission.PEOPLE)
def confirm(change_id: str) -> ResponseReturnValue:
    """Let the change take effect."""
    form = ProofForm()
    right = form.validate() and proof.given(form)
    waiting = _find(change_id)
    if waiting is None:
        return _gone()
    if not right:
        return _page(form, waiting), 422
    try:
        by = current_session().person_id
        return took_effect(changes.confirm(db(), change_id, by=by, now=utcnow()))
    except UnknownChange:
        return _gone()
    except OwnProposal:
        form.form_errors.append("自己提出的变动，要由另一名安全管理员确认")
    except REFUSED as error:
        form.form_errors.append(refusal(error))
    return _page(form, waiting), 422


@bp.post("/<change_id>/withdraw")
@allowed(Permission.PEOPLE)
def withdraw(change_id: str) -> ResponseReturnValue:
    """Drop the change."""
    form = ProofForm()
    right = form.validate() and proof.given(form)
    waiting = _find(change_id)
    if waiting is None:
        return _gone()
    if not right:
        return _page(form, waiting), 422
    try:
        changes.withdraw(db(), change_id, by=current_session().person_id, now=utcnow())
    except UnknownChange:
        return _gone()
    return redirect(url_for("people.index"))


def _find(change_id: str) -> Waiting | None:
    try:
        return changes.get(db(), change_id, now=utcnow())
    except UnknownChange:
        return None


def _page(form: ProofForm, waiting: Waiting) -> str:
    own = waiting.proposed_by == current_session().person_id
    return render_template("desk/changes/show.html", form=form, waiting=waiting, own=own)


def _gone() -> ResponseReturnValue:
    return render_template("desk/changes/gone.html"), 404
