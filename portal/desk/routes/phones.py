"""A new phone for the codes: a new secret is shown, and typed back as a code of it."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import enrolment, one_time_codes, phones
from portal.desk.domain.enrolment import WrongCode
from portal.desk.domain.roles import Permission
from portal.desk.forms.phones import PhoneForm
from portal.desk.house import desk_house
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.enrolment import CODE_IS_WRONG
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("phones", __name__, url_prefix="/account/phone")

DRAWN = "new_totp_secret"
DRAWN_ANEW = "页面过期了，密钥已经换成新的，请照上面重新加"


@bp.get("")
@allowed(Permission.ACCOUNT)
def show() -> ResponseReturnValue:
    """Show a new secret for the authenticator app of the new phone."""
    return _page(PhoneForm(formdata=None))


@bp.post("")
@allowed(Permission.ACCOUNT)
def replace() -> ResponseReturnValue:
    """Let the secret that was shown count from now on."""
    form, now = PhoneForm(), utcnow()
    drawn: str | None = session.get(DRAWN)
    step = _step_of_new_phone(form, drawn, now)
    if drawn is None or step is None or not proof.given(form):
        return _page(form), 422
    person = current_session()
    phones.replace(
        db(),
        person.person_id,
        drawn,
        desk_house().host_secret,
        step=step,
        keep_session=person.session_id,
        now=now,
    )
    session.pop(DRAWN)
    return redirect(url_for("account.show", said="phone"))


def _step_of_new_phone(form: PhoneForm, drawn: str | None, now: datetime) -> int | None:
    """Return the step of the right code; what is wrong is said beside the field."""
    if not form.validate():
        return None
    if drawn is None:
        form.fresh.errors = [DRAWN_ANEW]
        return None
    try:
        return enrolment.check_code(drawn, form.fresh.data, now=now)
    except WrongCode:
        form.fresh.errors = [CODE_IS_WRONG]
        return None


def _page(form: PhoneForm) -> str:
    secret = session.setdefault(DRAWN, one_time_codes.draw_secret())
    name, issuer = current_session().name, desk_house().settings.body.name
    return render_template(
        "desk/phones/change.html",
        form=form,
        name=name,
        secret=one_time_codes.grouped(secret),
        address=one_time_codes.address(secret, name, issuer),
    )
