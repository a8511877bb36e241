"""/notices/<id>/check and /review: what is found, what is masked, what an approver decides."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import people, units
from portal.desk.domain.notices import (
    comparing,
    consents,
    documents,
    drafting,
    identifying,
    inspecting,
    rendering,
    reviewing,
)
from portal.desk.domain.notices.drafting import NotWritable, Opened, SavedMeanwhile
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Refused, Verdict
from portal.desk.domain.notices.reviewing import ChangedSince, Reviewing
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.notice_reviews import (
    ACCEPT,
    RETURN,
    CheckForm,
    ReviewForm,
    VersionButtonForm,
    check_form,
    review_form,
)
from portal.desk.forms.notice_words import said_reasons
from portal.desk.house import desk_house
from portal.desk.models.notices import Notice
from portal.desk.routes.access import allowed, current_session, note_read
from portal.desk.routes.notices import (
    REFUSALS,
    RELEASED,
    closed,
    drafts,
    notice_or_404,
    say_what_does_not_open,
    try_open,
)
from portal.reference.days import local_day, utcnow
from portal.text.sanitise import Disputed
from portal.web.transactions import db

bp = Blueprint("notice_reviews", __name__, url_prefix="/notices/<notice_id>")
say_what_does_not_open(bp)

CHANGED = "您打开以后，这份通报有了新的一版。请看过新的一版再定。"
OTHERS = "您打开以后，这份通报有了新的一版，或者疑点、同意不再是那几处。请看过现在的再定。"
DISPUTED = "改了以后格式不能确定安全，没有保存。请回去改文字。"


@bp.get("/check")
@allowed(Permission.NOTICES)
def check(notice_id: str) -> ResponseReturnValue:
    """Show what is found in the words that everybody would read."""
    return _read(notice_id, _check_page)


@bp.post("/check")
@allowed(Permission.DRAFT)
def mask(notice_id: str) -> ResponseReturnValue:
    """Write masks where findings were typed; that is a version like any other."""
    notice = notice_or_404(notice_id, lock=True)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    form = check_form(_verdict(notice, opened.draft).unresolved)()
    if not form.validate():
        return _check_page(notice, opened, form), 422
    try:
        _mask(notice, opened.draft, form)
    except Disputed:
        return _check_page(notice, opened, sentence=DISPUTED), 422
    except (SavedMeanwhile, NotWritable) as refusal:
        said = OTHERS if isinstance(refusal, SavedMeanwhile) else RELEASED
        return _check_page(notice, opened, sentence=said), 409
    return redirect(url_for(".check", notice_id=notice_id), 303)


@bp.post("/submit")
@allowed(Permission.DRAFT)
def submit(notice_id: str) -> ResponseReturnValue:
    """Lay the newest version before the approvers."""
    notice, form = notice_or_404(notice_id, lock=True), VersionButtonForm()
    if not form.validate():
        return closed(notice, CHANGED, status=422)
    seen, person_id = form.seen_revision, current_session().person_id
    try:
        reviewing.submit(db(), drafts(), notice, seen=seen, person_id=person_id, now=utcnow())
    except (KeyNotHeld, CannotOpen) as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    except (ChangedSince, NotWritable) as refusal:
        return closed(notice, CHANGED if isinstance(refusal, ChangedSince) else RELEASED)
    return redirect(url_for("notices.show", notice_id=notice_id), 303)


@bp.get("/review")
@allowed(Permission.APPROVE)
def review(notice_id: str) -> ResponseReturnValue:
    """Show what is to be decided; after an earlier look, what changed since comes first."""
    return _read(notice_id, _review_page)


@bp.post("/review")
@allowed(Permission.APPROVE)
def decide(notice_id: str) -> ResponseReturnValue:
    """Accept findings with a reason, return the draft, or approve the version."""
    notice = notice_or_404(notice_id, lock=True)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    form = review_form(_verdict(notice, opened.draft).unresolved, _given(notice))()
    try:
        reviewer().check(db(), notice, form.seen_revision)
        if not form.validate():
            return _review_page(notice, opened, form), 422
        _decide(notice, form)
    except Refused as refusal:
        return _review_page(notice, opened, None, said_reasons(refusal.reasons)), 409
    except (ChangedSince, NotWritable) as refusal:
        said = OTHERS if isinstance(refusal, ChangedSince) else "这份通报现在不在待审核里。"
        return _review_page(notice, opened, None, [said]), 409
    after = ".review" if form.step.data == ACCEPT else "notices.show"
    return redirect(url_for(after, notice_id=notice_id), 303)


def reviewer() -> Reviewing:
    """Return the signed-in person as somebody who decides."""
    own, person = desk_house().settings.body.name, current_session()
    return Reviewing(drafts(), person.person_id, own, person.deputy_for)


def _read(notice_id: str, page: Callable[[Notice, Opened], str]) -> ResponseReturnValue:
    """Show a page of the newest version; that it was read is written down first."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    return page(notice, opened) if opened is not None else closed(notice, sentence)


def _verdict(notice: Notice, draft: Draft) -> Verdict:
    return reviewer().verdict(db(), notice, draft, local_day(utcnow()))


def _mask(notice: Notice, draft: Draft, form: CheckForm) -> None:
    changed = inspecting.masked(draft, form.chosen())
    person_id = current_session().person_id
    seen = form.seen_revision
    drafts().save(db(), notice, changed, seen=seen, person_id=person_id, now=utcnow())


def _decide(notice: Notice, form: ReviewForm) -> None:
    who, now, seen = reviewer(), utcnow(), form.seen_revision
    if form.step.data == ACCEPT:
        who.accept(db(), notice, form.ticked(), form.reason.data.strip(), now)
    elif form.step.data == RETURN:
        who.give_back(db(), notice, form.words.data.strip(), seen=seen, now=now)
    else:
        who.approve(db(), notice, naming=form.naming.data, seen=seen, now=now)


def _check_page(
    notice: Notice, opened: Opened, form: CheckForm | None = None, sentence: str = ""
) -> str:
    verdict = _verdict(notice, opened.draft)
    if form is None:
        form = check_form(verdict.unresolved)(formdata=None)
    form.show(notice.version)
    submitting = VersionButtonForm(formdata=None)
    submitting.revision.data = str(notice.version)
    return render_template(
        "desk/notices/check.html",
        form=form,
        submitting=submitting,
        sentence=sentence,
        may_draft=current_session().may(Permission.DRAFT),
        writable=notice.state in drafting.WRITABLE,
        **_seen(notice, opened, verdict),
    )


def _review_page(
    notice: Notice,
    opened: Opened,
    form: ReviewForm | None = None,
    sentences: Iterable[str] = (),
) -> str:
    verdict = _verdict(notice, opened.draft)
    if form is None:
        form = review_form(verdict.unresolved, _given(notice))(formdata=None)
    form.show(notice.version)
    return render_template(
        "desk/notices/review.html",
        form=form,
        sentences=list(sentences),
        own=_own(notice),
        deputy_for=current_session().deputy_for,
        approval=reviewing.approval(db(), notice),
        **_since(notice, opened),
        **_seen(notice, opened, verdict),
    )


def _given(notice: Notice) -> tuple[str, ...]:
    return tuple(one.row.id for one in consents.of_notice(db(), drafts(), notice))


def _own(notice: Notice) -> str:
    """Say who wrote a notice that the signed-in person does not decide about; empty otherwise."""
    person, wrote = current_session(), drafting.authors(db(), notice)
    if person.person_id in wrote:
        return "您"
    if person.deputy_for is not None and person.deputy_for in wrote:
        return f"您代的{people.names(db())[person.deputy_for]}"
    return ""


def _seen(notice: Notice, opened: Opened, verdict: Verdict) -> dict[str, Any]:
    draft, public = opened.draft, rendering.render(opened.draft)
    return {
        "notice": notice,
        "draft": draft,
        "public": public,
        "verdict": verdict,
        "reasons": said_reasons(verdict.reasons),
        "warnings": identifying.warnings(
            draft,
            public,
            identifying.told_before(db(), drafts(), notice),
            units.known(db()),
        ),
        "given": consents.of_notice(db(), drafts(), notice),
        "form_names": consents.FORMS,
        "acceptances": reviewer().acceptances(db(), notice),
        "names": people.names(db()),
        "review_on": documents.review_on(draft, local_day(utcnow())),
    }


def _since(notice: Notice, opened: Opened) -> dict[str, Any]:
    """Return what changed since the last decision, when there was one about an older version."""
    before = next(
        (one for one in reviewing.reviews(db(), notice) if one.version < notice.version), None
    )
    if before is None:
        return {"changes": None, "since": None}
    try:
        older = drafts().version(db(), notice, before.version).draft
    except (KeyNotHeld, CannotOpen):
        return {"changes": None, "since": None}
    return {"changes": comparing.changes(older, opened.draft), "since": before.version}
