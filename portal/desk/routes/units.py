"""/units: the list of units that notices are held against; editors keep it, approvers read it."""

from contextlib import suppress

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import people, units
from portal.desk.domain.roles import Permission
from portal.desk.domain.units import ChangedMeanwhile, KnownUnit, UnknownUnit
from portal.desk.forms.units import DO, EDIT, UnitButtonForm, UnitForm, UnitsForm, shown
from portal.desk.models.units import Unit
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("units", __name__, url_prefix="/units")

LISTED = 100
KNOWN = "名单里已经有叫这个名称的单位"


@bp.get("")
@allowed(Permission.NOTICES)
def index() -> ResponseReturnValue:
    """Show the list, a page of it, or what was looked for."""
    words = request.args.get("q", "").replace("\0", "").strip()[:100]
    number = max(1, min(request.args.get("page", 1, type=int), 10_000))
    return render_template(
        "desk/units/index.html",
        found=units.page(db(), words, number),
        words=words,
        number=number,
        page_size=units.PAGE,
        may_keep=current_session().may(Permission.DRAFT),
    )


@bp.get("/new")
@allowed(Permission.DRAFT)
def new() -> ResponseReturnValue:
    """Ask for a unit."""
    return _new_page(UnitForm(formdata=restored_form()))


@bp.post("/new")
@allowed(Permission.DRAFT)
def add() -> ResponseReturnValue:
    """Put a unit on the list."""
    form = UnitForm()
    if not form.validate():
        return _new_page(form), 422
    try:
        units.add(db(), form.entry(), by=current_session().person_id, now=utcnow())
    except KnownUnit:
        form.name.errors = [KNOWN]
        return _new_page(form), 422
    return redirect(url_for(".index"), 303)


@bp.get("/import")
@allowed(Permission.DRAFT)
def ask_list() -> ResponseReturnValue:
    """Ask for the lines of a list."""
    return _import_page(UnitsForm(formdata=restored_form()))


@bp.post("/import")
@allowed(Permission.DRAFT)
def take_in() -> ResponseReturnValue:
    """Show what the lines change, then put them on the list."""
    form = UnitsForm()
    if form.step.data == EDIT:
        return _import_page(form)
    if not form.validate():
        return _import_page(form), 422
    if form.step.data == DO:
        units.take_in(db(), form.entries, by=current_session().person_id, now=utcnow())
        return redirect(url_for(".index"), 303)
    planned = units.plan(db(), form.entries)
    return render_template("desk/units/preview.html", form=form, plan=planned, most=LISTED)


@bp.get("/<unit_id>")
@allowed(Permission.NOTICES)
def show(unit_id: str) -> ResponseReturnValue:
    """Show a unit."""
    unit = _unit_or_404(unit_id)
    return render_template(
        "desk/units/show.html",
        unit=unit,
        names=people.names(db()),
        may_keep=current_session().may(Permission.DRAFT),
    )


@bp.get("/<unit_id>/edit")
@allowed(Permission.DRAFT)
def edit(unit_id: str) -> ResponseReturnValue:
    """Show a unit to be changed."""
    unit = _unit_or_404(unit_id)
    return _edit_page(unit, UnitForm(restored_form(), data=shown(unit)))


@bp.post("/<unit_id>/edit")
@allowed(Permission.DRAFT)
def change(unit_id: str) -> ResponseReturnValue:
    """Change a unit; whoever was overtaken is told, and loses nothing."""
    unit, form = _unit_or_404(unit_id, lock=True), UnitForm()
    if not form.validate():
        return _edit_page(unit, form), 422
    by, now = current_session().person_id, utcnow()
    try:
        units.change(db(), unit, form.entry(), seen=form.seen_revision, by=by, now=now)
    except KnownUnit:
        form.name.errors = [KNOWN]
        return _edit_page(unit, form), 422
    except ChangedMeanwhile:
        who = people.names(db())[unit.person_id]
        form.form_errors.append(
            f"您打开以后，{who}改过这个单位，您的还没有保存。您写的还在下面，再按一次就按您写的保存。"
        )
        form.revision.data = str(unit.revision)
        return _edit_page(unit, form), 409
    return redirect(url_for(".show", unit_id=unit_id), 303)


@bp.get("/<unit_id>/remove")
@allowed(Permission.DRAFT)
def ask_remove(unit_id: str) -> ResponseReturnValue:
    """Ask whether a unit is really to go."""
    return _remove_page(_unit_or_404(unit_id), UnitButtonForm(formdata=None))


@bp.post("/<unit_id>/remove")
@allowed(Permission.DRAFT)
def remove(unit_id: str) -> ResponseReturnValue:
    """Take a unit off the list; a second press finds that done."""
    form = UnitButtonForm()
    if not form.validate():
        return _remove_page(_unit_or_404(unit_id), form), 422
    with suppress(UnknownUnit):
        unit = units.get(db(), unit_id, lock=True)
        units.remove(db(), unit, by=current_session().person_id, now=utcnow())
    return redirect(url_for(".index"), 303)


def _unit_or_404(unit_id: str, *, lock: bool = False) -> Unit:
    try:
        return units.get(db(), unit_id, lock=lock)
    except UnknownUnit:
        abort(404)


def _new_page(form: UnitForm) -> str:
    return render_template("desk/units/new.html", form=form)


def _import_page(form: UnitsForm) -> str:
    return render_template("desk/units/import.html", form=form)


def _edit_page(unit: Unit, form: UnitForm) -> str:
    return render_template("desk/units/edit.html", unit=unit, form=form)


def _remove_page(unit: Unit, form: UnitButtonForm) -> str:
    return render_template("desk/units/remove.html", unit=unit, form=form)
