"""/healthz: whether the desk works, for machines; names nothing else."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.desk.house import desk_house
from portal.desk.routes.access import for_anyone
from portal.exchange.status import exchange_status
from portal.web import lockdown
from portal.web.transactions import db

bp = Blueprint("health", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
@for_anyone
def healthz() -> ResponseReturnValue:
    """Answer `ok`, and whether the letterbox asks for a person; 503 without a database."""
    desk_house().database.answers()
    if lockdown.in_force(desk_house().settings.instance):
        return "closed: lockdown\n", 503, PLAIN
    exchange = "sound" if exchange_status(db()).is_sound else "look at /exchange"
    return f"ok\nexchange: {exchange}\n", 200, PLAIN
