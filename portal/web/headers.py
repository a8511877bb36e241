"""Headers that every answer carries, errors included (SECURITY 1 and 2)."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from portal.web.house import current_house

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# For pages whose script sends to their own site what is typed on them.
SENDING_POLICY = f"{CONTENT_SECURITY_POLICY}; connect-src 'self'"
PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)
FIXED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` would make Chromium send `Origin: null` with every form.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
ROBOTS = "X-Robots-Tag"
NO_COPIES = "noarchive"
NO_INDEX = "noindex, noarchive"
STRICT_TRANSPORT = "max-age=31536000"

P = ParamSpec("P")


def open_page(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Mark a view whose page holds nothing confidential: it may be cached and revalidated."""

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        g.open_page = True
        return view(*args, **kwargs)

    return marked


def let_script_send() -> None:
    """Let the script of the page that answers this request send to its own site."""
    g.script_sends = True


def install(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    for name, value in FIXED.items():
        response.headers[name] = value
    if g.get("script_sends"):
        response.headers["Content-Security-Policy"] = SENDING_POLICY
    response.headers.setdefault(ROBOTS, NO_COPIES)
    if current_house().https:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if "Cache-Control" not in response.headers:
        _say_how_to_cache(response)
    return response


def _say_how_to_cache(response: Response) -> None:
    if g.get("open_page") and response.status_code == 200 and "Set-Cookie" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Cookie")
        response.add_etag()
        response.make_conditional(request)
    else:
        response.headers["Cache-Control"] = "no-store"
