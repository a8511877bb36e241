"""/calendar: the working days of a year, one day decided anew, a whole year imported."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import calendar, rescheduling
from portal.desk.domain.acts import Desk
from portal.desk.domain.calendar import FIRST_YEAR, Decided, StatutoryDayWorks
from portal.desk.domain.roles import Permission
from portal.desk.forms.calendar import DO, EDIT, LAST_YEAR, DayForm, ImportForm
from portal.desk.house import desk_house
from portal.desk.models.calendar import CalendarDay
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.reference.days import local_day, spoken_day, utcnow
from portal.web.transactions import db

bp = Blueprint("calendar", __name__, url_prefix="/calendar")

LISTED_MOVES = 100


@dataclass(frozen=True)
class Month:
    """A month as a wall calendar shows it: weeks of seven days, None outside the month."""

    number: int
    works: int
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


@bp.get("")
@allowed(Permission.CALENDAR)
def index() -> ResponseReturnValue:
    """Show a year."""
    year = request.args.get("year", local_day(utcnow()).year, type=int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    days = calendar.days_of(db(), year)
    return render_template(
        "desk/calendar/index.html",
        year=year,
        years=calendar.years(db()),
        months=months(days),
        provisional=any(one.provisional for one in days),
        told=request.args.get("told", type=int),
    )


@bp.get("/days/<day>")
@allowed(Permission.CALENDAR)
def ask_day(day: str) -> ResponseReturnValue:
    """Ask whether a day is worked."""
    present = _day_or_404(day)
    works = "work" if present.works else "rest"
    return _day_page(present, DayForm(formdata=restored_form(), data={"works": works}))


@bp.post("/days/<day>")
@allowed(Permission.CALENDAR)
def decide_day(day: str) -> ResponseReturnValue:
    """Show what deciding the day moves, then do it."""
    present, form = _day_or_404(day), DayForm()
    if form.step.data == EDIT:
        return _day_page(present, form)
    if not form.validate():
        return _day_page(present, form), 422
    decided = form.decided(present.day)
    if form.step.data == DO:
        return _carry_out(decided)
    return _preview(decided, {"works": form.works.data, "source": form.source.data}, form)


@bp.get("/import")
@allowed(Permission.CALENDAR)
def ask_year() -> ResponseReturnValue:
    """Ask for the lines of a year."""
    form = ImportForm(formdata=restored_form())
    return render_template("desk/calendar/import.html", form=form)


@bp.post("/import")
@allowed(Permission.CALENDAR)
def import_year() -> ResponseReturnValue:
    """Show what the year moves, then put it in force."""
    form = ImportForm()
    if form.step.data == EDIT:
        return render_template("desk/calendar/import.html", form=form)
    if not form.validate():
        return render_template("desk/calendar/import.html", form=form), 422
    try:
        decided = calendar.whole_year(form.decided)
    except StatutoryDayWorks as gap:
        said = f"{spoken_day(gap.day)}是法定节日，名单里不是休息。请看看是不是少了几行"
        form.rows.errors = [said]
        return render_template("desk/calendar/import.html", form=form), 422
    if form.step.data == DO:
        return _carry_out(decided)
    return _preview(decided, {"rows": form.rows.data}, form)


def months(days: list[CalendarDay]) -> list[Month]:
    """Return the days of a year as months of whole weeks, Monday first."""
    found = []
    for number, group in groupby(days, lambda one: one.day.month):
        one = list(group)
        cells = [None] * one[0].day.weekday() + one
        cells += [None] * (-len(cells) % 7)
        weeks = tuple(tuple(cells[start : start + 7]) for start in range(0, len(cells), 7))
        found.append(Month(number, sum(day.works for day in one), weeks))
    return found


def _carry_out(decided: list[Decided]) -> ResponseReturnValue:
    house, by = desk_house(), current_session().person_id
    desk = Desk(house.items, house.outbox)
    told = rescheduling.carry_out(db(), desk, decided, by=by, now=utcnow())
    return redirect(url_for(".index", year=decided[0].day.year, told=told), 303)


def _preview(
    decided: list[Decided], typed: dict[str, str], form: DayForm | ImportForm
) -> ResponseReturnValue:
    return render_template(
        "desk/calendar/preview.html",
        decided=decided,
        typed=typed,
        form=form,
        plan=rescheduling.plan(db(), decided),
        most=LISTED_MOVES,
    )


def _day_page(present: CalendarDay, form: DayForm) -> str:
    return render_template("desk/calendar/day.html", present=present, form=form)


def _day_or_404(typed: str) -> CalendarDay:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        abort(404)
    return calendar.day_of(db(), day) or abort(404)
