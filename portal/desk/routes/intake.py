"""/intake: sealed reports that nobody has opened yet, oldest first; claiming opens one."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import cases
from portal.desk.domain.cases import Taken, UnknownCase
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.roles import Permission
from portal.desk.forms.cases import CaseButtonForm
from portal.desk.house import desk_house
from portal.desk.routes.access import allowed, limit_to_own
from portal.desk.routes.opening import NothingToClaim, claim_and_open, claim_next, keep_away
from portal.desk.routes.saved import saved_before
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("intake", __name__, url_prefix="/intake")

CLOSED: dict[type[Exception], str] = {
    KeyNotHeld: "您没有这个时期的收件密钥，或者没有部门密钥，打不开。"
    "请在“密钥”里导入，或者请同事授予。",
    CannotOpen: "登记号{}打不开：密封内容坏了。请告诉系统管理员，不要删除。",
}


@bp.get("")
@allowed(Permission.INTAKE)
def index() -> ResponseReturnValue:
    """List what waits, oldest first."""
    return _page(CaseButtonForm(formdata=None))


@bp.post("/<reference>/claim")
@allowed(Permission.INTAKE)
def claim(reference: str) -> ResponseReturnValue:
    """Claim a report and open it; whoever comes second is told who has it."""
    form = CaseButtonForm()
    if not form.validate():
        return _page(form), 422
    try:
        claim_and_open(reference)
    except MustRecuse:
        return keep_away(cases.get(db(), reference))
    except UnknownCase:
        return _page(form, "没有这个登记号，可能已经处理完。请从下面的名单里选。"), 404
    except Taken as taken:
        return _page(form, f"登记号{reference}已经由{taken.display_name}领取，请办下一件。"), 409
    except (KeyNotHeld, CannotOpen) as refusal:
        return _page(form, CLOSED[type(refusal)].format(reference)), 409
    return redirect(url_for("cases.show", reference=reference), 303)


@bp.post("/next")
@allowed(Permission.INTAKE)
def claim_oldest() -> ResponseReturnValue:
    """Claim and open the oldest report that nobody has."""
    form = CaseButtonForm()
    if not form.validate():
        return _page(form), 422
    try:
        reference = claim_next()
    except NothingToClaim as nothing:
        if nothing.recused:
            return redirect(url_for("recusals.met"), 303)
        return _page(form, "现在没有您能打开的新举报。"), 409
    return redirect(url_for("cases.show", reference=reference), 303)


def _page(form: CaseButtonForm, sentence: str = "") -> str:
    # A refused claim is rolled back: the list is read as everybody else sees it.
    with desk_house().database.reading() as reader:
        limit_to_own(reader)
        lines = cases.unregistered(reader)
    return render_template(
        "desk/intake/index.html",
        form=form,
        lines=lines,
        sentence=sentence,
        today=local_day(utcnow()),
        saved=saved_before(),
    )
