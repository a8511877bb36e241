"""/notices: drafting, and the parties table."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import people
from portal.desk.domain.notices import (
    clearing,
    drafting,
    live,
    rendering,
    reviewing,
)
from portal.desk.domain.notices.drafting import (
    Drafts,
    NotWritable,
    Opened,
    SavedMeanwhile,
    State,
    UnknownNotice,
)
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.unsaved import OtherTab, Page
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms import notices as forms
from portal.desk.forms.notices import EditForm, NewNoticeForm, edit_form
from portal.desk.forms.parties import PartiesForm, parties_form, shown_parties
from portal.desk.house import desk_house
from portal.desk.models.notices import Notice
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.resuming import Resuming, other_tab, resuming
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("notices", __name__, url_prefix="/notices")

NO_KEY = "您没有通报密钥，打不开也写不了通报。请持有人在“密钥”里授予您。"
DAMAGED = "打不开：密封内容坏了或者不见了。请告诉系统管理员。"
RELEASED = "这份通报已经放行或者撤回，不能直接改。要改的，请用“更正”。"
REFUSALS: dict[type[Exception], str] = {
    KeyNotHeld: NO_KEY,
    CannotOpen: DAMAGED,
    NotWritable: RELEASED,
}
REFUSED = tuple(REFUSALS)
NOT_SAVED: tuple[type[Exception], ...] = (SavedMeanwhile, *REFUSED)


@bp.get("/new")
@allowed(Permission.DRAFT)
def new() -> ResponseReturnValue:
    """Ask what a notice begins with."""
    return render_template("desk/notices/new.html", form=NewNoticeForm(restored_form()))


@bp.post("/new")
@allowed(Permission.DRAFT)
def begin() -> ResponseReturnValue:
    """Keep the first draft."""
    form, person_id = NewNoticeForm(), current_session().person_id
    if not form.validate():
        return render_template("desk/notices/new.html", form=form), 422
    try:
        notice = drafts().create(db(), form.draft(), person_id=person_id, now=utcnow())
    except KeyNotHeld:
        form.form_errors.append(NO_KEY)
        return render_template("desk/notices/new.html", form=form), 409
    return redirect(url_for(".edit", notice_id=notice.id), 303)


@bp.get("/<notice_id>")
@allowed(Permission.NOTICES)
def show(notice_id: str) -> ResponseReturnValue:
    """Show how a notice stands, what it says, and its versions."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    return render_template(
        "desk/notices/show.html",
        notice=notice,
        draft=opened and opened.draft,
        public=opened and rendering.render(opened.draft),
        versions=drafting.versions(db(), notice),
        names=people.names(db()),
        sentence=sentence,
        may=may(),
        trouble=clearing.troubled(db(), drafts(), local_day(utcnow())).get(notice.id, ()),
        answering=clearing.answering(db(), notice),
        answered=clearing.answered(db(), opened.draft.answers) if opened else None,
        releases=live.standing(db(), notice.id),
        reviews=reviewing.reviews(db(), notice),
        returned=_returned(notice) if opened else "",
        out=reviewing.released_text(db(), drafts(), notice),
    )


@bp.get("/<notice_id>/edit")
@allowed(Permission.DRAFT)
def edit(notice_id: str) -> ResponseReturnValue:
    """Show the draft to be changed."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    if opened is None or notice.state not in drafting.WRITABLE:
        return closed(notice, sentence or RELEASED)
    back = resuming(drafts(), notice, Page.EDIT)
    given = back.given()
    count = forms.numbered(given.get("cases")) if given else len(opened.draft.cases)
    shown = forms.shown(opened.draft, notice.version) | back.tab()
    form = edit_form(count)(given, data=shown)
    return (not given and back.question(form)) or _edit_page(back, form)


@bp.post("/<notice_id>/edit")
@allowed(Permission.DRAFT)
def save(notice_id: str) -> ResponseReturnValue:
    """Keep a version; whoever was overtaken is told, and loses nothing."""
    notice, form = notice_or_404(notice_id, lock=True), _typed_form()
    back, valid = resuming(drafts(), notice, Page.EDIT), form.validate()
    if form.sets_aside and not form.expired:
        return _set_aside(back, form) or (_edit_page(back, form), 409)
    if not valid:
        return _edit_page(back, form), 422
    try:
        before = drafts().newest(db(), notice)
        _save(back, form.changed(before.draft), form)
    except NOT_SAVED as refusal:
        form.form_errors.append(_why_not(notice, form, refusal))
        return _edit_page(back, form), 409
    step = form.step.data or ""
    anchor = f"case-{len(form.changed(before.draft).cases)}" if step == forms.ADD_CASE else None
    if step.startswith(forms.REWRITE):
        anchor = f"case-{forms.numbered(step, forms.REWRITE) + 1}"
    return redirect(url_for(".edit", notice_id=notice_id, saved=1, _anchor=anchor), 303)


@bp.get("/<notice_id>/parties")
@allowed(Permission.DRAFT)
def parties(notice_id: str) -> ResponseReturnValue:
    """Show who stands behind the tokens."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    if opened is None or notice.state not in drafting.WRITABLE:
        return closed(notice, sentence or RELEASED)
    back = resuming(drafts(), notice, Page.PARTIES)
    given = back.given()
    shown = shown_parties(opened.draft, notice.version) | back.tab()
    form = parties_form(opened.draft, given)(given, data=shown)
    return (not given and back.question(form)) or _parties_page(back, form, opened.draft)


@bp.post("/<notice_id>/parties")
@allowed(Permission.DRAFT)
def save_parties(notice_id: str) -> ResponseReturnValue:
    """Keep a version with other parties."""
    notice = notice_or_404(notice_id, lock=True)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    form = parties_form(opened.draft, request.form)()
    back, valid = resuming(drafts(), notice, Page.PARTIES), form.validate()
    if form.sets_aside and not form.expired:
        return _set_aside(back, form) or (_parties_page(back, form, opened.draft), 409)
    if not valid:
        return _parties_page(back, form, opened.draft), 422
    try:
        _save(back, form.changed(opened.draft), form)
    except NOT_SAVED as refusal:
        form.form_errors.append(_why_not(notice, form, refusal))
        return _parties_page(back, form, opened.draft), 409
    return redirect(url_for(".parties", notice_id=notice_id, saved=1), 303)


def drafts() -> Drafts:
    """Return what the signed-in person opens drafts with."""
    return Drafts(desk_house().items, current_session().held(db()))


def notice_or_404(notice_id: str, *, lock: bool = False) -> Notice:
    """Return a notice; 404 when there is none."""
    try:
        return drafting.get(db(), notice_id, lock=lock)
    except UnknownNotice:
        abort(404)


def try_open(notice: Notice) -> tuple[Opened | None, str]:
    """Open the newest version; None and a sentence when it does not open."""
    try:
        return drafts().newest(db(), notice), ""
    except (KeyNotHeld, CannotOpen) as refusal:
        return None, REFUSALS[type(refusal)]


def _typed_form() -> EditForm:
    return edit_form(forms.numbered(request.form.get("cases")))()


def _save(back: Resuming, draft: Draft, form: EditForm | PartiesForm) -> None:
    person_id, seen = current_session().person_id, form.seen_revision
    drafts().save(db(), back.notice, draft, seen=seen, person_id=person_id, now=utcnow())
    back.drop(form)


def _set_aside(back: Resuming, form: EditForm | PartiesForm) -> ResponseReturnValue | None:
    try:
        back.keep(form)
    except OtherTab as error:
        form.form_errors.append(other_tab(error))
        return None
    except REFUSED as refusal:
        form.form_errors.append(_why_not(back.notice, form, refusal))
        return None
    address = url_for(f".{back.page}", notice_id=back.notice.id, unsaved=1)
    return redirect(address, 303)


def _why_not(notice: Notice, form: EditForm | PartiesForm, refusal: Exception) -> str:
    """Say why nothing was saved, on a page that still has every word."""
    if isinstance(refusal, SavedMeanwhile):
        return _overtaken(notice, form)
    return REFUSALS[type(refusal)]


def _overtaken(notice: Notice, form: EditForm | PartiesForm) -> str:
    """Say who was faster; the page is sent again knowing the version that is there now."""
    newest = drafting.versions(db(), notice)[0]
    who = people.names(db())[newest.person_id]
    form.revision.data = str(notice.version)
    return (
        f"您打开以后，{who}保存了第{newest.number}版，您的还没有保存。您写的还在下面。"
        f"请先看第{newest.number}版改了什么；再按一次，就按您写的保存，那一版也还在。"
    )


def _edit_page(back: Resuming, form: EditForm) -> str:
    return render_template("desk/notices/edit.html", notice=back.notice, form=form, **back.around())


def _parties_page(back: Resuming, form: PartiesForm, draft: Draft) -> str:
    return render_template(
        "desk/notices/parties.html",
        notice=back.notice,
        form=form,
        shown=rendering.appearances(draft),
        **back.around(),
    )


def _returned(notice: Notice) -> str:
    newest = reviewing.reviews(db(), notice)
    waiting = notice.state in {State.RETURNED, State.DRAFT}
    return reviewing.returned_words(drafts(), newest[0]) if newest and waiting else ""


def closed(notice: Notice, sentence: str, status: int = 409) -> ResponseReturnValue:
    """Say why a notice does not open or cannot be changed."""
    page = render_template("desk/notices/closed.html", notice=notice, sentence=sentence)
    return page, status


def say_what_does_not_open(of: Blueprint) -> None:
    """Let pages of a blueprint answer for a reason or a consent that is damaged or not theirs."""
    for refusal in (KeyNotHeld, CannotOpen):
        of.register_error_handler(refusal, _does_not_open)


def _does_not_open(refusal: Exception) -> ResponseReturnValue:
    notice = notice_or_404((request.view_args or {})["notice_id"])
    return closed(notice, REFUSALS[type(refusal)])


def may() -> dict[str, bool]:
    """Return what the signed-in person may do with notices."""
    person = current_session()
    return {
        "draft": person.may(Permission.DRAFT),
        "approve": person.may(Permission.APPROVE),
    }
