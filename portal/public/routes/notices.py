"""/notices and /clarifications: what was found and what became of it, for everybody to read."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.exchange.notices import NAMED, NUMBER
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

ENDS = ("after", "before")


@bp.get("/notices")
@open_page
def index() -> ResponseReturnValue:
    """List notices, filtered and searched; what somebody searched for is kept nowhere."""
    if "page" in request.args:
        return _without_page()
    form = FilterForm(request.args)
    valid = form.validate()
    after, before = _ends()
    wanted = form.wanted(after=after, before=before)
    if form.q.data or not valid:
        return _list(form, wanted, utcnow()), 200 if valid else 422
    return remembered(("list", wanted), lambda now: Made(_list(form, wanted, now)))


@bp.get("/clarifications")
@open_page
def clarifications() -> ResponseReturnValue:
    """List those who were cleared, as long as they agreed to it."""
    if "page" in request.args:
        return _without_page()
    after, before = _ends()
    wanted = Wanted(kind=CLARIFICATION, after=after, before=before)

    def render(now: datetime) -> Made:
        found = _browse(wanted, now)
        pages = _pages({}, found)
        return Made(
            render_template(
                "public/notices/clarifications.html", wanted=wanted, found=found, **pages
            )
        )

    return remembered(("clarifications", wanted), render)


@bp.get("/notices/<number>")
@open_page
def show(number: str) -> ResponseReturnValue:
    """Show one notice at its permanent address, or why it is no longer there."""
    return remembered(("notice", number), lambda now: _notice(number, now))


def _list(form: FilterForm, wanted: Wanted, now: datetime) -> str:
    found = _browse(wanted, now)
    form.offer(listing.offered(db(), now), region_name)
    return render_template(
        "public/notices/index.html",
        form=form,
        wanted=wanted,
        found=found,
        counted=listing.COUNTED,
        **_pages(wanted.chosen, found),
    )


def _browse(wanted: Wanted, now: datetime) -> Listed:
    try:
        return listing.browse(db(), wanted, public_house().desk_key(), now)
    except NoSuchNotice:
        abort(404)


def _notice(number: str, now: datetime) -> Made:
    key = public_house().desk_key()
    try:
        shown = reading.find(db(), number, key, now)
    except NoSuchNotice:
        abort(404)
    if shown.is_gone(local_day(now)):
        clarified_by = reading.clarified_by(db(), [number], key, reading.listed(now))
        gone = render_template("public/notices/gone.html", shown=shown, clarified_by=clarified_by)
        return Made(gone, 410, listed=False)
    page = render_template(
        "public/notices/show.html",
        shown=shown,
        around=reading.around(db(), shown, key, now),
        address=f"{site_address()}/notices/{number}",
    )
    return Made(page, listed=shown.notice.mode == NAMED)


def _without_page() -> ResponseReturnValue:
    """Lead a link that counts pages, as they once were, to the newest ones."""
    chosen = {name: value for name, value in request.args.items() if name != "page"}
    return redirect(f"{request.path}?{urlencode(chosen)}" if chosen else request.path, 301)


def _ends() -> tuple[str, str]:
    after, before = (request.args.get(name, "") for name in ENDS)
    if not all(NUMBER.fullmatch(number) for number in (after, before) if number):
        abort(404)
    return after, before


def _pages(chosen: Mapping[str, str], found: Listed) -> dict[str, str | None]:
    # Of the address only what was understood goes along: a page that is kept for everybody would
    # lead to whatever else its first reader wrote there.
    def page(end: str, number: str) -> str | None:
        return f"{request.path}?{urlencode({**chosen, end: number})}#found" if number else None

    return {
        "previous": page("before", found.newer),
        "next": page("after", found.older),
        "newest": f"{request.path}?{urlencode(chosen)}" if chosen else request.path,
    }


@bp.app_template_filter()
def notice_kind(code: str) -> str:
    """Return the words for a kind of notice."""
    return vocabulary().notice_kind(code).label


@bp.app_template_filter()
def notice_area(code: str) -> str:
    """Return the words for an area of life."""
    return next(one.label for one in vocabulary().areas if one.code == code)


@bp.app_template_filter()
def region_name(code: str) -> str:
    """Return the name that the settings give a region; without one its code, said to be one."""
    name = public_house().settings.regions.name_of(code)
    return f"区划代码{code}" if name == code else name


@bp.errorhandler(ManifestError)
def _unverifiable(_error: ManifestError) -> ResponseReturnValue:
    return error_page(503)
