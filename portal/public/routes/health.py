"""/healthz: whether reports can be taken now, for machines; names nothing else."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.public.domain.admission import Closed
from portal.public.house import public_house
from portal.reference.days import utcnow
from portal.web import lockdown

bp = Blueprint("health", __name__)

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer `ok`, or 503 and the first thing that is wrong."""
    house = public_house()
    house.database.answers()
    if lockdown.in_force(house.settings.instance):
        return "closed: lockdown\n", 503, PLAIN
    try:
        house.admit(utcnow())
    except Closed as error:
        return f"closed: {error}\n", 503, PLAIN
    return "ok\n", 200, PLAIN
