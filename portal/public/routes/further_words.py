"""/track/case/…: what a citizen sends with the code: an answer, more words, a wish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.exchange.statements import ADD, REPLY, REVIEW, WITHDRAW
from portal.public.domain import answers
from portal.public.domain.purposes import NotPossible, TooMany
from portal.public.domain.tracking import CasePage, Look
from portal.public.forms.further_words import (
    EDIT,
    SEND,
    AddForm,
    LateAddForm,
    LateReplyForm,
    LateReviewForm,
    LateWithdrawForm,
    ReplyForm,
    ReviewForm,
    WithdrawForm,
    WordsForm,
)
from portal.public.forms.tracking import CodeForm
from portal.public.routes import looks
from portal.public.routes.kept_words import keep_words, with_sentence
from portal.public.routes.wizard import confidential
from portal.reference.days import utcnow

bp = confidential(Blueprint("further_words", __name__, url_prefix="/track/case"))


@dataclass(frozen=True)
class Page:
    """One kind of words: its form, the form after the look is over, and why it may be refused."""

    form: type[WordsForm]
    late: type[WordsForm]
    refused: str


PAGES: Mapping[str, Page] = {
    REPLY: Page(ReplyForm, LateReplyForm, "这一件现在没有等您回答的问题"),
    ADD: Page(AddForm, LateAddForm, "这一件现在不能补充。已经办理完毕的，可以申请复查"),
    REVIEW: Page(
        ReviewForm, LateReviewForm, "这一件现在不能申请复查：还没有办完，或者这次办结已经申请过"
    ),
    WITHDRAW: Page(
        WithdrawForm, LateWithdrawForm, "这一件现在不用申请撤回：已经申请过，或者已经不在这里办了"
    ),
}
FULL = "这一件已经补充了很多次，网上不能再补充了"


@bp.get("/reply", defaults={"purpose": REPLY})
@bp.get("/add", defaults={"purpose": ADD})
@bp.get("/review", defaults={"purpose": REVIEW})
@bp.get("/withdraw", defaults={"purpose": WITHDRAW})
def write(purpose: str) -> ResponseReturnValue:
    """Show an empty form, where words of this purpose make sense."""
    shown = looks.present_case()
    if shown is None or purpose not in shown.possible:
        return redirect(url_for("tracking.case"), 303)
    return _page(purpose, PAGES[purpose].form(data={"once": answers.draw_once()}), shown)


@bp.post("/reply", defaults={"purpose": REPLY})
@bp.post("/add", defaults={"purpose": ADD})
@bp.post("/review", defaults={"purpose": REVIEW})
def send(purpose: str) -> ResponseReturnValue:
    """Seal and send words; a look that is over asks for the code, beside them."""
    now = utcnow()
    look = looks.present(now)
    form = PAGES[purpose].form() if look else PAGES[purpose].late()
    if not form.validate():
        return _page(purpose, form, looks.present_case()), 422
    return _send(purpose, form, look or _look_again(form), now)


@bp.post("/withdraw")
def withdraw() -> ResponseReturnValue:
    """Ask once more before the wish to withdraw is sent."""
    now = utcnow()
    look = looks.present(now)
    form = WithdrawForm() if look else LateWithdrawForm()
    if form.step.data == EDIT:
        return _page(WITHDRAW, form, looks.present_case())
    if not form.validate():
        return _page(WITHDRAW, form, looks.present_case()), 422
    if form.step.data == SEND:
        return _send(WITHDRAW, form, look or _look_again(form), now, pressed=form.pressed.data)
    if look is None:
        looks.begin(_look_again(form), now)
    return render_template("public/track/withdraw_confirm.html", form=form)


def _look_again(form: WordsForm) -> Look:
    # A look that is over leaves the late form, which has a code beside the words.
    return looks.derived(cast(CodeForm, form))


def _send(
    purpose: str, form: WordsForm, look: Look, now: datetime, *, pressed: str | None = None
) -> ResponseReturnValue:
    try:
        looks.send(look, form, purpose, now, pressed=pressed)
    except NotPossible as error:
        sentence = FULL if isinstance(error, TooMany) else PAGES[purpose].refused
        typed = form.text.data
        return render_template("public/track/refused.html", sentence=sentence, typed=typed), 409
    if isinstance(form, CodeForm):
        looks.begin(look, now)
    # The page itself tells of every other purpose that something came.
    return redirect(url_for("tracking.case", sent=ADD if purpose == ADD else None), 303)


def _page(purpose: str, form: WordsForm, shown: CasePage | None) -> str:
    late = isinstance(form, CodeForm)
    return render_template(f"public/track/{purpose}.html", form=form, case=shown, late=late)


def _again(sentence: str, status: int) -> ResponseReturnValue:
    purpose = request.path.rpartition("/")[2]
    form = PAGES[purpose].late() if "code" in request.form else PAGES[purpose].form()
    with_sentence(form, sentence)
    return _page(purpose, form, None), status


keep_words(bp, _again)
