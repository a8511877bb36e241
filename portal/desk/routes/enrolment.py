"""The one-time link: a passphrase and a secret are shown, copied, and typed back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import enrolment, one_time_codes, passphrases, recovery_codes
from portal.desk.domain.enrolment import BadLink, WrongCode
from portal.desk.forms.enrolment import EnrolForm
from portal.desk.house import desk_house
from portal.desk.models.people import Person
from portal.desk.routes.access import for_anyone
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("enrolment", __name__)

DRAWN = "enrolment"
CODE_IS_WRONG = "动态码不对。请看手机上的时间准不准，等它换成新的6位数字再填"


@dataclass(frozen=True)
class Drawn:
    """What one browser was shown for one link; the encrypted cookie carries it until it is used."""

    token: str
    passphrase: str
    totp_secret: str
    recovery_codes: list[str]


@bp.get("/enrol/<token>")
@for_anyone
def show(token: str) -> ResponseReturnValue:
    """Show the passphrase and the secret that this browser was given."""
    try:
        person = enrolment.find(db(), token, now=utcnow())
    except BadLink:
        return _closed()
    return _page(EnrolForm(), person, _drawn(token) or _draw(token))


@bp.post("/enrol/<token>")
@for_anyone
def enrol(token: str) -> ResponseReturnValue:
    """Take both back and make the person's keys."""
    form, now = EnrolForm(), utcnow()
    try:
        person = _whom(token, now)
        drawn = _drawn(token)
        if drawn is None:
            return _start_again(form, person, token)
        step = _typed_back(form, drawn, now)
        if step is None:
            return _page(form, person, drawn), 422
        house = desk_house()
        credentials = enrolment.prepare(
            drawn.passphrase, drawn.totp_secret, house.host_secret, house.password_cost
        )
        person = enrolment.complete(db(), token, credentials, step=step, now=now)
        recovery_codes.replace(db(), person, drawn.recovery_codes, house.host_secret, now=now)
    except BadLink:
        return _closed()
    session.pop(DRAWN)
    return redirect(url_for("signing_in.show", said="enrolled"))


def _whom(token: str, now: datetime) -> Person:
    with desk_house().database.reading() as reader:
        return enrolment.find(reader, token, now=now)


def _typed_back(form: EnrolForm, drawn: Drawn, now: datetime) -> int | None:
    """Return the step of the right code; what is wrong is said beside the fields."""
    if not form.validate():
        return None
    if not passphrases.same(form.passphrase.data, drawn.passphrase):
        form.passphrase.errors = ["和上面的口令不一样，请对着再看一遍"]
        return None
    try:
        return enrolment.check_code(drawn.totp_secret, form.code.data, now=now)
    except WrongCode:
        form.code.errors = [CODE_IS_WRONG]
        return None


def _start_again(form: EnrolForm, person: Person, token: str) -> ResponseReturnValue:
    form.validate()
    form.passphrase.errors = ["页面过期了，口令和密钥已经换成新的，请照上面重新抄、重新加"]
    return _page(form, person, _draw(token)), 422


def _drawn(token: str) -> Drawn | None:
    kept = session.get(DRAWN)
    return Drawn(**kept) if kept and kept["token"] == token else None


def _draw(token: str) -> Drawn:
    secret = one_time_codes.draw_secret()
    drawn = Drawn(token, passphrases.draw(), secret, recovery_codes.draw())
    session[DRAWN] = asdict(drawn)
    return drawn


def _page(form: EnrolForm, person: Person, drawn: Drawn) -> str:
    issuer = desk_house().settings.body.name
    return render_template(
        "desk/enrolment/enrol.html",
        form=form,
        person=person,
        words=drawn.passphrase.split(),
        codes=drawn.recovery_codes,
        secret=one_time_codes.grouped(drawn.totp_secret),
        address=one_time_codes.address(drawn.totp_secret, person.name, issuer),
    )


def _closed() -> ResponseReturnValue:
    return render_template("desk/enrolment/closed.html"), 404
