"""/track/case/rate: how satisfied the citizen is, when a report has ended."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import answers, ratings
from portal.public.domain.ratings import NotEnded, TooManyRatings
from portal.public.domain.tracking import CasePage, Look
from portal.public.forms.ratings import LateRatingForm, RatingForm
from portal.public.house import public_house
from portal.public.routes import looks
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import confidential
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = confidential(Blueprint("ratings", __name__, url_prefix="/track/case/rate"))


@bp.get("")
def ask() -> ResponseReturnValue:
    """Ask how satisfied the citizen is; an earlier rating is not shown, nobody here can open it."""
    shown = looks.present_case()
    if shown is None or not shown.can_be_rated:
        return redirect(url_for("tracking.case"), 303)
    return _page(RatingForm(data={"once": answers.draw_once()}), shown)


@bp.post("")
def rate() -> ResponseReturnValue:
    """Seal and send the rating; a look that is over asks for the code below it."""
    now = utcnow()
    looked = looks.present(now)
    form = RatingForm() if looked else LateRatingForm()
    if not form.validate():
        return _page(form, looks.present_case()), 422
    again = looked or looks.derived(form)
    try:
        _send(again, form, now)
    except NotEnded as error:
        full = isinstance(error, TooManyRatings)
        return render_template("public/track/rate_refused.html", form=form, full=full), 409
    if looked is None:
        looks.begin(again, now)
    return redirect(url_for("tracking.case"), 303)


def _send(looked: Look, form: RatingForm, now: datetime) -> None:
    house, found = public_house(), looks.case_of(looked)
    if found is None:
        raise NotEnded
    case, keys = found
    sealed = ratings.seal(form.rating, case.id, keys, house.admit(now), now)
    ratings.send(db(), house.outbox, sealed, form.once.data or answers.draw_once(), now)


def _page(form: RatingForm, shown: CasePage | None) -> str:
    late = isinstance(form, LateRatingForm)
    return render_template("public/track/rate.html", form=form, case=shown, late=late)


def _again(sentence: str, status: int) -> ResponseReturnValue:
    form = LateRatingForm() if "code" in request.form else RatingForm()
    with_sentence(form, sentence)
    return _page(form, None), status


keep_words(bp, _again)
