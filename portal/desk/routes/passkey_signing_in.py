"""Coming in with a passkey: name and passphrase first, then the browser is asked."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import passkey_answers, passkeys
from portal.desk.domain.passkey_challenges import Asked, ChallengeOver, Purpose
from portal.desk.domain.signing_in import Delayed, WrongCredentials
from portal.desk.forms.passkeys import AnswerForm
from portal.desk.forms.signing_in import PasskeySignInForm
from portal.desk.routes import challenges, proof, signing_in
from portal.desk.routes.access import for_anyone
from portal.reference.days import utcnow
from portal.sealing.keys import Identity
from portal.slots import Busy
from portal.web.transactions import db

bp = Blueprint("passkey_signing_in", __name__, url_prefix="/sign-in/passkey")

NOT_RIGHT = "登录名或口令不对，或者这个账号没有通行密钥。没有通行密钥的，请填动态码登录"
REFUSED = "通行密钥没有通过。请从登录名开始再登录一次，或者改填动态码"


@bp.post("")
@for_anyone
def ask() -> ResponseReturnValue:
    """Take name and passphrase; whoever has a passkey too is asked for it."""
    form, now = PasskeySignInForm(), utcnow()
    if not form.validate():
        return signing_in.page(form), 422
    if challenges.party() is None:
        return redirect(url_for("signing_in.show"))
    try:
        person_id, own = proof.prove_passphrase(form.name.data, form.password.data, now=now)
    except Delayed as delay:
        return signing_in.refuse(form, proof.wait(delay.seconds))
    except WrongCredentials:
        return signing_in.refuse(form, NOT_RIGHT)
    except Busy:
        return signing_in.busy(form)
    carried = {"own": str(own), "next": form.next.data or "", "kept": form.kept.data or ""}
    challenges.ask(person_id, Purpose.SIGN_IN, carried)
    return redirect(url_for(".show"))


@bp.get("")
@for_anyone
def show() -> ResponseReturnValue:
    """Let the browser ask for the passkey."""
    party = challenges.party()
    try:
        asked = challenges.look(Purpose.SIGN_IN)
    except ChallengeOver:
        return redirect(url_for("signing_in.show"))
    if party is None:
        return redirect(url_for("signing_in.show"))
    known = passkeys.of(db(), asked.person_id)
    options = passkey_answers.request_options(party, known, asked.challenge)
    return render_template("desk/signing_in/passkey.html", form=AnswerForm(), options=options)


@bp.post("/answer")
@for_anyone
def answer() -> ResponseReturnValue:
    """Sign in after a right answer; a wrong one means to begin again."""
    form, party = AnswerForm(), challenges.party()
    if not form.validate():
        return signing_in.refuse(PasskeySignInForm(formdata=None), REFUSED)
    try:
        asked = challenges.take(Purpose.SIGN_IN)
    except ChallengeOver:
        return redirect(url_for("signing_in.show"))
    if party is None:
        return _begin_again(asked)
    own = Identity.parse(asked.carried["own"])
    try:
        right = proof.prove_passkey(party, asked, own, form.answer.data, now=utcnow())
    except WrongCredentials:
        return _begin_again(asked)
    return redirect(signing_in.begin(right, asked.carried["next"], asked.carried["kept"]))


def _begin_again(asked: Asked) -> ResponseReturnValue:
    kept = {name: asked.carried[name] for name in ("next", "kept")}
    return signing_in.refuse(PasskeySignInForm(formdata=None, data=kept), REFUSED)
