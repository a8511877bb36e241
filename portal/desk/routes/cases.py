"""/cases: finding a case, reading it, having it and giving it back."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import (
    acts,
    assigning,
    audit,
    calls,
    cases,
    claims,
    clocks,
    duplicates,
    identity_parts,
    identity_requests,
    letters,
    moves,
    notes,
    offices,
    people,
    progress,
    ratings,
    references,
    reviews,
    slips,
)
from portal.desk.domain.cases import BadReference, Taken, UnknownCase
from portal.desk.domain.offices import OtherOffice
from portal.desk.domain.opening import CannotOpen, KeyNotHeld, Opener
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.roles import Permission
from portal.desk.forms.cases import CaseButtonForm, FindForm
from portal.desk.models.cases import Case
from portal.desk.models.deadlines import Extension
from portal.desk.routes.access import allowed, current_session, note_read
from portal.desk.routes.addressed import case_or_404
from portal.desk.routes.duplicates import beside
from portal.desk.routes.opening import (
    OpenedCase,
    claim_and_open,
    keep_away,
    open_case,
    opener,
    stands_in_for,
)
from portal.desk.routes.saved import saved_before
from portal.reference.days import local_day, utcnow
from portal.reference.vocabulary import vocabulary
from portal.sealing.keys import Identity
from portal.web.transactions import db

bp = Blueprint("cases", __name__, url_prefix="/cases")

FARTHEST_PAGE = 10_000
CLOSED: dict[type[Exception], str] = {
    KeyNotHeld: "您没有打开这件的密钥，领取了也办不了。",
    CannotOpen: "这件打不开：密封内容坏了。请告诉系统管理员。",
}
NO_INTAKE_KEY = "您没有收件密钥，请受理员来打开新写的。"
FOREIGN = "新写的打不开：不是封给您有的收件密钥的。请换一位受理员，或者告诉系统管理员。"


@bp.get("")
@allowed(Permission.CASES)
def index() -> ResponseReturnValue:
    """List registered cases, or lead to the one whose reference was typed."""
    form = FindForm(request.args)
    typed = (form.reference.data or "").strip()
    if not typed:
        return _list(form)
    try:
        reference = cases.get(db(), cases.parse_reference(typed)).reference
    except BadReference:
        form.reference.errors = ["登记号是8位数字，请对照再填一次"]
        return _list(form), 422
    except UnknownCase:
        form.reference.errors = ["没有这个登记号的举报。请核对；刚提交的，过几分钟再查"]
        return _list(form), 404
    return redirect(url_for(".show", reference=reference))


@bp.get("/<reference>")
@allowed(Permission.CASES)
def show(reference: str) -> ResponseReturnValue:
    """Open a case; that it was read is written down first."""
    case = case_or_404(reference)
    note_read("case-read", reference)
    return _page(case)


@bp.post("/<reference>/claim")
@allowed(Permission.CASES)
def claim(reference: str) -> ResponseReturnValue:
    """Take a case that nobody has."""
    case, form = case_or_404(reference), CaseButtonForm()
    if not form.validate():
        return _refused(case, form), 422
    try:
        claim_and_open(reference)
    except MustRecuse:
        return keep_away(case)
    except OtherOffice as other:
        return _refused(case, form, f"这件已经交给{other.name}，由那边办。"), 409
    except Taken as taken:
        return _refused(case, form, f"这件已经由{taken.display_name}领取。"), 409
    except (KeyNotHeld, CannotOpen) as refusal:
        return _refused(case, form, CLOSED[type(refusal)]), 409
    return redirect(url_for(".show", reference=reference), 303)


@bp.post("/<reference>/release")
@allowed(Permission.CASES)
def release(reference: str) -> ResponseReturnValue:
    """Give a case back."""
    case, form = case_or_404(reference, lock=True), CaseButtonForm()
    if not form.validate():
        return _refused(case, form), 422
    try:
        cases.release(db(), case, current_session().person_id, utcnow())
    except Taken:
        return _refused(case, form, "这件不在您手里。"), 409
    return redirect(url_for(".index"), 303)


@bp.post("/<reference>/take-over")
@allowed(Permission.ACTS)
def take_over(reference: str) -> ResponseReturnValue:
    """Go on with a case that a colleague has, who is away or has left."""
    case, form = case_or_404(reference, lock=True), CaseButtonForm()
    if not form.validate():
        return _refused(case, form), 422
    try:
        offices.refuse_other(db(), case, current_session().person_id)
        open_case(case)
    except MustRecuse:
        return keep_away(case)
    except OtherOffice as other:
        return _refused(case, form, f"这件已经交给{other.name}，由那边办。"), 409
    except (KeyNotHeld, CannotOpen):
        return _refused(case, form, "这件您打不开，接过来也办不了。"), 409
    cases.take_over(db(), case, current_session().person_id, utcnow())
    return redirect(url_for(".show", reference=reference), 303)


@bp.post("/<reference>/words")
@allowed(Permission.CASES)
def open_words(reference: str) -> ResponseReturnValue:
    """Open the citizen's new words for the whole office."""
    case, form, now = case_or_404(reference, lock=True), CaseButtonForm(), utcnow()
    if not form.validate():
        return _refused(case, form), 422
    if case.registered_on is None:
        return _refused(case, form, "这件还没有领取打开。"), 409
    holding = opener()
    may_open = holding.opens_intake(db(), case)
    taken = holding.take_over_words(db(), case, local_day(now))
    if taken.foreign and not taken.opened:
        return _refused(case, form, FOREIGN if may_open else NO_INTAKE_KEY), 409
    if taken.damaged and not taken.opened:
        return _refused(case, form, "新写的打不开：密封内容坏了。请告诉系统管理员。"), 409
    person_id = current_session().person_id
    audit.record(db(), person_id=person_id, act="case-words-read", target=reference, now=now)
    return redirect(url_for(".show", reference=reference), 303)


def _list(form: FindForm) -> str:
    here = [one for one in vocabulary().public_states if one.code != moves.SEALED_FOR_SUPERIOR]
    state = request.args.get("state", "")
    state = state if state in {one.code for one in here} else ""
    number = request.args.get("page", 1, type=int)
    page = cases.registered(db(), min(max(number, 1), FARTHEST_PAGE), state=state)
    return render_template(
        "desk/cases/index.html",
        form=form,
        page=page,
        repeats=duplicates.repeats(db(), [line.reference for line in page.lines]),
        state=state,
        states=here,
        opens_intake=current_session().may(Permission.INTAKE),
    )


def _refused(case: Case, form: CaseButtonForm, sentence: str = "") -> str:
    """Say why nothing was done, without the content: that would be a read nobody wrote down."""
    return render_template("desk/cases/refused.html", case=case, form=form, sentence=sentence)


def _page(case: Case) -> str:
    person = current_session()
    common = {
        "case": case,
        "button": CaseButtonForm(formdata=None),
        "mine": case.claimed_by in {person.person_id, *stands_in_for()},
        "covering": case.claimed_by != person.person_id,
        "opens_intake": person.may(Permission.INTAKE),
        "office": _office_of(case),
        "given": references.given_to_reporter(db(), case.reference),
        "also_given": references.also_given(db(), case.reference),
    }
    if case.registered_on is None:
        return render_template("desk/cases/sealed.html", **common)
    try:
        case_open = open_case(case)
        opened = _opened(case, case_open) | beside(case, case_open)
    except MustRecuse:
        note_read("case-recused", case.reference)
        return render_template("desk/cases/closed.html", **common, why="recused")
    except KeyNotHeld:
        return render_template("desk/cases/closed.html", **common, why="key")
    except CannotOpen:
        return render_template("desk/cases/closed.html", **common, why="damaged")
    may_review = reviews.reviewers(db(), case)
    identity_fits = _check_identity(case, case_open)
    return render_template(
        "desk/cases/show.html",
        **common,
        **opened,
        identity_fits=identity_fits,
        saved=saved_before(),
        holder=cases.holder_name(db(), case),
        rated=ratings.is_rated(db(), case.id),
        possible=acts.possible(case, person.person_id, may_review, stands_in_for()),
        standing=moves.standing(case),
        may_review=may_review,
        person_id=person.person_id,
        letter=letters.letter_of(db(), case),
        slips=slips.lines(db(), case),
        slip_possible=slips.possible(db(), case),
        unsent=len(claims.waiting(db(), case)),
    )


def _check_identity(case: Case, opened: OpenedCase) -> bool:
    """Tell whether the sealed identity is the report's own, and write down when it is not."""
    said = opened.content.identity_sha256
    fits = identity_parts.fits(opened.holding.items, case, said)
    if not fits and request.method == "GET":
        note_read("identity-mismatch", case.reference)
    return fits


def _office_of(case: Case) -> dict[str, Any]:
    """Return what the page says about the office that has the case."""
    person = current_session()
    own = offices.of_person(db(), person.person_id)
    own_id = own.id if own else None
    return {
        "name": offices.names(db()).get(case.office_id or "", ""),
        "ours": case.office_id in {None, own_id},
        "can_assign": person.may(Permission.ASSIGN)
        and own is not None
        and own.intake
        and assigning.possible(case, person.person_id, own_id),
        "history": assigning.history(db(), case),
        "people": people.names(db()),
    }


def _opened(case: Case, opened: OpenedCase) -> dict[str, Any]:
    holding, own = opened.holding, opened.own
    words = holding.citizens_words(db(), case, own)
    return {
        "content": opened.content,
        "notes": notes.read(db(), holding, case, own),
        "words": words,
        "unread": sum(1 for one in words if one.text is None and not one.damaged),
        "replies": holding.desks_words(progress.replies_of(db(), case.id), own),
        "steps": progress.steps(db(), case.id),
        "requests": identity_requests.of_case(db(), case, utcnow()),
        "calls": calls.of_case(db(), case),
        **_time(case, holding, own),
    }


def _time(case: Case, holding: Opener, own: Identity) -> dict[str, Any]:
    today, standing = local_day(utcnow()), clocks.standing(db(), case)
    extension = db().get(Extension, case.id)
    return {
        "today": today,
        "terms": standing.terms,
        "extensible": extension is None and standing.extensible(today) is not None,
        "extension": extension,
        "reason": holding.own_words(extension.file, own, extension.on) if extension else None,
    }
