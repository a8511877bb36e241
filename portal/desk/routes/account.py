"""One's own account: who I am here, and a new passphrase."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import passphrases, people, recovery_codes
from portal.desk.domain.roles import Permission
from portal.desk.domain.signing_in import Delayed, Proof, WrongCredentials
from portal.desk.forms.account import PassphraseForm
from portal.desk.forms.fields import ProofForm
from portal.desk.house import desk_house
from portal.desk.routes import kept, proof
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("account", __name__, url_prefix="/account")

DRAWN = "new_passphrase"
NEW_CODES = "new_recovery_codes"
SAID = frozenset({"changed", "codes", "phone", "recovery"})


@bp.get("")
@allowed(Permission.ACCOUNT)
def show() -> ResponseReturnValue:
    """Show the own account."""
    me, wanted = current_session(), request.args.get("next", "")
    said = request.args.get("said", "")
    return render_template(
        "desk/account/show.html",
        me=me,
        said=said if said in SAID else "",
        left=recovery_codes.left(db(), me.person_id),
        onward=wanted if kept.is_page(wanted) else "/",
        handles=me.may(Permission.CASES),
    )


@bp.get("/passphrase")
@allowed(Permission.ACCOUNT)
def passphrase() -> ResponseReturnValue:
    """Show a new passphrase to copy."""
    return _page(PassphraseForm())


@bp.post("/passphrase")
@allowed(Permission.ACCOUNT)
def change_passphrase() -> ResponseReturnValue:
    """Wrap the own key by the new passphrase; other sessions of this person end."""
    form, person = PassphraseForm(), current_session()
    drawn: str = session.get(DRAWN, "")
    right = _typed_back(form, drawn)
    if right is None:
        return _page(form), 422
    house = desk_house()
    wrapped = passphrases.wrap(right.own, drawn, house.host_secret, house.password_cost)
    people.rewrap(db(), person.person_id, wrapped, keep_session=person.session_id, now=utcnow())
    session.pop(DRAWN)
    return redirect(url_for(".show", said="changed"))


@bp.get("/recovery-codes")
@allowed(Permission.ACCOUNT)
def new_recovery_codes() -> ResponseReturnValue:
    """Show a new set of recovery codes to copy."""
    return _codes_page(ProofForm())


@bp.post("/recovery-codes")
@allowed(Permission.ACCOUNT)
def replace_recovery_codes() -> ResponseReturnValue:
    """Put the set that was shown in force."""
    form = ProofForm()
    shown: list[str] = session.get(NEW_CODES, [])
    if not (form.validate() and shown and proof.given(form)):
        return _codes_page(form), 422
    person = people.get(db(), current_session().person_id)
    secret = desk_house().host_secret
    recovery_codes.replace(db(), person, shown, secret, now=utcnow())
    session.pop(NEW_CODES)
    return redirect(url_for(".show", said="codes"))


def _typed_back(form: PassphraseForm, drawn: str) -> Proof | None:
    """Check the new passphrase, then who is there; what is wrong is said beside the fields."""
    if not form.validate():
        return None
    if not passphrases.same(form.passphrase.data, drawn):
        form.passphrase.errors = ["和上面的新口令不一样，请对着再看一遍"]
        return None
    name, typed = current_session().name, form.password.data
    try:
        return proof.prove(name, typed, form.code.data, now=utcnow())
    except Delayed as delay:
        form.password.errors = [proof.wait(delay.seconds)]
    except WrongCredentials:
        form.password.errors = [proof.NOT_RIGHT]
    return None


def _page(form: PassphraseForm) -> str:
    drawn = session.setdefault(DRAWN, passphrases.draw())
    return render_template("desk/account/passphrase.html", form=form, words=drawn.split())


def _codes_page(form: ProofForm) -> str:
    codes = session.setdefault(NEW_CODES, recovery_codes.draw())
    return render_template("desk/account/recovery_codes.html", form=form, codes=codes)
