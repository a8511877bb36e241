"""/report/card and /report/chaxun.txt: the code to take along, printed or as a small file."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain.drafts import Draft, Filed
from portal.public.routes import visitor
from portal.public.routes.wizard import confidential
from portal.sealing.tracking_code import TrackingCode

bp = confidential(Blueprint("cards", __name__))

FILE_NAME = "chaxun.txt"


@bp.get("/report/card")
def card() -> ResponseReturnValue:
    """Show the code as a card to print, with its name on it or with digits only."""
    shown = _shown()
    if shown is None:
        return redirect(url_for("filing.check"), 303)
    return render_template(
        "public/report/card.html",
        code=shown.tracking_code,
        plain="plain" in request.args,
        filed=isinstance(shown, Filed),
    )


@bp.get(f"/report/{FILE_NAME}")
def file() -> ResponseReturnValue:
    """Give the code as a small text file; the cookie finds it, so the address tells nothing."""
    shown = _shown()
    if shown is None:
        return redirect(url_for("filing.check"), 303)
    return _file(shown.tracking_code)


def _shown() -> Draft | Filed | None:
    """Return what /report/check or /report/sent shows the code of, at this moment."""
    found = visitor.find_draft()
    if found is None or (found.draft and found.draft.missing):
        return None
    return found.what


def _file(code: TrackingCode) -> Response:
    # Digits and spaces alone: every editor opens it, and nothing says what they are for.
    response = Response(f"{code.grouped}\r\n", content_type="text/plain; charset=us-ascii")
    response.headers["Content-Disposition"] = f"attachment; filename={FILE_NAME}"
    return response
