"""What each version of a notice changed, and the sheet that is signed on paper."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from portal.desk.domain import people
from portal.desk.domain.notices import comparing, paragraphs, rendering
from portal.desk.domain.notices.drafting import UnknownNotice
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.roles import Permission
from portal.desk.routes.access import allowed, note_read
from portal.desk.routes.notices import (
    REFUSALS,
    REFUSED,
    closed,
    drafts,
    notice_or_404,
    try_open,
)
from portal.web.transactions import db

bp = Blueprint("notice_versions", __name__, url_prefix="/notices")


@bp.get("/<notice_id>/versions/<number>")
@allowed(Permission.NOTICES)
def version(notice_id: str, number: str) -> ResponseReturnValue:
    """Show what a version changed."""
    notice = notice_or_404(notice_id)
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    note_read("notice-read", notice_id)
    try:
        after = drafts().version(db(), notice, wanted)
        before = drafts().version(db(), notice, wanted - 1).draft if wanted > 1 else None
    except UnknownNotice:
        abort(404)
    except REFUSED as refusal:
        return closed(notice, REFUSALS[type(refusal)])
    changes = comparing.changes(before or Draft(kind="", mode="", title=""), after.draft)
    return render_template(
        "desk/notices/version.html",
        notice=notice,
        opened=after,
        changes=changes,
        names=people.names(db()),
    )


@bp.get("/<notice_id>/print")
@allowed(Permission.NOTICES)
def paper(notice_id: str) -> ResponseReturnValue:
    """Show the sheet that is signed on paper."""
    notice = notice_or_404(notice_id)
    note_read("notice-read", notice_id)
    opened, sentence = try_open(notice)
    if opened is None:
        return closed(notice, sentence)
    return render_template(
        "desk/notices/print.html",
        notice=notice,
        opened=opened,
        draft=opened.draft,
        public=rendering.render(opened.draft),
        counts=paragraphs.counts(opened.draft),
        names=people.names(db()),
    )
