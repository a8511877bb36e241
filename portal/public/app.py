"""The public site's application."""

from flask import Flask
from flask.typing import ResponseReturnValue

from portal.public.domain.admission import Closed
from portal.public.domain.drafts import OWN_PHONE
from portal.public.house import PublicHouse
from portal.public.routes import (
    cards,
    display,
    exits,
    filing,
    further_words,
    health,
    notice_feeds,
    notices,
    own,
    pages,
    ratings,
    report_steps,
    reports,
    slips,
    tracking,
)
from portal.public.routes.from_memory import FromMemory
from portal.web import lockdown
from portal.web.app import build
from portal.web.errors import error_page

COOKIE = "public"
BLUEPRINTS = (
    pages.bp,
    notices.bp,
    notice_feeds.bp,
    display.bp,
    reports.bp,
    report_steps.bp,
    filing.bp,
    own.bp,
    cards.bp,
    tracking.bp,
    ratings.bp,
    further_words.bp,
    slips.bp,
    exits.bp,
    health.bp,
)


def create_app(house: PublicHouse) -> Flask:
    """Build the public site; a cookie outlasts the browser's session only on one's own phone."""
    app = build(house, BLUEPRINTS, cookie=COOKIE, same_site="Lax", lifetime=OWN_PHONE)
    app.register_error_handler(Closed, _closed)
    # Whoever wants to leave and clear the phone still can.
    lockdown.install(app, lambda: error_page(503), but=("static", "health", "exits"))
    in_front = FromMemory(app.wsgi_app, lambda: app.extensions["portal"])
    app.wsgi_app = in_front  # type: ignore[method-assign]  # as Flask's documentation does
    return app


def _closed(_error: Closed) -> ResponseReturnValue:
    return error_page(503)
