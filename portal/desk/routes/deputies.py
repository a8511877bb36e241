"""/deputies: who approves notices while an approver is away."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import deputies, people
from portal.desk.domain.deputies import (
    LONGEST,
    BadDays,
    CannotDeputise,
    HasDeputy,
    UnknownDeputyship,
)
from portal.desk.domain.roles import Permission
from portal.desk.forms.deputies import DeputyButtonForm, DeputyForm
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("deputies", __name__, url_prefix="/deputies")

BAD_DAYS = f"从今天或者以后开始，最多{LONGEST.days}天；最后一天不能早于第一天"


@bp.get("")
@allowed(Permission.NOTICES)
def index() -> ResponseReturnValue:
    """Show who deputises for whom, now, later and before."""
    return _list_page()


@bp.get("/new")
@allowed(Permission.NAME_DEPUTY)
def new() -> ResponseReturnValue:
    """Ask whom, for which days and why."""
    return _new_page(DeputyForm(formdata=restored_form()))


@bp.post("/new")
@allowed(Permission.NAME_DEPUTY)
def name() -> ResponseReturnValue:
    """Name a deputy; it ends by itself."""
    form, person_id = DeputyForm(), current_session().person_id
    if not (form.validate() and proof.given(form)):
        return _new_page(form), 422
    since, until, reason = form.since.data, form.until.data, form.reason.data.strip()
    try:
        deputies.name(
            db(),
            person_id,
            form.deputy.data,
            since=since,
            until=until,
            reason=reason,
            now=utcnow(),
        )
    except BadDays:
        form.until.errors = [BAD_DAYS]
    except CannotDeputise:
        form.deputy.errors = [
            "这位同事现在不能代审核：可能成了审核人、收回了通报密钥，或者已经离开"
        ]
    except HasDeputy:
        form.since.errors = ["这几天里您已经请了人代审核。要换人，先提前结束那一次"]
    else:
        return redirect(url_for(".index"), 303)
    return _new_page(form), 422


@bp.post("/<deputyship_id>/end")
@allowed(Permission.NAME_DEPUTY)
def end(deputyship_id: str) -> ResponseReturnValue:
    """End it before its last day; any approver may."""
    if not DeputyButtonForm().validate():
        return _list_page(), 422
    try:
        deputies.end(db(), deputyship_id, by=current_session().person_id, now=utcnow())
    except UnknownDeputyship:
        abort(404)
    return redirect(url_for(".index"), 303)


def _list_page() -> str:
    return render_template(
        "desk/deputies/index.html",
        lines=deputies.overview(db(), today=local_day(utcnow())),
        names=people.names(db()),
        button=DeputyButtonForm(formdata=None),
        may_name=current_session().may(Permission.NAME_DEPUTY),
    )


def _new_page(form: DeputyForm) -> str:
    choices = [SelectChoice(one.id, one.display_name) for one in deputies.candidates(db())]
    form.deputy.choices = choices
    return render_template("desk/deputies/new.html", form=form)
