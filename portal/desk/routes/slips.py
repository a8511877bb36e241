"""/cases/<reference>/slip: the claim slip, shown once; and the words that waited for the claim."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import audit, claims, slips
from portal.desk.domain.claims import HandingOver, NothingToHandOver
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.domain.slips import AlreadyClaimed, IssuedMeanwhile, Issuing, NoSlip
from portal.desk.forms.cases import CaseButtonForm
from portal.desk.forms.slips import SlipForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session
from portal.desk.routes.addressed import case_or_404
from portal.desk.routes.opening import opener
from portal.reference.days import local_day, utcnow
from portal.sealing.tracking_code import TrackingCode
from portal.web.transactions import db

bp = Blueprint("slips", __name__, url_prefix="/cases/<reference>/slip")

SLIP = "slip"
REFUSALS: dict[type[Exception], str] = {
    AlreadyClaimed: "查询码已经领取，不能再出领取单。",
    NoSlip: "这件不能出领取单：不是来信来访来电，或者来信没有回信地址。",
    NothingToHandOver: "没有等着发给反映人的话。",
    KeyNotHeld: "您没有打开这件的密钥，请持有人来发。",
    CannotOpen: "写过的话有一段打不开，没有发出去。请告诉系统管理员。",
}


@bp.get("")
@allowed(Permission.INTAKE)
def show(reference: str) -> ResponseReturnValue:
    """Show a slip that was just issued, once; the cookie that carried its code lets it go."""
    case, made = case_or_404(reference), session.pop(SLIP, None)
    code = TrackingCode(made["code"]) if made and made["case"] == case.id else None
    return render_template(
        "desk/slips/show.html",
        case=case,
        code=code,
        slips=slips.lines(db(), case),
        slip_possible=slips.possible(db(), case),
        button=SlipForm(formdata=None),
    )


@bp.post("")
@allowed(Permission.INTAKE)
def issue(reference: str) -> ResponseReturnValue:
    """Issue a slip; a second click finds that it was issued."""
    house, form, now = desk_house(), SlipForm(), utcnow()
    drawn = slips.draw(house.peppers[0])
    case = case_or_404(reference, lock=True)
    if not form.validate():
        return _refused(case, form), 422
    try:
        Issuing(house.items, house.outbox).issue(
            db(),
            case,
            drawn,
            seen=form.seen_slips,
            person_id=current_session().person_id,
            now=now,
        )
    except IssuedMeanwhile:
        return redirect(url_for(".show", reference=reference), 303)
    except (AlreadyClaimed, NoSlip) as refusal:
        return _refused(case, form, REFUSALS[type(refusal)]), 409
    session[SLIP] = {"case": case.id, "code": drawn.code.digits}
    return redirect(url_for(".show", reference=reference), 303)


@bp.post("/words")
@allowed(Permission.ACTS)
def send_words(reference: str) -> ResponseReturnValue:
    """Seal what was written before the claim to the reporter, and send it."""
    house, form, now = desk_house(), CaseButtonForm(), utcnow()
    case, person_id = case_or_404(reference, lock=True), current_session().person_id
    if not form.validate():
        return _refused(case, form), 422
    handing = HandingOver(opener(), house.items, house.outbox)
    try:
        handing.hand_over(db(), case, person_id, local_day(now))
    except (NothingToHandOver, KeyNotHeld, CannotOpen) as refusal:
        return _refused(case, form, REFUSALS[type(refusal)]), 409
    audit.record(db(), person_id=person_id, act=claims.HANDED_OVER, target=case.reference, now=now)
    return redirect(url_for("cases.show", reference=reference), 303)


def _refused(case: Case, form: SlipForm | CaseButtonForm, sentence: str = "") -> str:
    return render_template("desk/cases/refused.html", case=case, form=form, sentence=sentence)
