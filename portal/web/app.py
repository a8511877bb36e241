"""The factory that both sites share."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import Blueprint, Flask, Request

from portal.config import split_bind
from portal.web import (
    display,
    errors,
    headers,
    origin,
    paths,
    statics,
    templating,
    transactions,
)
from portal.web.cookies import EncryptedCookieSessions
from portal.web.house import House

log = logging.getLogger("portal.web")

# Sixty thousand Chinese characters as a form sends them, nine bytes each: six times the longest
# story, so that whoever pasted too much reads so beside the field and keeps the text.
BODY_LIMIT = 640 * 1024


class InMemoryRequest(Request):
    """A request whose files stay in memory, as its whole body does: at most BODY_LIMIT."""

    def _get_file_stream(self, *_sizes: object, **_names: object) -> BytesIO:
        return BytesIO()


class Site(Flask):
    """Flask, but a failure is logged without the address: it may hold a one-time token."""

    request_class = InMemoryRequest

    def log_exception(self, exc_info: Any) -> None:
        """Log where a request failed."""
        log.error("a request failed", exc_info=exc_info)


def build(
    house: House,
    blueprints: Iterable[Blueprint],
    *,
    cookie: str,
    same_site: str,
    lifetime: timedelta,
) -> Flask:
    """Build one side's application.

    :param cookie: name of its session cookie, without `__Host-`
    :param same_site: `Lax` or `Strict`
    :param lifetime: how long a cookie lives that may outlast the browser's session
    """
    app = Site("portal", static_folder=None, template_folder=None)
    app.extensions["portal"] = house
    app.config.update(_configuration(house, lifetime))
    app.session_interface = EncryptedCookieSessions(
        cookie, house.cookie_key, https=house.https, same_site=same_site
    )
    # Hooks after a request run in reverse: the transaction closes last, headers are set before.
    transactions.install(app)
    headers.install(app)
    origin.install(app)
    paths.install(app)
    errors.install(app)
    statics.install(app)
    templating.install(app, house)
    display.install(app)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def _configuration(house: House, lifetime: timedelta) -> dict[str, object]:
    section = house.settings.public if house.side == "public" else house.settings.desk
    return {
        # Signs nothing but the form tokens inside the encrypted cookie.
        "SECRET_KEY": house.cookie_key.hex(),
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": BODY_LIMIT,
        "MAX_FORM_PARTS": 100,
        "PERMANENT_SESSION_LIFETIME": lifetime,
        "PROPAGATE_EXCEPTIONS": False,
        "TRUSTED_HOSTS": [*section.hosts, split_bind(section.bind)[0]],
        "WTF_CSRF_TIME_LIMIT": None,
    }
