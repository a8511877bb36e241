"""Coming in and going out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import audit, sessions
from portal.desk.domain.signing_in import Delayed, Proof, WrongCredentials
from portal.desk.forms.signing_in import SignInForm, SignOutForm
from portal.desk.house import desk_house
from portal.desk.routes import kept, proof
from portal.desk.routes.access import for_anyone, remember, session_token
from portal.reference.days import utcnow
from portal.slots import Busy
from portal.web.transactions import db

bp = Blueprint("signing_in", __name__)

BUSY = "现在同时登录的人太多，这一次没有核对，也没有算错。请等几秒，再填口令和动态码登录"
SAID = frozenset({"out", "enrolled"})


@bp.get("/sign-in")
@for_anyone
def show() -> ResponseReturnValue:
    """Ask for name, passphrase and code."""
    wanted = request.args.get("next", "")
    form = SignInForm(formdata=None, next=wanted if kept.is_page(wanted) else "")
    said = request.args.get("said", "")
    return page(form, said=said if said in SAID else "")


@bp.post("/sign-in")
@for_anyone
def sign_in() -> ResponseReturnValue:
    """Sign in; a new session begins, whatever the cookie held before."""
    form, now = SignInForm(), utcnow()
    if not form.validate():
        return page(form), 422
    try:
        right = proof.prove(form.name.data, form.password.data, form.code.data, now=now)
    except Delayed as delay:
        return refuse(form, proof.wait(delay.seconds))
    except WrongCredentials:
        return refuse(form, proof.NOT_RIGHT)
    except Busy:
        return busy(form)
    onward = begin(right, form.next.data or "", form.kept.data or "")
    if right.recovery_code:
        return redirect(url_for("account.show", said="recovery", next=onward))
    return redirect(onward)


@bp.post("/sign-out")
@for_anyone
def sign_out() -> ResponseReturnValue:
    """End the session and clear what the browser holds of it."""
    form, token = SignOutForm(), session_token()
    if not form.validate() and token is not None:
        return render_template("desk/signing_in/sign_out.html", form=form), 422
    if token is not None:
        _end(token)
    session.clear()
    answer = redirect(url_for(".show", said="out"))
    if desk_house().https:
        answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def begin(right: Proof, wanted: str, kept_text: str) -> str:
    """Begin a session after a right proof; return the address to go on to."""
    now, before = utcnow(), session_token()
    if before is not None:
        sessions.end(db(), sessions.session_id(before))
    sessions.expire(db(), now=now)
    token = sessions.begin(db(), right.person_id, right.own, now=now)
    audit.record(db(), person_id=right.person_id, act="signed-in", target="-", now=now)
    remember(token)
    given_back = kept.give_back(kept_text, right.person_id)
    if given_back is None:
        return wanted if kept.is_page(wanted) else "/"
    path, fields = given_back
    if not kept.is_page(path):
        return "/"
    sessions.put_refill(db(), token, path, fields)
    return path


def _end(token: bytes) -> None:
    ended = sessions.end(db(), sessions.session_id(token))
    if ended is not None:
        audit.record(db(), person_id=ended, act="signed-out", target="-", now=utcnow())


def refuse(form: SignInForm, why: str) -> ResponseReturnValue:
    """Show the form again with what was wrong."""
    form.password.errors = [why]
    return page(form), 422


def busy(form: SignInForm) -> ResponseReturnValue:
    """Show the form again when too many try to sign in at once."""
    form.password.errors = [BUSY]
    return page(form), 503


def page(form: SignInForm, said: str = "") -> str:
    """Show the form."""
    return render_template("desk/signing_in/sign_in.html", form=form, said=said)
