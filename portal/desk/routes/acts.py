"""/cases/<reference>/acts/<act>: write, look at it as the citizen will, then do it."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import (
    acts,
    audit,
    calendar,
    cases,
    clocks,
    places,
    preview,
    progress,
    reviews,
    slips,
)
from portal.desk.domain.act_kinds import ACTS, Act
from portal.desk.domain.acts import (
    BlankLeft,
    Changed,
    Decision,
    Desk,
    NotAllowed,
    NotForYou,
    NotYours,
    PlaceMissing,
    WordsMissing,
)
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.preview import Preview
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.roles import Permission
from portal.desk.forms.acts import DO, DO_AND_NEXT, EDIT, ActForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.addressed import case_or_404
from portal.desk.routes.opening import NothingToClaim, claim_next, open_case, stands_in_for
from portal.reference.days import local_day, utcnow
from portal.store import MissingFile
from portal.web.transactions import db

bp = Blueprint("acts", __name__, url_prefix="/cases/<reference>/acts")

REFUSALS: dict[type[Exception], str] = {
    NotYours: "这件不在您手里，请先回到这一件领取。您写的还在下面。",
    Changed: "这件刚刚有了变化，还没有保存。请先看看现在的情况，再决定。您写的还在下面。",
    NotAllowed: "这件现在不能这样办。您写的还在下面。",
    NotForYou: "这件您办过，不能由您复查。请没有办过这件的人来办。您写的还在下面。",
}
LOST = "以前写给反映人的话有一段不见了，现在不能保存。请告诉系统管理员。您写的还在下面。"
CLOSED = "您现在打不开这一件，不能看预览，也不能办。请回到这一件看看原因。您写的还在下面。"


@bp.get("/<code>")
@allowed(Permission.ACTS)
def write(reference: str, code: str) -> ResponseReturnValue:
    """Show a template whose blanks are to be filled; `start` chooses another than the first."""
    act, case = _act_or_404(code), case_or_404(reference)
    given, start = restored_form(), request.args.get("start", 1, type=int)
    template = act.templates[start - 1] if 0 < start <= len(act.templates) else act.template
    form = ActForm(formdata=given, data={"text": template, "revision": str(case.revision)})
    return _write_page(act, case, form)


@bp.post("/<code>")
@allowed(Permission.ACTS)
def go_on(reference: str, code: str) -> ResponseReturnValue:
    """Show the preview, go back to writing, or do the act."""
    act, case = _act_or_404(code), case_or_404(reference, lock=True)
    form, now = ActForm(), utcnow()
    if form.step.data == EDIT:
        return _write_page(act, case, form)
    decision = _decision(act, form)
    if not (form.validate() and _accepts(case, decision, form)):
        return _write_page(act, case, form), 422
    if form.step.data not in {DO, DO_AND_NEXT}:
        return _look_first(case, decision, form, now)
    house = desk_house()
    try:
        open_case(case)
        Desk(house.items, house.outbox).perform(db(), case, decision, now)
    except MissingFile:
        form.form_errors.append(LOST)
        return _write_page(act, case, form), 409
    except (KeyNotHeld, CannotOpen, MustRecuse):
        form.form_errors.append(CLOSED)
        return _write_page(act, case, form), 409
    return _after(act, reference, leads_on=form.step.data == DO_AND_NEXT)


def _decision(act: Act, form: ActForm) -> Decision:
    return Decision(
        act=act,
        text=form.text.data or "",
        revision=form.seen_revision,
        person_id=current_session().person_id,
        place=(form.place.data or "").strip() if act.place else "",
        stands_in_for=stands_in_for(),
    )


def _look_first(
    case: Case, decision: Decision, form: ActForm, now: datetime
) -> ResponseReturnValue:
    try:
        shown = _preview(case, decision, now)
    except (KeyNotHeld, CannotOpen, MustRecuse):
        form.form_errors.append(CLOSED)
        return _write_page(decision.act, case, form), 409
    waits = current_session().may(Permission.INTAKE) and cases.unclaimed(db())
    return render_template(
        "desk/acts/preview.html",
        act=decision.act,
        case=case,
        form=form,
        shown=shown,
        waits=waits,
        slip_possible=slips.possible(db(), case),
    )


def _after(act: Act, reference: str, *, leads_on: bool) -> ResponseReturnValue:
    if not leads_on or not current_session().may(Permission.INTAKE):
        return redirect(url_for("cases.show", reference=reference, done=act.code), 303)
    try:
        following = claim_next()
    except NothingToClaim:
        return redirect(url_for("intake.index", done=act.code, before=reference), 303)
    address = url_for("cases.show", reference=following, done=act.code, before=reference)
    return redirect(address, 303)


def _accepts(case: Case, decision: Decision, form: ActForm) -> bool:
    try:
        acts.check(case, decision, reviews.reviewers(db(), case))
    except BlankLeft:
        left = "".join(acts.blanks(decision.words))
        form.text.errors = [f"还有没填的空：{left}。请填好，或者把这一句删掉"]
    except WordsMissing:
        form.text.errors = ["请写给反映人的话"]
    except PlaceMissing:
        form.place.errors = [f"请写{decision.act.place}"]
    except (NotYours, Changed, NotAllowed, NotForYou) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
        # The page shows the case as it is now: what is sent from here was written knowing that.
        form.revision.data = str(case.revision)
    else:
        return True
    return False


def _preview(case: Case, decision: Decision, now: datetime) -> Preview:
    person_id = current_session().person_id
    audit.record(db(), person_id=person_id, act="case-read", target=case.reference, now=now)
    opened = open_case(case)
    replies = opened.holding.desks_words(progress.replies_of(db(), case.id), opened.own)
    steps = progress.steps(db(), case.id)
    return preview.after(
        case,
        decision,
        steps=steps,
        replies=replies,
        standing=clocks.standing(db(), case),
        calendar=calendar.load(db()),
        today=local_day(now),
    )


def _write_page(act: Act, case: Case, form: ActForm) -> str:
    holder = cases.holder_name(db(), case)
    return render_template(
        "desk/acts/write.html",
        act=act,
        case=case,
        form=form,
        holder=holder,
        choices=places.choices(db(), act),
        slip_possible=slips.possible(db(), case),
    )


def _act_or_404(code: str) -> Act:
    return ACTS.get(code) or abort(404)
