"""/track: where a report stands, the desk's words, and the citizen's answer."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import answers, tracking
from portal.public.domain.answers import NotAsked
from portal.public.domain.tracking import CasePage, Look
from portal.public.forms.tracking import LateReplyForm, ReplyForm, TrackForm
from portal.public.house import public_house
from portal.public.routes import looks, visitor
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import confidential
from portal.reference.days import utcnow
from portal.reference.vocabulary import vocabulary
from portal.web.transactions import db

bp = confidential(Blueprint("tracking", __name__))


@bp.get("/track")
def track() -> ResponseReturnValue:
    """Ask for the code."""
    return render_template("public/track/code.html", form=TrackForm(), over="over" in request.args)


@bp.post("/track")
def look() -> ResponseReturnValue:
    """Begin a look; the same answer and work for every well-formed code."""
    form = TrackForm()
    if not form.validate():
        return render_template("public/track/code.html", form=form, over=False), 422
    looks.begin(looks.derived(form), utcnow())
    return redirect(url_for(".case"), 303)


@bp.get("/track/case")
def case() -> ResponseReturnValue:
    """Show where the report stands, or that there is nothing to show."""
    looked = visitor.current_look(db(), utcnow())
    if looked is None:
        return redirect(url_for(".track", over=1), 303)
    shown = tracking.case_page(db(), public_house().items, looked)
    if shown is None:
        draft = visitor.unfinished_draft() is not None
        return render_template("public/track/unknown.html", look=looked, draft=draft)
    return render_template(
        "public/track/case.html", case=shown, look=looked, vocabulary=vocabulary()
    )


@bp.get("/track/case/reply")
def reply() -> ResponseReturnValue:
    """Ask for the answer to what the desk wants to know."""
    shown = looks.present_case()
    if shown is None or not shown.asks:
        return redirect(url_for(".case"), 303)
    form = ReplyForm(data={"once": answers.draw_once()})
    return _reply_page(form, shown)


@bp.post("/track/case/reply")
def send() -> ResponseReturnValue:
    """Seal and send the answer; a look that is over asks for the code, beside the words."""
    now = utcnow()
    looked = looks.present(now)
    form = ReplyForm() if looked else LateReplyForm()
    if not form.validate():
        return _reply_page(form, looks.present_case()), 422
    again = looked or looks.derived(form)
    try:
        _send(again, form, now)
    except NotAsked:
        return render_template("public/track/refused.html", typed=form.text.data), 409
    if looked is None:
        looks.begin(again, now)
    return redirect(url_for(".case"), 303)


def _send(looked: Look, form: ReplyForm, now: datetime) -> None:
    house = public_house()
    found = looks.case_of(looked)
    if found is None:
        raise NotAsked
    case, keys = found
    sealed = answers.seal(form.text.data, case.id, keys, house.admit(now), now)
    answers.send(db(), house.outbox, sealed, form.once.data or answers.draw_once(), now)


def _reply_page(form: ReplyForm, shown: CasePage | None) -> str:
    late = isinstance(form, LateReplyForm)
    return render_template("public/track/reply.html", form=form, case=shown, late=late)


def _again(sentence: str, status: int) -> ResponseReturnValue:
    if request.path == url_for(".track"):
        form: TrackForm | ReplyForm = TrackForm()
        with_sentence(form, sentence)
        return render_template("public/track/code.html", form=form, over=False), status
    form = LateReplyForm() if "code" in request.form else ReplyForm()
    with_sentence(form, sentence)
    return _reply_page(form, None), status


keep_words(bp, _again)
