"""/cases/<reference>/acts/link: the cases that may report the same, and saying that one does."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import candidates, duplicates, offices, people
from portal.desk.domain.candidates import Candidate
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.duplicates import (
    LINK,
    UNLINK,
    Linker,
    NotRegistered,
    Repetition,
    SameCase,
    Together,
)
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.registrations import Written
from portal.desk.domain.roles import Permission
from portal.desk.forms.duplicates import LinkForm, UnlinkForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.addressed import registered_or_404
from portal.desk.routes.opening import OpenedCase, open_case, opener
from portal.desk.routes.saved import saved_before
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("duplicates", __name__, url_prefix="/cases/<reference>/acts")

REFUSALS: dict[type[Exception], str] = {
    UnknownCase: "没有这个登记号的举报，请核对。",
    SameCase: "填的就是这一件，请核对。",
    NotRegistered: "那一件还没有人领取打开，先打开看过再标。",
    KeyNotHeld: "这两件里有一件您打不开，不能标。",
    CannotOpen: "这两件里有一件打不开：密封内容坏了。请告诉系统管理员。",
    MustRecuse: "那一件需要您回避，请同事来标。",
}


@bp.get("/link")
@allowed(Permission.INTAKE)
def choose(reference: str) -> ResponseReturnValue:
    """Show the candidates; every case of which something is read is written down first."""
    case = registered_or_404(reference)
    note_read("case-read", reference)
    try:
        opened = open_case(case)
    except (KeyNotHeld, CannotOpen, MustRecuse):
        return redirect(url_for("cases.show", reference=reference))
    found = duplicates.repetition(db(), case)
    shown = _candidates(case, found)
    for one in shown:
        note_read("sheet-read", one.reference)
    form = LinkForm(formdata=restored_form())
    return _page(case, form, found, shown, written=opened.sheet)


@bp.post("/link")
@allowed(Permission.INTAKE)
def link(reference: str) -> ResponseReturnValue:
    """Say that two cases report the same."""
    case, form = registered_or_404(reference), LinkForm()
    if not form.validate():
        return _again(case, form), 422
    try:
        _linker().link(db(), reference, form.reference, form.note.data or "", now=utcnow())
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(REFUSALS[type(refusal)])
        return _again(case, form), 422
    return redirect(url_for("cases.show", reference=reference, done=LINK), 303)


@bp.post("/unlink")
@allowed(Permission.INTAKE)
def unlink(reference: str) -> ResponseReturnValue:
    """Take back that two cases report the same."""
    case, form = registered_or_404(reference), UnlinkForm()
    if not form.validate():
        return _again(case, LinkForm(formdata=None)), 422
    try:
        _linker().unlink(db(), reference, form.other.data or "", now=utcnow())
    except UnknownCase:
        abort(404)
    return redirect(url_for("cases.show", reference=reference, done=UNLINK), 303)


def beside(case: Case, opened: OpenedCase) -> dict[str, Any]:
    """Return what a case's page says of its sheet and of the cases that report the same."""
    found = duplicates.repetition(db(), case)
    return {
        "sheet": opened.sheet,
        "repetition": duplicates.with_notes(db(), opened.holding, case, opened.own, found),
        "offers": _offers(case, found),
        "office_names": offices.names(db()),
    }


def _offers(case: Case, found: Repetition) -> dict[str, Together]:
    """Return, by the other case's reference, what could be given to the same office."""
    person = current_session()
    own = offices.of_person(db(), person.person_id)
    if own is None or not own.intake or not person.may(Permission.ASSIGN):
        return {}
    offers = {
        one.case.reference: duplicates.together(case, one.case, own.id, person.person_id)
        for one in found.linked
    }
    return {reference: offer for reference, offer in offers.items() if offer}


def _candidates(case: Case, found: Repetition) -> list[Candidate]:
    return candidates.shown(
        db(),
        opener(),
        case,
        but=found.references,
        person_id=current_session().person_id,
        host_secret=desk_house().host_secret,
    )


def _again(case: Case, form: LinkForm) -> str:
    """Render the page without any sheet: showing one would be a read nobody wrote down."""
    found = duplicates.repetition(db(), case)
    return _page(case, form, found, _candidates(case, found))


def _page(
    case: Case,
    form: LinkForm,
    found: Repetition,
    shown: Sequence[Candidate],
    *,
    written: Written | None = None,
) -> str:
    form.other.choices = [SelectChoice(one.reference, f"登记号 {one.reference}") for one in shown]
    return render_template(
        "desk/duplicates/link.html",
        case=case,
        form=form,
        button=UnlinkForm(formdata=None),
        repetition=found,
        candidates={one.reference: one for one in shown},
        most=candidates.MOST,
        written=written,
        office_names=offices.names(db()),
        names=people.names(db()),
        saved=saved_before(),
    )


def _linker() -> Linker:
    return Linker(opener(), current_session().person_id, desk_house().host_secret)
