"""/track/case/claim: whoever holds a claim slip exchanges it for a code of their own."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import slips, tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.slips import SlipUsed
from portal.public.domain.tracking import Look
from portal.public.forms.slips import ClaimForm
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import confidential
from portal.reference.days import utcnow
from portal.sealing.tracking_code import TrackingCode
from portal.web.transactions import db

bp = confidential(Blueprint("slips", __name__))


@bp.get("/track/case/claim")
def ask() -> ResponseReturnValue:
    """Show the code that will take the slip's place, to be copied first."""
    looked = _claiming(utcnow())
    if looked is None:
        return redirect(url_for("tracking.case"), 303)
    return _page(ClaimForm(), looked.own)


@bp.post("/track/case/claim")
def claim() -> ResponseReturnValue:
    """Exchange the slip; the same press again gets the same answer."""
    form, now = ClaimForm(), utcnow()
    looked = _claiming(now)
    if looked is None:
        return redirect(url_for("tracking.case", claimed=1), 303)
    if not form.validate_against(looked.own):
        return _page(form, looked.own), 422
    try:
        _exchange(looked, now)
    except SlipUsed:
        return render_template("public/track/slip_used.html"), 409
    return redirect(url_for("tracking.case", claimed=1), 303)


def _claiming(now: datetime) -> Look | None:
    """Return this visitor's look when it is at a case whose slip still waits."""
    house = public_house()
    with house.database.reading() as reader:
        looked = visitor.current_look(reader, now)
        found = tracking.find_case(reader, looked.keys) if looked else None
    return looked if found and found[0].is_unclaimed else None


def _exchange(looked: Look, now: datetime) -> None:
    house, newest = public_house(), public_house().peppers[:1]
    with house.database.reading() as reader:
        found = tracking.find_case(reader, looked.keys)
    if found is None:
        raise SlipUsed
    case, slip_keys = found
    own = derive_all(house.filing_slots, looked.own, newest)
    signed = slips.sign(case.id, slip_keys, own[0], newest[0].id, now)
    slips.exchange(db(), house.outbox, signed, now)
    tracking.look_with(db(), visitor.look_token(), Look(own, own=looked.own))


def _page(form: ClaimForm, code: TrackingCode | None) -> str:
    return render_template("public/track/claim.html", form=form, code=code)


def _again(sentence: str, status: int) -> ResponseReturnValue:
    form = ClaimForm()
    with_sentence(form, sentence)
    return _page(form, None), status


keep_words(bp, _again)
