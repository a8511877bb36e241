"""/track: the code, and where its report stands."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import tracking
from portal.public.forms.tracking import TrackForm
from portal.public.house import public_house
from portal.public.routes import looks, visitor
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import confidential
from portal.reference.days import utcnow
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
        "public/track/case.html",
        case=shown,
        look=looked,
        just_sent=request.args.get("sent"),
        claimed="claimed" in request.args,
    )


def _again(sentence: str, status: int) -> ResponseReturnValue:
    form = TrackForm()
    with_sentence(form, sentence)
    return render_template("public/track/code.html", form=form, over=False), status


keep_words(bp, _again)
