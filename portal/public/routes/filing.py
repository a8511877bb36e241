"""/report/check and /report/sent: the code first, then the last press, then what comes next."""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain import reports, reveals, superior
from portal.public.domain.derivation import derive_all
from portal.public.domain.drafts import ANONYMOUS, NAMED, SUPERIOR, Draft, DraftPlace
from portal.public.domain.reports import DraftChanged, NoDraft
from portal.public.domain.superior import ReferenceTaken
from portal.public.domain.tokens import Token
from portal.public.forms.filing import CheckForm
from portal.public.forms.identity import CALLS, MODES
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import (
    ORDER,
    STEP_OF,
    already_filed,
    confidential,
    number_of,
    page,
    page_before,
)
from portal.reference.days import utcnow
from portal.reference.vocabulary import vocabulary
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.web.transactions import db

bp = confidential(Blueprint("filing", __name__))


@bp.get("/report/check")
def check() -> ResponseReturnValue:
    """Show the code to copy and all answers; what is missing comes first."""
    public_house().admit(utcnow())
    found = visitor.find_draft()
    if found and found.filed:
        return already_filed(found.filed)
    if found and found.draft and public_house().watch.asks(found.draft):
        return redirect(url_for("own.ask"), 303)
    return _page(CheckForm(), found.draft if found else None)


@bp.post("/report/check")
def file() -> ResponseReturnValue:
    """File the report that the draft holds; a repetition gets the same answer."""
    form, token, found = CheckForm(), visitor.draft_token(), visitor.find_draft()
    if found and found.filed:
        return redirect(url_for(".sent"), 303)
    draft = found.draft if found else None
    if token is None or draft is None or draft.missing:
        return _page(form, draft), 409
    if public_house().watch.asks(draft):
        return redirect(url_for("own.ask"), 303)
    if not form.validate_against(draft.tracking_code):
        return _page(form, draft), 422
    try:
        _file(draft, token)
    except (DraftChanged, NoDraft, ReferenceTaken):
        return redirect(url_for(".check"), 303)
    return redirect(url_for(".sent"), 303)


@bp.get("/report/sent")
def sent() -> ResponseReturnValue:
    """Say that it was received, on which day, under which reference, and what comes next."""
    filed = visitor.filed_report()
    if filed is None:
        return render_template("public/report/over.html")
    return render_template("public/report/sent.html", filed=filed)


def _file(draft: Draft, token: Token) -> None:
    house, now = public_house(), utcnow()
    manifest = house.admit(now)
    newest = house.peppers[:1]
    keys = derive_all(house.filing_slots, draft.tracking_code, newest)[0]
    if draft.route == SUPERIOR:
        _file_for_superior(draft, token, keys, manifest, now)
        return
    sealed = reports.seal(draft, keys, newest[0].id, manifest, vocabulary().version)
    reports.file(DraftPlace(db(), house.drafts, token), house.outbox, sealed, now)


def _file_for_superior(
    draft: Draft, token: Token, keys: CodeKeys, manifest: Manifest, now: datetime
) -> None:
    house = public_house()
    sealed = superior.seal(
        draft,
        keys,
        house.peppers[0].id,
        manifest,
        vocabulary().version,
        reference=reports.draw_reference(),
        now=now,
    )
    superior.file(DraftPlace(db(), house.drafts, token), house.superior, sealed, now)


def _page(form: CheckForm, draft: Draft | None) -> str:
    if draft is None or draft.missing:
        missing = draft.missing if draft else tuple(STEP_OF)
        links = [(name, page(STEP_OF[name], changing=True)) for name in missing]
        return render_template("public/report/missing.html", draft=draft, links=links)
    return render_template(
        "public/report/check.html",
        form=form,
        draft=draft,
        step=number_of("check"),
        steps=len(ORDER),
        back=page_before("check"),
        found=() if draft.reporter else reveals.fragments(draft.story, draft.place, draft.happened),
        rows=_rows(draft),
        change_story=page("story", changing=True),
        change_identity=page("identity", changing=True),
    )


def _rows(draft: Draft) -> list[tuple[str, str, str]]:
    """Return question, answer and the address that changes it, but for the story."""
    level = vocabulary().level(draft.level).plain if draft.level else ""
    subject = (draft.unit, draft.name, draft.post, level, draft.region)
    return [
        ("问题类别", vocabulary().category_label(draft.category), page("matter", changing=True)),
        ("反映的是谁", _lines(subject), page("subject", changing=True)),
        ("时间和地点", _lines((draft.happened, draft.place)), page("story", changing=True)),
        *_identity_rows(draft, page("identity", changing=True)),
        ("由谁办理", _who_handles(draft), url_for("own.ask")),
    ]


def _identity_rows(draft: Draft, change: str) -> list[tuple[str, str, str]]:
    reporter = draft.reporter
    if reporter is None:
        return [("实名还是匿名", MODES[ANONYMOUS], change)]
    whose = "他的" if draft.helper else "您的"
    return [
        ("实名还是匿名", MODES[NAMED], change),
        (f"{whose}姓名或者单位", reporter.full_name, change),
        (f"{whose}电话", reporter.phone, change),
        ("要不要打电话", CALLS.get(draft.call_me, "没有选，我们不打"), change),
        ("打电话要注意什么", reporter.contact_note, change),
    ]


def _who_handles(draft: Draft) -> str:
    settings = public_house().settings
    if draft.route == SUPERIOR:
        return f"密封转{settings.superior.name}，只有上级能打开"
    return settings.body.name


def _lines(answers: Iterable[str]) -> str:
    return "\n".join(filter(None, answers))


def _again(sentence: str, status: int) -> ResponseReturnValue:
    # Shows no draft: whatever failed may be what would read it. The draft itself is kept.
    form = CheckForm()
    with_sentence(form, sentence)
    return render_template("public/report/not_filed.html", form=form), status


keep_words(bp, _again)
