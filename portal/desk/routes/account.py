"""One's own account: who I am here, and a new passphrase."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import passphrases, people
from portal.desk.domain.roles import Permission
from portal.desk.domain.signing_in import Delayed, Proof, WrongCredentials
from portal.desk.forms.account import PassphraseForm
from portal.desk.house import desk_house
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("account", __name__, url_prefix="/account")

DRAWN = "new_passphrase"


@bp.get("")
@allowed(Permission.ACCOUNT)
def show() -> ResponseReturnValue:
    """Show the own account."""
    changed = request.args.get("said") == "changed"
    return render_template("desk/account/show.html", me=current_session(), changed=changed)


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
