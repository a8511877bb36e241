"""/cases/<reference>/extend: one extension, with a reason that the citizen does not see."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import extensions
from portal.desk.domain.acts import Changed, Desk, NotYours
from portal.desk.domain.extensions import AlreadyExtended, Asked, BadLength, NoTerm, TermPassed
from portal.desk.domain.roles import Permission
from portal.desk.domain.terms import Term
from portal.desk.forms.extensions import ExtensionForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, restored_form
from portal.desk.routes.addressed import case_or_404
from portal.reference.days import local_day, utcnow
from portal.store import MissingFile
from portal.web.transactions import db

bp = Blueprint("extensions", __name__, url_prefix="/cases/<reference>/extend")

REFUSALS: dict[type[Exception], str] = {
    NotYours: "这件不在您手里，请先回到这一件领取。",
    Changed: "这件刚刚有了变化，还没有保存。请先看看现在的情况，再决定。",
    AlreadyExtended: "这件已经延期一次，不能再延。",
    TermPassed: "期限已经过了，不能再延期。延期要在到期之前提出。",
    NoTerm: "这件现在没有正在计算的期限，不用延期。",
    BadLength: "延期是1到15个工作日。",
    MissingFile: "以前写给反映人的话有一段不见了，现在不能保存。请告诉系统管理员。",
}


@bp.get("")
@allowed(Permission.ACTS)
def ask(reference: str) -> ResponseReturnValue:
    """Ask how long, and why."""
    case = case_or_404(reference)
    form = ExtensionForm(formdata=restored_form(), data={"revision": str(case.revision)})
    return _page(case, form)


@bp.post("")
@allowed(Permission.ACTS)
def extend(reference: str) -> ResponseReturnValue:
    """Extend the term, and tell the citizen the new date."""
    case, form = case_or_404(reference, lock=True), ExtensionForm()
    if not form.validate():
        return _page(case, form), 422
    house, by = desk_house(), current_session().person_id
    asked = Asked(form.length, form.reason.data.strip(), form.seen_revision, by)
    try:
        extensions.extend(db(), Desk(house.items, house.outbox), case, asked, utcnow())
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
        # What is sent from here was written knowing the case as the page shows it now.
        form.revision.data = str(case.revision)
        return _page(case, form), 409
    return redirect(url_for("cases.show", reference=reference), 303)


def _page(case: Case, form: ExtensionForm) -> str:
    return render_template("desk/extensions/ask.html", case=case, form=form, term=_term(case, form))


def _term(case: Case, form: ExtensionForm) -> Term | None:
    """Return the term that is asked about; without one the page says why."""
    try:
        return extensions.term_to_extend(db(), case, local_day(utcnow()))
    except (AlreadyExtended, TermPassed, NoTerm) as refusal:
        if REFUSALS[type(refusal)] not in form.form_errors:
            form.form_errors.append(REFUSALS[type(refusal)])
        return None
