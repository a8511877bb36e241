"""/display: large type and high contrast, without JavaScript."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.forms.display import DisplayForm
from portal.web.display import chosen_display, remember

bp = Blueprint("display", __name__)


@bp.get("/display")
def choose() -> ResponseReturnValue:
    """Show both choices as they are now."""
    return render_template("public/pages/display.html", form=DisplayForm(obj=chosen_display()))


@bp.post("/display")
def keep() -> ResponseReturnValue:
    """Keep the choice in a cookie of its own."""
    form = DisplayForm()
    if not form.validate():
        return render_template("public/pages/display.html", form=form), 422
    response = make_response(redirect(url_for(".choose"), 303))
    remember(response, form.display)
    return response
