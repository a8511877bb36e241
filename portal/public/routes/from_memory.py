"""Answers again, before Flask, what was answered before: in a crowd all ask for the same page.

Only whole answers to a host, an address and a choice of display are known, as the application
gave them last; whatever is new, conditional in another way, or no longer true goes on to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from werkzeug.http import parse_cookie

from portal.public.routes.remembered import REMEMBERED
from portal.reference.days import utcnow
from portal.web import lockdown
from portal.web.display import Display, display_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from portal.public.domain.notices.board import Rendered
    from portal.public.house import PublicHouse

Headers = tuple[tuple[str, str], ...]
Key = tuple[str, str, str, Display]
# What says when, or belongs to the bytes that a 304 does not carry.
NOT_KEPT = frozenset({"date"})
OF_BODY = frozenset({"content-length", "content-type"})
# Longer than any that a page of this site leads to; the memory counts pages, not addresses.
LONGEST_QUERY = 500


class FromMemory:
    """The application with a memory in front of it."""

    def __init__(self, application: WSGIApplication, house: Callable[[], PublicHouse]) -> None:
        self._application = application
        self._house = house

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._application(environ, start_response)
        house = self._house()
        key, now = _key(environ, https=house.https), utcnow()
        page = house.notices.find(key, now)
        if page is None or lockdown.in_force(house.settings.instance):
            return self._ask(environ, start_response, key)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked == f'"{page.etag}"':
            start_response("304 NOT MODIFIED", [one for one in page.headers if _stays(one)])
            return ()
        if asked is not None:
            return self._application(environ, start_response)
        start_response("200 OK", list(page.headers))
        return (page.body,)

    def _ask(
        self, environ: WSGIEnvironment, start_response: StartResponse, key: Key
    ) -> Iterable[bytes]:
        """Let the application answer, and learn the answer when it says that it may be kept."""
        board = self._house().notices

        def started(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            told: tuple[Rendered, int] | None = environ.get(REMEMBERED)
            names = {name.lower() for name, _value in headers}
            plain = status.startswith("200 ") and "set-cookie" not in names
            if told is not None and plain and len(key[2]) <= LONGEST_QUERY:
                page, revision = told
                kept = tuple(one for one in headers if one[0].lower() not in NOT_KEPT)
                board.keep(key, replace(page, headers=kept), revision)
            return start_response(status, headers, *more)  # type: ignore[arg-type]  # exc_info

        return self._application(environ, started)  # type: ignore[arg-type]  # it never writes


def _key(environ: WSGIEnvironment, *, https: bool) -> Key:
    cookies = environ.get("HTTP_COOKIE", "")
    display = display_of(parse_cookie(cookies), https=https) if cookies else Display()
    host = environ.get("HTTP_HOST", "")
    return host, environ["PATH_INFO"], environ.get("QUERY_STRING", ""), display


def _stays(header: tuple[str, str]) -> bool:
    return header[0].lower() not in OF_BODY
