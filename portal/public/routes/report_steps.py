"""/report/matter to /report/identity: one question a page, each answer kept at once."""

from dataclasses import asdict

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, RadioField

from portal.public.domain.drafts import AlreadyFiled, Draft, DraftPlace
from portal.public.domain.tokens import Token
from portal.public.forms.identity import CONTACT_NOTE_MOST, IdentityForm
from portal.public.forms.report_steps import MatterForm, StepForm, StoryForm, SubjectForm
from portal.public.house import public_house
from portal.public.routes import visitor
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import (
    ORDER,
    already_filed,
    confidential,
    number_of,
    page,
    page_after,
    page_before,
)
from portal.reference.days import utcnow
from portal.reference.vocabulary import vocabulary
from portal.web.transactions import db

bp = confidential(Blueprint("report_steps", __name__))

FORMS: dict[str, type[StepForm]] = {
    "matter": MatterForm,
    "subject": SubjectForm,
    "story": StoryForm,
    "identity": IdentityForm,
}


@bp.get("/report/matter")
def matter() -> ResponseReturnValue:
    """Ask which kind of problem it is."""
    return _ask("matter")


@bp.post("/report/matter")
def keep_matter() -> ResponseReturnValue:
    """Keep the kind of problem; what belongs elsewhere is told at once and not stored."""
    form = MatterForm()
    if form.other_body:
        return redirect(url_for("reports.not_ours", kind=form.other_body), 303)
    return _keep("matter", form)


@bp.get("/report/subject")
def subject() -> ResponseReturnValue:
    """Ask who is reported."""
    return _ask("subject")


@bp.post("/report/subject")
def keep_subject() -> ResponseReturnValue:
    """Keep who is reported."""
    return _keep("subject", SubjectForm())


@bp.get("/report/story")
def story() -> ResponseReturnValue:
    """Ask what happened."""
    return _ask("story")


@bp.post("/report/story")
def keep_story() -> ResponseReturnValue:
    """Keep what happened."""
    return _keep("story", StoryForm())


@bp.get("/report/identity")
def identity() -> ResponseReturnValue:
    """Ask whether the report is named, and by whom."""
    return _ask("identity")


@bp.post("/report/identity")
def keep_identity() -> ResponseReturnValue:
    """Keep who reports; of an anonymous reporter nothing is kept."""
    return _keep("identity", IdentityForm())


def _ask(step: str) -> ResponseReturnValue:
    found = visitor.find_draft()
    if found and found.filed:
        return already_filed(found.filed)
    draft = found.draft if found else None
    visitor.admit(draft)
    lost = draft is None and visitor.draft_token() is not None
    form = FORMS[step](data=asdict(draft) if draft else None)
    return _page(step, form, draft=draft, lost=lost)


def _keep(step: str, form: StepForm) -> ResponseReturnValue:
    if not form.validate():
        return _page(step, form), 422
    house, now = public_house(), utcnow()
    visitor.admit(visitor.find_draft())
    token = visitor.draft_token() or Token.draw()
    answers = {**form.answers(), "helper": visitor.is_helper()}
    try:
        draft = DraftPlace(db(), house.drafts, token).revise(
            answers, now, own_phone=visitor.is_own_phone()
        )
    except AlreadyFiled:
        return _refuse_change(form), 409
    visitor.remember_draft(token)
    return redirect(page_after(step, draft, changing=_changing()), 303)


def _refuse_change(form: StepForm) -> str:
    typed = [
        (field.label.text, _said(field))
        for field in form
        if field.data and field.name != "csrf_token"
    ]
    return render_template("public/report/refused.html", typed=typed)


def _said(field: Field) -> str:
    if isinstance(field, RadioField):
        return "".join(option.label.text for option in field if option.checked)
    return str(field.data)


def _page(step: str, form: StepForm, *, draft: Draft | None = None, lost: bool = False) -> str:
    return render_template(
        f"public/report/{step}.html",
        form=form,
        step=number_of(step),
        steps=len(ORDER),
        back=page(ORDER[-1]) if _changing() else page_before(step),
        draft=draft,
        lost=lost,
        helper=visitor.is_helper(),
        contact_note_most=CONTACT_NOTE_MOST,
        vocabulary=vocabulary(),
    )


def _changing() -> bool:
    return request.args.get("back") == ORDER[-1]


def _again(sentence: str, status: int) -> ResponseReturnValue:
    step = request.path.rpartition("/")[2]
    form = FORMS[step]()
    with_sentence(form, sentence)
    return _page(step, form), status


keep_words(bp, _again)
