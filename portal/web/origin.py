"""Second layer against forged requests: a form is only taken from our own pages."""

from flask import Flask, abort, request

from portal.web.transactions import SAFE_METHODS

OWN_SITES = frozenset({"same-origin", "none"})


def install(app: Flask) -> None:
    """Refuse every state-changing request that another site sent."""
    app.before_request(_refuse_foreign_forms)


def _refuse_foreign_forms() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in OWN_SITES:
        abort(403)
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)
