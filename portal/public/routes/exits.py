"""/exit: leave, and clear what this phone and this site keep of the visit."""

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import tracking
from portal.public.domain.drafts import DraftPlace
from portal.public.forms.exits import ExitForm
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.web.display import Display, remember
from portal.web.transactions import db

bp = Blueprint("exits", __name__)

CACHE = '"cache"'
# A browser ignores the header over plain HTTP; there the cookies are deleted by name.
EVERYTHING = '"cache", "cookies", "storage"'


@bp.get("/exit")
def leave() -> ResponseReturnValue:
    """Ask before clearing, and say what goes and what stays; or that it is done."""
    if "done" in request.args:
        return render_template("public/report/cleared.html")
    unfinished = visitor.unfinished_draft() is not None
    return render_template("public/report/exit.html", form=ExitForm(), unfinished=unfinished)


@bp.post("/exit")
def clear() -> ResponseReturnValue:
    """Delete the draft and the look at a case, and every cookie."""
    form = ExitForm()
    if not form.validate():
        return render_template("public/report/exit.html", form=form, unfinished=False), 422
    _forget_rows()
    session.clear()
    response = make_response(redirect(url_for(".leave", done=1), 303))
    remember(response, Display())
    response.headers["Clear-Site-Data"] = EVERYTHING if public_house().https else CACHE
    return response


def _forget_rows() -> None:
    draft, look = visitor.draft_token(), visitor.look_token()
    if draft:
        DraftPlace(db(), public_house().drafts, draft).discard()
    if look:
        tracking.end(db(), look)
