"""/recusals: the own list of whom one must not handle, and what is read when one was met."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import recusals
from portal.desk.domain.recusals import UnknownEntry
from portal.desk.domain.roles import Permission
from portal.desk.forms.recusals import RecusalButtonForm, RecusalForm
from portal.desk.house import desk_house
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("recusals", __name__, url_prefix="/recusals")


@bp.get("")
@allowed(Permission.CASES)
def show() -> ResponseReturnValue:
    """Show the own list."""
    return _page(RecusalForm(formdata=restored_form()))


@bp.post("")
@allowed(Permission.CASES)
def add() -> ResponseReturnValue:
    """Put a unit or a name on it."""
    form, person_id = RecusalForm(), current_session().person_id
    if not form.validate():
        return _page(form), 422
    words = form.words.data.strip()
    recusals.add(db(), person_id, words, desk_house().host_secret, now=utcnow())
    return redirect(url_for(".show"), 303)


@bp.post("/<entry_id>/remove")
@allowed(Permission.CASES)
def remove(entry_id: str) -> ResponseReturnValue:
    """Take an entry off it."""
    if not RecusalButtonForm().validate():
        return _page(RecusalForm(formdata=None)), 422
    try:
        recusals.remove(db(), current_session().person_id, entry_id, now=utcnow())
    except UnknownEntry:
        abort(404)
    return redirect(url_for(".show"), 303)


@bp.get("/met")
@allowed(Permission.CASES)
def met() -> ResponseReturnValue:
    """Say that a case was not opened, and nothing about it."""
    person = current_session()
    return render_template("desk/recusals/met.html", at_intake=person.may(Permission.INTAKE))


def _page(form: RecusalForm) -> str:
    entries = recusals.entries(db(), current_session().person_id, desk_house().host_secret)
    button = RecusalButtonForm(formdata=None)
    return render_template("desk/recusals/list.html", form=form, entries=entries, button=button)
