"""/report: where a report begins, who types it, and what belongs elsewhere."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain.drafts import DraftPlace
from portal.public.forms.reports import StartForm
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.public.routes.wizard import confidential, next_page
from portal.reference.days import COUNTY_ZONE
from portal.reference.vocabulary import vocabulary
from portal.web.transactions import db

bp = confidential(Blueprint("reports", __name__))


@bp.get("/report")
def start() -> ResponseReturnValue:
    """Show how to stay safe, and what was left unfinished, without showing it."""
    visitor.admit(visitor.unfinished_draft())
    return _page(StartForm())


@bp.post("/report")
def begin() -> ResponseReturnValue:
    """Note who types and on whose phone, or clear what was left here."""
    form = StartForm()
    if not form.validate():
        return _page(form), 422
    if form.discards:
        return _discard()
    visitor.begin(by_helper=form.by_helper, own_phone=form.own_phone.data)
    if visitor.filed_report():
        visitor.forget_draft()
    return redirect(url_for(".helper" if form.by_helper else "report_steps.matter"), 303)


@bp.get("/report/helper")
def helper() -> ResponseReturnValue:
    """Tell somebody who types for somebody else what to take care of."""
    return render_template("public/report/helper.html")


@bp.get("/report/not-ours/<kind>")
def not_ours(kind: str) -> ResponseReturnValue:
    """Tell where else to go; nothing was stored, and nothing is."""
    other = next((one for one in vocabulary().not_ours if kind in {one.kind, one.code}), None)
    if other is None:
        abort(404)
    draft = visitor.unfinished_draft()
    return render_template("public/report/not_ours.html", other=other, draft=draft)


def _discard() -> ResponseReturnValue:
    token = visitor.draft_token()
    if token:
        DraftPlace(db(), public_house().drafts, token).discard()
        visitor.forget_draft()
    return redirect(url_for(".start"), 303)


def _page(form: StartForm) -> str:
    found = visitor.find_draft()
    draft = found.draft if found else None
    return render_template(
        "public/report/start.html",
        form=form,
        left=_spoken_time(found.written_at) if found and draft else None,
        onward=next_page(draft) if draft else None,
    )


def _spoken_time(instant: datetime) -> str:
    local = instant.astimezone(COUNTY_ZONE)
    return f"{local.month}月{local.day}日{local:%H:%M}"
