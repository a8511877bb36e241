"""/offices: the offices and their people, as the security administrator manages them."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import office_lines, offices
from portal.desk.domain.offices import (
    CannotBelong,
    IsIntake,
    OfficeNameTaken,
    OpenCases,
    UnknownOffice,
)
from portal.desk.domain.roles import Permission
from portal.desk.forms.fields import ProofForm
from portal.desk.forms.offices import MemberForm, OfficeForm, OfficeNameForm
from portal.desk.models.offices import Office
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("offices", __name__, url_prefix="/offices")

Asked = TypeVar("Asked", bound=ProofForm)

NAME_TAKEN = "有部门用这个名称，或者用过，请换一个"
REFUSALS: dict[type[Exception], str] = {
    CannotBelong: "这位人员现在不能这样改：可能刚刚加入了别的部门，或者已经离开。请重新看一遍",
    OpenCases: "这个部门还有没有办完的举报，不能撤销。请受理员先改交别的部门",
    IsIntake: "举报都先到这个部门，不能撤销",
}


@bp.get("")
@allowed(Permission.OFFICES)
def index() -> ResponseReturnValue:
    """List every office with its people and figures."""
    return render_template("desk/offices/index.html", offices=office_lines.overview(db()))


@bp.get("/new")
@allowed(Permission.OFFICES)
def new() -> ResponseReturnValue:
    """Ask for a new office."""
    return _new_page(OfficeForm(formdata=restored_form()))


@bp.post("/new")
@allowed(Permission.OFFICES)
def open_new() -> ResponseReturnValue:
    """Open an office; its key is drawn and sealed to its first members."""
    form = OfficeForm()
    if not (form.validate() and proof.given(form)):
        return _new_page(form), 422
    name, by = form.name.data.strip(), current_session().person_id
    try:
        office = offices.open_new(db(), name=name, first=form.first.data, by=by, now=utcnow())
    except OfficeNameTaken:
        form.name.errors = [NAME_TAKEN]
    except CannotBelong:
        form.form_errors.append("选的人员里有人刚刚加入了别的部门，请重新选")
    else:
        return redirect(url_for(".show", office_id=office.id), 303)
    return _new_page(form), 422


@bp.get("/<office_id>")
@allowed(Permission.OFFICES)
def show(office_id: str) -> ResponseReturnValue:
    """Show one office."""
    line = office_lines.line(db(), _find(office_id))
    return render_template("desk/offices/office.html", office=line)


@bp.get("/<office_id>/name")
@allowed(Permission.OFFICES)
def name(office_id: str) -> ResponseReturnValue:
    """Ask for another name."""
    office = _open(office_id)
    return _page("name", office, OfficeNameForm(formdata=restored_form(), name=office.name))


@bp.post("/<office_id>/name")
@allowed(Permission.OFFICES)
def rename(office_id: str) -> ResponseReturnValue:
    """Give another name."""

    def change(form: OfficeNameForm, office: Office) -> None:
        typed, by = form.name.data.strip(), current_session().person_id
        offices.rename(db(), office, typed, by=by, now=utcnow())

    return _change("name", office_id, OfficeNameForm(), change)


@bp.get("/<office_id>/members/new")
@allowed(Permission.OFFICES)
def ask_member(office_id: str) -> ResponseReturnValue:
    """Ask who is to belong to it."""
    return _page("add", _open(office_id), MemberForm(formdata=restored_form()))


@bp.post("/<office_id>/members/new")
@allowed(Permission.OFFICES)
def add(office_id: str) -> ResponseReturnValue:
    """Let a person belong to it."""

    def change(form: MemberForm, office: Office) -> None:
        by = current_session().person_id
        offices.add(db(), office, form.person.data, by=by, now=utcnow())

    return _change("add", office_id, MemberForm(), change)


@bp.get("/<office_id>/members/<person_id>/remove")
@allowed(Permission.OFFICES)
def ask_remove(office_id: str, person_id: str) -> ResponseReturnValue:
    """Ask whether the person is really to leave it."""
    return _page("remove", _open(office_id), ProofForm(), person_id)


@bp.post("/<office_id>/members/<person_id>/remove")
@allowed(Permission.OFFICES)
def remove(office_id: str, person_id: str) -> ResponseReturnValue:
    """Take a person out of it; the key is withdrawn."""

    def change(_form: ProofForm, office: Office) -> None:
        by = current_session().person_id
        offices.remove(db(), office, person_id, by=by, now=utcnow())

    return _change("remove", office_id, ProofForm(), change, person_id)


@bp.get("/<office_id>/close")
@allowed(Permission.OFFICES)
def ask_close(office_id: str) -> ResponseReturnValue:
    """Ask whether the office is really to be closed."""
    return _page("close", _open(office_id), ProofForm())


@bp.post("/<office_id>/close")
@allowed(Permission.OFFICES)
def close(office_id: str) -> ResponseReturnValue:
    """Close an office that has no open cases."""

    def change(_form: ProofForm, office: Office) -> None:
        offices.close(db(), office, by=current_session().person_id, now=utcnow())

    return _change("close", office_id, ProofForm(), change)


def _change(
    page: str,
    office_id: str,
    form: Asked,
    change: Callable[[Asked, Office], None],
    person_id: str = "",
) -> ResponseReturnValue:
    """Check form and proof, change the office, and say what stands in the way."""
    right = form.validate() and proof.given(form)
    office = _open(office_id, lock=True)
    if not right:
        return _page(page, office, form, person_id), 422
    try:
        change(form, office)
    except OfficeNameTaken:
        form["name"].errors = [NAME_TAKEN]
    except (CannotBelong, OpenCases, IsIntake) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
    else:
        return redirect(url_for(".show", office_id=office_id), 303)
    return _page(page, office, form, person_id), 422


def _page(page: str, office: Office, form: ProofForm, person_id: str = "") -> str:
    line = office_lines.line(db(), office)
    member = next((one for one in line.members if one.person_id == person_id), None)
    if isinstance(form, MemberForm):
        form.person.choices = _people()
    return render_template(f"desk/offices/{page}.html", office=line, form=form, member=member)


def _new_page(form: OfficeForm) -> str:
    form.first.choices = _people()
    return render_template("desk/offices/new.html", form=form)


def _people() -> list[SelectChoice]:
    return [
        SelectChoice(one.id, f"{one.display_name}（{one.name}）")
        for one in offices.candidates(db())
    ]


def _find(office_id: str) -> Office:
    try:
        return offices.find(db(), office_id)
    except UnknownOffice:
        abort(404)


def _open(office_id: str, *, lock: bool = False) -> Office:
    try:
        return offices.get(db(), office_id, lock=lock)
    except UnknownOffice:
        abort(404)
