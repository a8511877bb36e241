"""/deadlines: what is due today and this week, what has passed, what has lain longest."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import calendar, deadlines
from portal.desk.domain.deadlines import Board
from portal.desk.domain.roles import Permission
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("deadlines", __name__, url_prefix="/deadlines")


@bp.get("")
@allowed(Permission.CASES)
def index() -> ResponseReturnValue:
    """Show the board."""
    return render_template("desk/deadlines/index.html", board=board_now())


def board_now() -> Board:
    """Return the board as the signed-in person may see it today."""
    return deadlines.board(
        db(),
        calendar.load(db()),
        local_day(utcnow()),
        opens=current_session().may(Permission.INTAKE),
    )
