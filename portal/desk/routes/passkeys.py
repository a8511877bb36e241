"""One's own passkeys: which there are, one more, one less."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import passkey_answers, passkeys, people
from portal.desk.domain.passkey_answers import BadAnswer
from portal.desk.domain.passkey_challenges import Asked, ChallengeOver, Purpose
from portal.desk.domain.passkeys import KnownAlready, TooMany, UnknownPasskey
from portal.desk.domain.relying_party import RelyingParty
from portal.desk.domain.roles import Permission
from portal.desk.forms.fields import ProofForm
from portal.desk.forms.passkeys import AnswerForm, NewPasskeyForm
from portal.desk.models.passkeys import Passkey
from portal.desk.routes import challenges, proof
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")

SAID = frozenset({"added", "removed"})
ENOUGH = f"最多登记{passkeys.MOST}把，请先删掉不用的"
NOT_MADE = "没有登记成功，请再试一次"
MADE_BEFORE = "这把通行密钥已经登记过了"


@bp.get("")
@allowed(Permission.ACCOUNT)
def index() -> ResponseReturnValue:
    """List the own passkeys."""
    said = request.args.get("said", "")
    return render_template(
        "desk/passkeys/index.html",
        known=passkeys.of(db(), current_session().person_id),
        missing=challenges.missing(),
        origin=challenges.origin(),
        said=said if said in SAID else "",
        most=passkeys.MOST,
    )


@bp.get("/new")
@allowed(Permission.ACCOUNT)
def new() -> ResponseReturnValue:
    """Ask what the new passkey is to be called."""
    if challenges.party() is None:
        return redirect(url_for(".index"))
    return _new_page(NewPasskeyForm(formdata=None))


@bp.post("/new")
@allowed(Permission.ACCOUNT)
def ask() -> ResponseReturnValue:
    """Take the name; the browser is asked to make the passkey."""
    form, person_id = NewPasskeyForm(), current_session().person_id
    if not form.validate():
        return _new_page(form), 422
    if challenges.party() is None:
        return redirect(url_for(".index"))
    if not proof.given(form):
        return _new_page(form), 422
    challenges.ask(person_id, Purpose.ADD, {"name": form.name.data.strip()})
    return redirect(url_for(".show_device"))


@bp.get("/device")
@allowed(Permission.ACCOUNT)
def show_device() -> ResponseReturnValue:
    """Let the browser make a passkey."""
    party = challenges.party()
    try:
        asked = challenges.look(Purpose.ADD)
    except ChallengeOver:
        return redirect(url_for(".new"))
    if party is None:
        return redirect(url_for(".new"))
    person = people.get(db(), asked.person_id)
    known = passkeys.of(db(), person.id)
    options = passkey_answers.creation_options(party, person, known, asked.challenge)
    return render_template(
        "desk/passkeys/device.html", form=AnswerForm(), options=options, name=asked.carried["name"]
    )


@bp.post("/device")
@allowed(Permission.ACCOUNT)
def add() -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    form, party = AnswerForm(), challenges.party()
    if not form.validate():
        return _not_made("", NOT_MADE)
    try:
        asked = challenges.take(Purpose.ADD)
    except ChallengeOver:
        return redirect(url_for(".new"))
    if party is None:
        return _not_made(asked.carried["name"], NOT_MADE)
    return _keep(party, asked, form.answer.data)


@bp.get("/<passkey_id>/remove")
@allowed(Permission.ACCOUNT)
def confirm_removal(passkey_id: str) -> ResponseReturnValue:
    """Ask whether a passkey is to be removed."""
    return _removal_page(ProofForm(), _own(passkey_id))


@bp.post("/<passkey_id>/remove")
@allowed(Permission.ACCOUNT)
def remove(passkey_id: str) -> ResponseReturnValue:
    """Remove a passkey; it opens nothing any more."""
    form = ProofForm()
    if not (form.validate() and proof.given(form)):
        return _removal_page(form, _own(passkey_id)), 422
    passkeys.remove(db(), current_session().person_id, _own(passkey_id).id, now=utcnow())
    return redirect(url_for(".index", said="removed"))


def _keep(party: RelyingParty, asked: Asked, answer: str) -> ResponseReturnValue:
    name = asked.carried["name"]
    try:
        made = passkey_answers.check_made(party, asked.challenge, answer)
        passkeys.add(db(), asked.person_id, made, name, now=utcnow())
    except BadAnswer:
        return _not_made(name, NOT_MADE)
    except KnownAlready:
        return _not_made(name, MADE_BEFORE)
    except TooMany:
        return _not_made(name, ENOUGH)
    return redirect(url_for(".index", said="added"))


def _not_made(name: str, why: str) -> ResponseReturnValue:
    form = NewPasskeyForm(formdata=None, name=name)
    form.name.errors = [why]
    return _new_page(form), 422


def _new_page(form: NewPasskeyForm) -> str:
    return render_template("desk/passkeys/new.html", form=form)


def _own(passkey_id: str) -> Passkey:
    try:
        return passkeys.get(db(), current_session().person_id, passkey_id)
    except UnknownPasskey:
        abort(404)


def _removal_page(form: ProofForm, passkey: Passkey) -> str:
    return render_template("desk/passkeys/remove.html", form=form, passkey=passkey)
