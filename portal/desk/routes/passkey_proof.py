"""Showing again who is there, by passphrase and passkey instead of passphrase and code."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import passkey_answers, passkeys, sessions
from portal.desk.domain.passkey_challenges import ChallengeOver, Purpose
from portal.desk.domain.roles import Permission
from portal.desk.domain.signing_in import Delayed, WrongCredentials
from portal.desk.forms.passkeys import AnswerForm, PasskeyProofForm
from portal.desk.routes import challenges, kept, proof
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("passkey_proof", __name__, url_prefix="/account/proof")

NOT_RIGHT = "口令不对，或者您还没有通行密钥"
REFUSED = "通行密钥没有通过，请再填一次口令"
BACK = "/account"


@bp.get("")
@allowed(Permission.ACCOUNT)
def show() -> ResponseReturnValue:
    """Ask for the passphrase."""
    wanted = request.args.get("next", "")
    return _page(PasskeyProofForm(formdata=None, next=wanted))


@bp.post("")
@allowed(Permission.ACCOUNT)
def ask() -> ResponseReturnValue:
    """Take the passphrase; the browser is asked for the passkey."""
    form, me = PasskeyProofForm(), current_session()
    if challenges.party() is None or not form.validate():
        return _page(form), 422
    try:
        proof.prove_passphrase(me.name, form.password.data, now=utcnow())
    except Delayed as delay:
        return _refuse(form, proof.wait(delay.seconds))
    except WrongCredentials:
        return _refuse(form, NOT_RIGHT)
    challenges.ask(me.person_id, Purpose.PROVE, {"next": form.next.data or ""})
    return redirect(url_for(".show_passkey"))


@bp.get("/passkey")
@allowed(Permission.ACCOUNT)
def show_passkey() -> ResponseReturnValue:
    """Let the browser ask for the passkey."""
    party = challenges.party()
    try:
        asked = challenges.look(Purpose.PROVE)
    except ChallengeOver:
        return redirect(url_for(".show"))
    if party is None:
        return redirect(url_for(".show"))
    known = passkeys.of(db(), asked.person_id)
    options = passkey_answers.request_options(party, known, asked.challenge)
    return render_template("desk/passkeys/proof_answer.html", form=AnswerForm(), options=options)


@bp.post("/passkey")
@allowed(Permission.ACCOUNT)
def answer() -> ResponseReturnValue:
    """Note that the person is there, and go back to where that was asked."""
    form, me, party = AnswerForm(), current_session(), challenges.party()
    if not form.validate():
        return _refuse(PasskeyProofForm(formdata=None), REFUSED)
    try:
        asked = challenges.take(Purpose.PROVE)
    except ChallengeOver:
        return redirect(url_for(".show"))
    again = PasskeyProofForm(formdata=None, next=asked.carried["next"])
    if party is None:
        return _refuse(again, REFUSED)
    try:
        proof.prove_passkey(party, asked, me.own, form.answer.data, now=utcnow())
    except WrongCredentials:
        return _refuse(again, REFUSED)
    sessions.prove(db(), me.session_id, now=utcnow())
    onward = asked.carried["next"]
    return redirect(onward if kept.is_page(onward) else BACK)


def _refuse(form: PasskeyProofForm, why: str) -> ResponseReturnValue:
    form.password.errors = [why]
    return _page(form), 422


def _page(form: PasskeyProofForm) -> str:
    wanted = form.next.data or ""
    return render_template(
        "desk/passkeys/proof.html",
        form=form,
        back=wanted if kept.is_page(wanted) else BACK,
        missing=challenges.missing(),
        origin=challenges.origin(),
    )
