"""/report/own: may concern this commission itself or somebody above it; the citizen decides."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain.drafts import HERE, SUPERIOR, AlreadyFiled, Draft, DraftPlace
from portal.public.forms.own import LEAVE, SEAL, LeaveForm, OwnForm
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.public.routes.kept_words import with_sentence
from portal.public.routes.wizard import already_filed, confidential
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = confidential(Blueprint("own", __name__))


@bp.get("/report/own")
def ask() -> ResponseReturnValue:
    """Ask who shall look into it; whoever is sure may decide it without being asked."""
    found = visitor.find_draft()
    if found and found.filed:
        return already_filed(found.filed)
    if found is None or found.draft is None or found.draft.missing:
        return redirect(url_for("filing.check"), 303)
    return _page(OwnForm(), found.draft)


@bp.post("/report/own")
def decide() -> ResponseReturnValue:
    """Keep the decision in the draft; going away oneself is confirmed first."""
    form, draft = OwnForm(), visitor.unfinished_draft()
    if draft is None or draft.missing:
        return redirect(url_for("filing.check"), 303)
    if not form.validate() or form.decided is None:
        if not form.expired:
            with_sentence(form, "请按下面三个按钮中的一个")
        return _page(form, draft), 422
    if form.decided == LEAVE:
        return redirect(url_for(".leave"), 303)
    return _keep(draft, SUPERIOR if form.decided == SEAL else HERE)


@bp.get("/report/own/leave")
def leave() -> ResponseReturnValue:
    """Show where the superior is, and what was written, to copy it; or that it is gone."""
    found = visitor.find_draft()
    if found and found.filed:
        return already_filed(found.filed)
    return _leave_page(LeaveForm(), found.draft if found else None)


@bp.post("/report/own/leave")
def discard() -> ResponseReturnValue:
    """Delete what was written; nothing of it stays here."""
    form = LeaveForm()
    if not form.validate():
        return _leave_page(form, visitor.unfinished_draft()), 422
    token = visitor.draft_token()
    if token and visitor.unfinished_draft():
        DraftPlace(db(), public_house().drafts, token).discard()
        visitor.forget_draft()
    return redirect(url_for(".leave"), 303)


def _keep(draft: Draft, route: str) -> ResponseReturnValue:
    house, token = public_house(), visitor.draft_token()
    answers = house.watch.answered(draft, route)
    if token is not None:
        try:
            DraftPlace(db(), house.drafts, token).revise(
                answers, utcnow(), own_phone=visitor.is_own_phone()
            )
        except AlreadyFiled:
            return redirect(url_for("filing.sent"), 303)
        visitor.remember_draft(token)
    return redirect(url_for("filing.check"), 303)


def _page(form: OwnForm, draft: Draft) -> str:
    found = public_house().watch.found(draft)
    return render_template("public/report/own.html", form=form, draft=draft, raised=bool(found))


def _leave_page(form: LeaveForm, draft: Draft | None) -> str:
    return render_template("public/report/own_leave.html", form=form, draft=draft)
