"""The open pages: nothing confidential, no cookie, to be cached."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.headers import open_page

bp = Blueprint("pages", __name__)


@bp.get("/")
@open_page
def home() -> ResponseReturnValue:
    """Show the doors."""
    return render_template("public/pages/home.html")


@bp.get("/help")
@open_page
def help_page() -> ResponseReturnValue:
    """Show how to report, and what is taken and what not."""
    return render_template("public/pages/help.html")


@bp.get("/help/safety")
@open_page
def safety() -> ResponseReturnValue:
    """Show how to stay safe."""
    return render_template("public/pages/safety.html")


@bp.get("/help/after")
@open_page
def after() -> ResponseReturnValue:
    """Show what happens after a report, and by when."""
    return render_template("public/pages/after.html")


@bp.get("/privacy")
@open_page
def privacy() -> ResponseReturnValue:
    """Show what is kept, what is not, and what nobody can promise."""
    return render_template("public/pages/privacy.html")


@bp.get("/accessibility")
@open_page
def accessibility() -> ResponseReturnValue:
    """Show what is done for people who see, hear or type with difficulty."""
    return render_template("public/pages/accessibility.html")
