"""Staff, as the security administrator manages them."""

from flask import Blueprint, abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import changes, enrolment, key_losses, keys, people, signing_in
from portal.desk.domain.changes import AlreadyProposed, Change, Kind, Outcome
from portal.desk.domain.key_losses import LastHolder
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
REFUSALS: dict[type[Exception], str] = {
    OwnAccount: "不能改自己的账号，请由另一名安全管理员来改",
    HasLeft: "这个账号已经停用，不能再改",
    AlreadyProposed: "这项变动已经有人提出，正等另一名安全管理员确认，不用再提",
    NameTaken: "这个登录名已经有人用，请撤掉，换一个登录名再提",
}
REFUSED: tuple[type[Exception], ...] = (*REFUSALS, LastHolder)


@bp.get("")
@allowed(Permission.PEOPLE)
def index() -> ResponseReturnValue:
    """List everybody."""
    now = utcnow()
    return render_template(
        "desk/people/index.html",
        people=people.overview(db(), now=now),
        waiting=changes.waiting(db(), now=now),
        alone=changes.alone(db()),
    )


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
    change = Change(
        kind=Kind.TAKE_ON,
        name=signing_in.canonical_name(form.name.data),
        display_name=form.display_name.data.strip(),
        roles=chosen_roles(form.roles.data),
    )
    return _propose(form, change) or (
        render_template("desk/people/new.html", form=form),
        422,
    )


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
    form = RolesForm()
    change = Change(kind=Kind.ROLES, person_id=person_id, roles=form.chosen)
    return _change(form, change, "desk/people/roles.html")


@bp.get("/<person_id>/link/new")
@allowed(Permission.PEOPLE)
def new_link(person_id: str) -> ResponseReturnValue:
    """Ask whether a new link is meant."""
    person = _find(person_id)
    return render_template(
        "desk/people/new_link.html",
        form=ProofForm(),
        person=person,
        alone=key_losses.ids_held_alone(db(), person.id),
    )


@bp.post("/<person_id>/link/new")
@allowed(Permission.PEOPLE)
def issue_link(person_id: str) -> ResponseReturnValue:
    """Make a new link."""
    change = Change(kind=Kind.LINK, person_id=person_id)
    return _change(ProofForm(), change, "desk/people/new_link.html")


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
    change = Change(kind=Kind.LET_GO, person_id=person_id)
    return _change(ProofForm(), change, "desk/people/let_go.html")


def refusal(error: Exception) -> str:
    """Say why a change of a person cannot take effect."""
    if isinstance(error, LastHolder):
        return (
            f"现在没有别人持有 {'、'.join(error.key_ids)}，收回以后就没有人能打开了。"
            "请先让持有人把密钥授予另一位同事，或者由同事用密钥纸导入"
        )
    return REFUSALS[type(error)]


def took_effect(outcome: Outcome) -> ResponseReturnValue:
    """Lead on to the person who was changed; a new link is shown in this browser alone."""
    if outcome.token is None:
        return redirect(url_for("people.show", person_id=outcome.person.id))
    session[LINK] = {"person": outcome.person.id, "token": outcome.token}
    return redirect(url_for("people.link", person_id=outcome.person.id))


def _change(form: ProofForm, change: Change, template: str) -> ResponseReturnValue:
    """Check form and proof, then change the person or propose it."""
    right = form.validate() and proof.given(form)
    person = _find(change.person_id or "")
    answer = _propose(form, change) if right else None
    return answer or (render_template(template, form=form, person=person), 422)


def _propose(form: ProofForm, change: Change) -> ResponseReturnValue | None:
    """Change or propose; None when something stands in the way, which the form then says."""
    try:
        done = changes.propose(db(), change, by=current_session().person_id, now=utcnow())
    except (NameTaken, BadName):
        form.name.errors = ["这个登录名有人用，或者有人用过，请换一个"]
        return None
    except REFUSED as error:
        form.form_errors.append(refusal(error))
        return None
    if isinstance(done, Outcome):
        return took_effect(done)
    return redirect(url_for("changes.show", change_id=done))


def _find(person_id: str) -> Person:
    try:
        return people.get(db(), person_id)
    except UnknownPerson:
        abort(404)
