"""/statistics: figures of satisfaction and counts of reports, for the analyst."""

from random import SystemRandom

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.desk.domain import audit, statistics
from portal.desk.domain.roles import Permission
from portal.desk.domain.statistics import Overview
from portal.desk.forms.fields import ProofForm
from portal.desk.house import desk_house
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, note_read
from portal.desk.routes.tables import CODES, satisfied_bars, spoken_period, tables
from portal.reference.days import local_day, utcnow
from portal.text.sheets import csv_file
from portal.web.transactions import db

bp = Blueprint("statistics", __name__, url_prefix="/statistics")


@bp.get("")
@allowed(Permission.STATISTICS)
def index() -> ResponseReturnValue:
    """Show all tables; that ratings were opened for it is written down first."""
    note_read("statistics-read", "-")
    found = _overview(db())
    return render_template(
        "desk/statistics/index.html",
        tables=tables(found),
        overview=found,
        newest=spoken_period(found.periods[-1].period) if found.periods else "",
        bars=satisfied_bars(found.periods[-1].period) if found.periods else [],
        holds_key=bool(current_session().held(db())),
    )


@bp.get("/<table>/export")
@allowed(Permission.STATISTICS)
def ask(table: str) -> ResponseReturnValue:
    """Ask for passphrase and code before a table leaves the desk."""
    _check(table)
    return _export_page(ProofForm(), table)


@bp.post("/<table>/export")
@allowed(Permission.STATISTICS)
def export(table: str) -> ResponseReturnValue:
    """Give a table as CSV."""
    _check(table)
    form = ProofForm()
    if not (form.validate() and proof.given(form)):
        return _export_page(form, table), 422
    now = utcnow()
    found = tables(_overview(db()))[table]
    person_id = current_session().person_id
    audit.record(db(), person_id=person_id, act="statistics-exported", target=table, now=now)
    answer = Response(csv_file(found.heads, found.rows), mimetype="text/csv")
    name = f"{table}-{local_day(now).isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _check(table: str) -> None:
    if table not in CODES:
        abort(404)


def _export_page(form: ProofForm, table: str) -> str:
    return render_template("desk/statistics/export.html", form=form, table=table)


def _overview(session: Session) -> Overview:
    return statistics.overview(
        session,
        desk_house().items,
        current_session().identities(session),
        today=local_day(utcnow()),
        shuffle=SystemRandom(),
    )
