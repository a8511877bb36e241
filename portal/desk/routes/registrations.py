"""/cases/<reference>/registration: the clerk's sheet of whom and what a report is about."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import registrations
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.registrations import Sheet, SheetChanged
from portal.desk.domain.roles import Permission
from portal.desk.forms.registrations import SheetForm, typed
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.addressed import registered_or_404
from portal.desk.routes.opening import OpenedCase, open_case
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("registrations", __name__, url_prefix="/cases/<reference>/registration")

CLOSED = "您打不开这一件，或者没有信访室的部门密钥，填不了登记表。"
CHANGED = "刚刚有人改过这张登记表，还没有保存。请先看看现在的，再按一次。"


@bp.get("")
@allowed(Permission.INTAKE)
def show(reference: str) -> ResponseReturnValue:
    """Show the sheet, or what the report itself says; that it was read is written down first."""
    case = registered_or_404(reference)
    note_read("case-read", reference)
    try:
        opened = open_case(case)
    except (KeyNotHeld, CannotOpen, MustRecuse):
        return redirect(url_for("cases.show", reference=reference))
    start = typed(_sheet(opened))
    return _page(case, SheetForm(formdata=restored_form(), data=start), opened)


@bp.post("")
@allowed(Permission.INTAKE)
def write(reference: str) -> ResponseReturnValue:
    """Keep the sheet, and lead on to the cases that may report the same."""
    case, form, person_id = (
        registered_or_404(reference, lock=True),
        SheetForm(),
        current_session().person_id,
    )
    if not form.validate():
        return _page(case, form), 422
    sheet, seen = form.sheet, form.seen_revision
    try:
        opener = open_case(case).holding
        registrations.write(db(), opener, case, sheet, seen=seen, person_id=person_id, now=utcnow())
    except SheetChanged:
        form.form_errors.append(CHANGED)
        return _page(case, form), 422
    except (KeyNotHeld, CannotOpen, MustRecuse):
        form.form_errors.append(CLOSED)
        return _page(case, form), 409
    return redirect(url_for("duplicates.choose", reference=reference, done="registration"), 303)


def _sheet(opened: OpenedCase) -> Sheet:
    kept = opened.sheet
    return kept.sheet if kept and kept.sheet else Sheet.of(opened.content)


def _page(case: Case, form: SheetForm, opened: OpenedCase | None = None) -> str:
    """Render the page; without the report where showing it would be a read nobody wrote down."""
    form.revision.data = str(registrations.revision(db(), case))
    return render_template(
        "desk/registrations/sheet.html",
        case=case,
        form=form,
        story=opened.content.story if opened else "",
    )
