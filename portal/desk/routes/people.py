"""Staff, as the security administrator manages them."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import enrolment, keys, people
from portal.desk.domain.keys import LastHolder
from portal.desk.domain.people import BadName, HasLeft, NameTaken, OwnAccount, UnknownPerson
from portal.desk.domain.roles import Permission
from portal.desk.forms.fields import ProofForm
from portal.desk.forms.people import PersonForm, RolesForm, choice_of, chosen_roles
from portal.desk.models.people import Person
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("people", __name__, url_prefix="/people")

LINK = "link"
Asked = TypeVar("Asked", bound=ProofForm)


@bp.get("")
@allowed(Permission.PEOPLE)
def index() -> ResponseReturnValue:
    """List everybody."""
    lines = people.overview(db(), now=utcnow())
    return render_template("desk/people/index.html", people=lines)


@bp.get("/new")
@allowed(Permission.PEOPLE)
def new() -> ResponseReturnValue:
    """Ask for a new person."""
    return render_template("desk/people/new.html", form=PersonForm(formdata=restored_form()))


@bp.post("/new")
@allowed(Permission.PEOPLE)
def take_on() -> ResponseReturnValue:
    """Add a person and show the one-time link."""
    form = PersonForm()
    if not (form.validate() and proof.given(form)):
        return render_template("desk/people/new.html", form=form), 422
    by = current_session().person_id
    try:
        person = people.take_on(
            db(),
            name=form.name.data,
            display_name=form.display_name.data.strip(),
            roles_given=chosen_roles(form.roles.data),
            by=by,
            now=utcnow(),
        )
    except (NameTaken, BadName):
        form.name.errors = ["这个登录名有人用，或者有人用过，请换一个"]
        return render_template("desk/people/new.html", form=form), 422
    return _issue(person)


@bp.get("/<person_id>")
@allowed(Permission.PEOPLE)
def show(person_id: str) -> ResponseReturnValue:
    """Show one person."""
    person = _find(person_id)
    links = enrolment.open_links(db(), now=utcnow())
    return render_template(
        "desk/people/person.html",
        person=people.line(person, links.get(person.id)),
        held=keys.held_ids(db(), person.id),
        own=person.id == current_session().person_id,
    )


@bp.get("/<person_id>/roles")
@allowed(Permission.PEOPLE)
def roles(person_id: str) -> ResponseReturnValue:
    """Ask for other roles."""
    person = _find(person_id)
    form = RolesForm(formdata=restored_form(), roles=choice_of(people.roles_of(person)))
    return render_template("desk/people/roles.html", form=form, person=person)


@bp.post("/<person_id>/roles")
@allowed(Permission.PEOPLE)
def change_roles(person_id: str) -> ResponseReturnValue:
    """Give other roles."""

    def change(form: RolesForm, person: Person) -> ResponseReturnValue:
        given = chosen_roles(form.roles.data)
        by = current_session().person_id
        people.change_roles(db(), person, given, by=by, now=utcnow())
        return redirect(url_for(".show", person_id=person_id))

    return _change(person_id, RolesForm(), "desk/people/roles.html", change)


@bp.get("/<person_id>/link/new")
@allowed(Permission.PEOPLE)
def new_link(person_id: str) -> ResponseReturnValue:
    """Ask whether a new link is meant."""
    person = _find(person_id)
    return render_template(
        "desk/people/new_link.html",
        form=ProofForm(),
        person=person,
        alone=keys.ids_held_alone(db(), person.id),
    )


@bp.post("/<person_id>/link/new")
@allowed(Permission.PEOPLE)
def issue_link(person_id: str) -> ResponseReturnValue:
    """Make a new link."""

    def change(_form: ProofForm, person: Person) -> ResponseReturnValue:
        people.refuse_self_and_gone(person, current_session().person_id)
        return _issue(person)

    return _change(person_id, ProofForm(), "desk/people/new_link.html", change)


@bp.get("/<person_id>/link")
@allowed(Permission.PEOPLE)
def link(person_id: str) -> ResponseReturnValue:
    """Show a link that was just made, until another one is."""
    person, made = _find(person_id), session.get(LINK)
    if not made or made["person"] != person_id:
        return redirect(url_for(".show", person_id=person_id))
    address = url_for("enrolment.show", token=made["token"], _external=True)
    return render_template("desk/people/link.html", person=person, address=address)


@bp.get("/<person_id>/let-go")
@allowed(Permission.PEOPLE)
def ask_let_go(person_id: str) -> ResponseReturnValue:
    """Ask whether the person is really to be let go."""
    person = _find(person_id)
    return render_template("desk/people/let_go.html", form=ProofForm(), person=person)


@bp.post("/<person_id>/let-go")
@allowed(Permission.PEOPLE)
def let_go(person_id: str) -> ResponseReturnValue:
    """Deactivate the person."""

    def change(_form: ProofForm, person: Person) -> ResponseReturnValue:
        people.let_go(db(), person, by=current_session().person_id, now=utcnow())
        return redirect(url_for(".index"))

    return _change(person_id, ProofForm(), "desk/people/let_go.html", change)


def _change(
    person_id: str,
    form: Asked,
    template: str,
    change: Callable[[Asked, Person], ResponseReturnValue],
) -> ResponseReturnValue:
    """Check form and proof, change the person, and say what stands in the way."""
    right = form.validate() and proof.given(form)
    person = _find(person_id)
    if not right:
        return render_template(template, form=form, person=person), 422
    try:
        return change(form, person)
    except OwnAccount:
        form.form_errors.append("不能改自己的账号，请由另一名安全管理员来改")
    except HasLeft:
        form.form_errors.append("这个账号已经停用，不能再改")
    except LastHolder as last:
        form.form_errors.append(_last_holder(person, last))
    return render_template(template, form=form, person=person), 422


def _last_holder(person: Person, last: LastHolder) -> str:
    return (
        f"现在只有{person.display_name}持有 {'、'.join(last.key_ids)}，收回以后就没有人能打开了。"
        "请先让持有人把密钥授予另一位同事，或者由同事用密钥纸导入"
    )


def _issue(person: Person) -> ResponseReturnValue:
    by = current_session().person_id
    token = enrolment.issue(db(), person, by=by, now=utcnow())
    session[LINK] = {"person": person.id, "token": token}
    return redirect(url_for(".link", person_id=person.id))


def _find(person_id: str) -> Person:
    try:
        return people.get(db(), person_id)
    except UnknownPerson:
        abort(404)
