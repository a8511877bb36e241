"""/notices and /clarifications: what was found and what became of it, for everybody to read."""

from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.exchange.notices import NAMED, WITHDRAWN
from portal.public.domain.notices import listing, reading
from portal.public.domain.notices.listing import CLARIFICATION, Listed, Wanted
from portal.public.domain.notices.reading import NoSuchNotice
from portal.public.forms.notices import FilterForm
from portal.public.house import public_house
from portal.public.routes.remembered import Made, remembered, site_address
from portal.reference.days import local_day, utcnow
from portal.reference.vocabulary import vocabulary
from portal.sealing.manifest import ManifestError
from portal.web.errors import error_page
from portal.web.headers import open_page
from portal.web.transactions import db

bp = Blueprint("notices", __name__)

MOST_PAGES = 9_999


@bp.get("/notices")
@open_page
def index() -> ResponseReturnValue:
    """List notices, filtered and searched; what somebody searched for is kept nowhere."""
    form = FilterForm(request.args)
    valid = form.validate()
    wanted = form.wanted(_page_number())
    if wanted.words or not valid:
        return _list(form, wanted, utcnow()), 200 if valid else 422
    return remembered(("list", wanted), lambda now: Made(_list(form, wanted, now)))


@bp.get("/clarifications")
@open_page
def clarifications() -> ResponseReturnValue:
    """List those who were cleared, as long as they agreed to it."""
    wanted = Wanted(kind=CLARIFICATION, page=_page_number())

    def render(now: datetime) -> Made:
        found = _browse(wanted, now)
        pages = _pages(wanted, found)
        return Made(render_template("public/notices/clarifications.html", found=found, **pages))

    return remembered(("clarifications", wanted), render)


@bp.get("/notices/<number>")
@open_page
def show(number: str) -> ResponseReturnValue:
    """Show one notice at its permanent address, or why it is no longer there."""
    return remembered(("notice", number), lambda now: _notice(number, now))


def _list(form: FilterForm, wanted: Wanted, now: datetime) -> str:
    found = _browse(wanted, now)
    form.offer(listing.offered(db()))
    return render_template(
        "public/notices/index.html",
        form=form,
        wanted=wanted,
        found=found,
        **_pages(wanted, found),
    )


def _browse(wanted: Wanted, now: datetime) -> Listed:
    found = listing.browse(db(), wanted, public_house().desk_key(), now)
    if wanted.page > 1 and not found.entries:
        abort(404)
    return found


def _notice(number: str, now: datetime) -> Made:
    key = public_house().desk_key()
    try:
        shown = reading.find(db(), number, key, now)
    except NoSuchNotice:
        abort(404)
    if shown.notice.state == WITHDRAWN or shown.is_over(local_day(now)):
        gone = render_template("public/notices/gone.html", shown=shown)
        return Made(gone, 410, listed=False)
    page = render_template(
        "public/notices/show.html",
        shown=shown,
        around=reading.around(db(), shown, key, now),
        address=f"{site_address()}/notices/{number}",
    )
    return Made(page, listed=shown.notice.mode == NAMED)


def _page_number() -> int:
    typed = request.args.get("page", "1")
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed[:5]) <= MOST_PAGES):
        abort(404)
    return int(typed[:5])


def _pages(wanted: Wanted, found: Listed) -> dict[str, str | None]:
    chosen = {name: value for name, value in request.args.items() if value and name != "page"}

    def page(number: int) -> str:
        return f"{request.path}?{urlencode({**chosen, 'page': number})}"

    return {
        "previous": page(wanted.page - 1) if wanted.page > 1 else None,
        "next": page(wanted.page + 1) if found.has_more else None,
        "where": f"第{wanted.page}页" if found.has_more or wanted.page > 1 else "",
    }


@bp.app_template_filter()
def notice_kind(code: str) -> str:
    """Return the words for a kind of notice."""
    return vocabulary().notice_kind(code).label


@bp.app_template_filter()
def notice_area(code: str) -> str:
    """Return the words for an area of life."""
    return next(one.label for one in vocabulary().areas if one.code == code)


@bp.errorhandler(ManifestError)
def _unverifiable(_error: ManifestError) -> ResponseReturnValue:
    return error_page(503)
