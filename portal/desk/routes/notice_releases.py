"""/notices/<id>/publish, /correct, /withdraw: what goes out, and how it is put right."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain.notices import clearing, rendering, reviewing
from portal.desk.domain.notices.documents import TooMuchChanged
from portal.desk.domain.notices.drafting import NotWritable, Opened
from portal.desk.domain.notices.gate import Reason, Refused
from portal.desk.domain.notices.releasing import Releasing
from portal.desk.domain.notices.reviewing import ChangedSince
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.notice_releases import CorrectForm, PublishForm, WithdrawForm
from portal.desk.forms.notice_words import REASONS, said_reasons
from portal.desk.house import desk_house
from portal.desk.models.notices import Notice
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.notice_reviews import CHANGED, reviewer
from portal.desk.routes.notices import (
    REFUSALS,
    closed,
    drafts,
    notice_or_404,
    say_what_does_not_open,
    try_open,
)
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("notice_releases", __name__, url_prefix="/notices/<notice_id>")
say_what_does_not_open(bp)

NOT_WAITING = "这份通报现在不在待审核里，不能放行。"
NOT_OUT = "这份通报还没有放行，或者已经撤回。"


@bp.get("/publish")
@allowed(Permission.APPROVE)
def publish(notice_id: str) -> ResponseReturnValue:
    """Ask when an approved version is to go out."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    return _publish_page(notice, opened, PublishForm(restored_form()))


@bp.post("/publish")
@allowed(Permission.APPROVE)
def release(notice_id: str) -> ResponseReturnValue:
    """Let the approved version go out, if the gate lets it."""
    notice, form = notice_or_404(notice_id, lock=True), PublishForm()
    form.now = utcnow()
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    if not form.validate():
        return _publish_page(notice, opened, form), 422
    try:
        _releasing().publish(
            db(), notice, seen=form.seen_revision, not_before=form.not_before, now=form.now
        )
    except Refused as refusal:
        form.form_errors += said_reasons(refusal.reasons)
        return _publish_page(notice, opened, form), 409
    except (ChangedSince, NotWritable, TooMuchChanged) as refusal:
        form.form_errors.append(_said(refusal))
        return _publish_page(notice, opened, form), 409
    return redirect(url_for("notices.show", notice_id=notice_id), 303)


@bp.get("/correct")
@allowed(Permission.DRAFT)
def correct(notice_id: str) -> ResponseReturnValue:
    """Ask why a released notice is to be changed."""
    notice = notice_or_404(notice_id)
    form = CorrectForm(restored_form())
    return _correct_page(notice, form)


@bp.post("/correct")
@allowed(Permission.DRAFT)
def reopen(notice_id: str) -> ResponseReturnValue:
    """Begin a correction: a draft like any other, that needs its own approval."""
    notice, form = notice_or_404(notice_id, lock=True), CorrectForm()
    if not form.validate():
        return _correct_page(notice, form), 422
    person_id, why = current_session().person_id, form.why.data.strip()
    try:
        drafts().reopen(db(), notice, why, person_id=person_id, now=utcnow())
    except NotWritable:
        return closed(notice, NOT_OUT)
    except (KeyNotHeld, CannotOpen) as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    return redirect(url_for("notices.edit", notice_id=notice_id), 303)


@bp.get("/withdraw")
@allowed(Permission.APPROVE)
def ask_to_withdraw(notice_id: str) -> ResponseReturnValue:
    """Ask why a notice is to be taken back."""
    notice = notice_or_404(notice_id)
    return _withdraw_page(notice, WithdrawForm(restored_form()))


@bp.post("/withdraw")
@allowed(Permission.APPROVE)
def withdraw(notice_id: str) -> ResponseReturnValue:
    """Take a notice back; its tombstone says why."""
    notice, form = notice_or_404(notice_id, lock=True), WithdrawForm()
    if not form.validate():
        return _withdraw_page(notice, form), 422
    reason, seen = form.reason.data.strip(), form.seen_revision
    try:
        _releasing().withdraw(db(), notice, reason, seen=seen, now=utcnow())
    except Refused as refusal:
        form.form_errors += said_reasons(refusal.reasons)
        return _withdraw_page(notice, form), 409
    except NotWritable:
        return closed(notice, NOT_OUT)
    except ChangedSince:
        form.form_errors.append(CHANGED)
        return _withdraw_page(notice, form), 409
    except (KeyNotHeld, CannotOpen) as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    return redirect(url_for("notices.show", notice_id=notice_id), 303)


def _releasing() -> Releasing:
    house = desk_house()
    return Releasing(reviewer(), house.outbox, house.signing)


def _said(refusal: Exception) -> str:
    if isinstance(refusal, TooMuchChanged):
        return REASONS[Reason.TOO_LONG]
    return CHANGED if isinstance(refusal, ChangedSince) else NOT_WAITING


def _publish_page(notice: Notice, opened: Opened, form: PublishForm) -> str:
    form.revision.data = str(notice.version)
    return render_template(
        "desk/notices/publish.html",
        notice=notice,
        form=form,
        approval=reviewing.approval(db(), notice),
        public=rendering.render(opened.draft),
    )


def _correct_page(notice: Notice, form: CorrectForm) -> str:
    return render_template(
        "desk/notices/correct.html",
        notice=notice,
        form=form,
        answering=clearing.answering(db(), notice),
    )


def _withdraw_page(notice: Notice, form: WithdrawForm) -> str:
    form.revision.data = str(notice.release)
    return render_template(
        "desk/notices/withdraw.html",
        notice=notice,
        form=form,
        answering=clearing.answering(db(), notice),
    )
