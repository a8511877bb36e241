"""/notices/<id>/consents: that whom a clarification clears agreed to it, and took that back."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import people
from portal.desk.domain.notices import clearing, consents
from portal.desk.domain.notices.consents import FORMS, Opened, UnknownConsent
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.notice_consents import ConsentBackForm, ConsentForm
from portal.desk.models.notices import Notice
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.notices import (
    REFUSALS,
    closed,
    drafts,
    notice_or_404,
    say_what_does_not_open,
    try_open,
)
from portal.reference.days import local_day, utcnow
from portal.web.transactions import db

bp = Blueprint("notice_consents", __name__, url_prefix="/notices/<notice_id>/consents")
say_what_does_not_open(bp)


@bp.get("")
@allowed(Permission.NOTICES)
def index(notice_id: str) -> ResponseReturnValue:
    """Show every consent of a notice, and for editors a form for one more."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    form = ConsentForm(restored_form())
    form.offer(consents.cleared(opened.draft), local_day(utcnow()))
    return _page(notice, opened.draft, form)


@bp.post("")
@allowed(Permission.DRAFT)
def record(notice_id: str) -> ResponseReturnValue:
    """Keep a consent; whoever took it does not release the notice."""
    notice, form = notice_or_404(notice_id, lock=True), ConsentForm()
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    form.offer(consents.cleared(opened.draft), local_day(utcnow()))
    if not form.validate():
        return _page(notice, opened.draft, form), 422
    given, person_id = form.consent(), current_session().person_id
    consents.record(db(), drafts(), notice, given, person_id=person_id, now=utcnow())
    return redirect(url_for(".index", notice_id=notice_id), 303)


@bp.get("/<consent_id>/withdraw")
@allowed(Permission.NOTICES)
def ask_back(notice_id: str, consent_id: str) -> ResponseReturnValue:
    """Ask how somebody took it back."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    return _back_page(notice, consent_id, ConsentBackForm(restored_form()))


@bp.post("/<consent_id>/withdraw")
@allowed(Permission.NOTICES)
def take_back(notice_id: str, consent_id: str) -> ResponseReturnValue:
    """Note that somebody took it back; whoever is told first writes it down."""
    notice, form = notice_or_404(notice_id, lock=True), ConsentBackForm()
    if not form.validate():
        return _back_page(notice, consent_id, form, 422)
    words, by = form.words.data.strip(), current_session().person_id
    try:
        consents.withdraw(db(), drafts(), notice, consent_id, words, person_id=by, now=utcnow())
    except UnknownConsent:
        abort(404)
    except KeyNotHeld as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    return redirect(url_for(".index", notice_id=notice_id), 303)


def _page(notice: Notice, draft: Draft, form: ConsentForm) -> str:
    return render_template(
        "desk/notices/consents.html",
        notice=notice,
        draft=draft,
        form=form,
        given=consents.of_notice(db(), drafts(), notice),
        names=people.names(db()),
        trouble=clearing.troubled(db(), drafts(), local_day(utcnow())).get(notice.id, ()),
        may_draft=current_session().may(Permission.DRAFT),
        form_names=FORMS,
    )


def _back_page(
    notice: Notice, consent_id: str, form: ConsentBackForm, status: int = 200
) -> ResponseReturnValue:
    try:
        given = consents.of_notice(db(), drafts(), notice)
    except (KeyNotHeld, CannotOpen) as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    one = _of(given, consent_id)
    page = render_template("desk/notices/consent_back.html", notice=notice, form=form, given=one)
    return page, status


def _of(given: list[Opened], consent_id: str) -> Opened:
    return next((one for one in given if one.row.id == consent_id), None) or abort(404)
