"""/cases/new: a clerk enters a letter, a visit or a call; it is registered at once."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import letters
from portal.desk.domain.letters import Ledger
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.letters import LetterForm
from portal.desk.house import desk_house
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.opening import opener
from portal.reference.days import local_day, utcnow
from portal.sealing.manifest import ManifestError
from portal.web.transactions import db

bp = Blueprint("letters", __name__, url_prefix="/cases/new")

NO_KEY = "您没有部门密钥，登记了也打不开。请在“密钥”里导入，或者请同事授予。您写的还在下面。"
NO_MANIFEST = "密钥清单不能用，现在不能登记。请告诉系统管理员。您写的还在下面。"


@bp.get("")
@allowed(Permission.INTAKE)
def new() -> ResponseReturnValue:
    """Show the empty form; the day of receipt is today until another one is typed."""
    given = {"received_on": local_day(utcnow()).isoformat(), "once": letters.draw_once()}
    return _page(LetterForm(formdata=restored_form(), data=given))


@bp.post("")
@allowed(Permission.INTAKE)
def enter() -> ResponseReturnValue:
    """Seal what was typed and register it; the same form again leads to the same case."""
    form, now = LetterForm(), utcnow()
    form.today = local_day(now)
    if not form.validate():
        return _page(form), 422
    house, person_id = desk_house(), current_session().person_id
    try:
        sealed = letters.seal(form.entry(), _once(form), house.manifest.current(now))
        ledger = Ledger(opener(), house.settings.service.first_look_days)
        case = ledger.enter(db(), sealed, person_id, now)
    except ManifestError:
        form.form_errors.append(NO_MANIFEST)
        return _page(form), 503
    except KeyNotHeld:
        form.form_errors.append(NO_KEY)
        return _page(form), 409
    return redirect(url_for("cases.show", reference=case.reference, entered=1), 303)


def _once(form: LetterForm) -> str:
    return form.once.data or letters.draw_once()


def _page(form: LetterForm) -> str:
    return render_template("desk/letters/new.html", form=form)
