"""/notices/<id>/unsaved: what a script sends every few seconds, and what nobody wants any more."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain.notices.drafting import NotWritable
from portal.desk.domain.notices.unsaved import OtherTab, Page
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.unsaved import DropForm, KeepForm
from portal.desk.routes.access import allowed
from portal.desk.routes.notices import NO_KEY, RELEASED, drafts, notice_or_404
from portal.desk.routes.resuming import Resuming, other_tab, overtaken, resuming, writing

bp = Blueprint("unsaved", __name__, url_prefix="/notices/<notice_id>/unsaved")

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.post("/<page>")
@allowed(Permission.DRAFT)
def keep(notice_id: str, page: str) -> ResponseReturnValue:
    """Keep what is typed on a page; the answer is for a script, in a sentence to show."""
    form, mine = KeepForm(), _mine(notice_id, page)
    if not form.validate():
        return "", 403, PLAIN
    try:
        mine.keep(form)
    except OtherTab as error:
        return other_tab(error), 409, PLAIN
    except NotWritable:
        return RELEASED, 409, PLAIN
    except KeyNotHeld:
        return NO_KEY, 409, PLAIN
    said = [overtaken(mine.notice, form.seen_revision), *writing(mine.notice)]
    return "".join(said), 200 if any(said) else 204, PLAIN


@bp.post("/<page>/drop")
@allowed(Permission.DRAFT)
def drop(notice_id: str, page: str) -> ResponseReturnValue:
    """Forget unsaved words, and show the newest version."""
    form, mine = DropForm(), _mine(notice_id, page)
    if not form.validate():
        abort(403)
    mine.drop(form)
    return redirect(url_for(f"notices.{mine.page}", notice_id=notice_id), 303)


def _mine(notice_id: str, page: str) -> Resuming:
    if page not in set(Page):
        abort(404)
    return resuming(drafts(), notice_or_404(notice_id, lock=True), Page(page))
