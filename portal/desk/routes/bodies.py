"""/bodies: the other bodies that are offered when a case is transferred."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import bodies
from portal.desk.domain.bodies import KnownBody
from portal.desk.domain.roles import Permission
from portal.desk.forms.bodies import BodyForm
from portal.desk.forms.cases import CaseButtonForm
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("bodies", __name__, url_prefix="/bodies")


@bp.get("")
@allowed(Permission.ACTS)
def index() -> ResponseReturnValue:
    """Show the list, and a form for one more."""
    return _page(BodyForm(formdata=restored_form()))


@bp.post("")
@allowed(Permission.ACTS)
def add() -> ResponseReturnValue:
    """Put a body on the list."""
    form = BodyForm()
    if not form.validate():
        return _page(form), 422
    try:
        bodies.add(db(), form.name.data, current_session().person_id, utcnow())
    except KnownBody:
        form.name.errors = ["名单里已经有这个机关"]
        return _page(form), 422
    return redirect(url_for(".index"), 303)


@bp.post("/<body_id>/drop")
@allowed(Permission.ACTS)
def drop(body_id: str) -> ResponseReturnValue:
    """Take a body off the list."""
    form = CaseButtonForm()
    if not form.validate():
        return _page(BodyForm(formdata=None)), 422
    bodies.drop(db(), body_id, current_session().person_id, utcnow())
    return redirect(url_for(".index"), 303)


def _page(form: BodyForm) -> str:
    return render_template(
        "desk/bodies/index.html",
        form=form,
        bodies=bodies.listed(db()),
        button=CaseButtonForm(formdata=None),
    )
