"""Pages that are rendered once and answered from memory until something in them changes."""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from portal.public.domain.notices import reading
from portal.public.domain.notices.board import Rendered
from portal.public.house import public_house
from portal.reference.days import utcnow
from portal.web.display import chosen_display
from portal.web.headers import NO_COPIES, NO_INDEX, ROBOTS
from portal.web.transactions import db

HTML = "text/html; charset=utf-8"
REMEMBERED = "portal.remembered"


@dataclass(frozen=True)
class Made:
    """A page just rendered, its status, and whether search engines may list it."""

    words: str
    status: int = 200
    listed: bool = True


def remembered(
    what: Hashable, render: Callable[[datetime], Made], content_type: str = HTML
) -> Response:
    """Answer with a page that was rendered before, or render it now.

    `what` tells one page from another; the reader's choice of display and the host count too.
    """
    board, now = public_house().notices, utcnow()
    key = (what, request.host, chosen_display())
    # Read first: a page found before a change must not be kept as if it came after.
    revision = board.revision
    page = board.find(key, now)
    if page is None:
        page = _rendered(render(now), reading.true_until(db(), now))
        board.keep(key, page, revision)
    request.environ[REMEMBERED] = (page, revision)
    response = Response(page.body, page.status, content_type=content_type)
    response.headers[ROBOTS] = NO_COPIES if page.listed else NO_INDEX
    response.set_etag(page.etag)
    return response


def site_address() -> str:
    """Return the address of this site as this reader reached it, without a slash at the end."""
    return f"{'https' if public_house().https else 'http'}://{request.host}"


def _rendered(made: Made, until: datetime) -> Rendered:
    body = made.words.encode()
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Rendered(body, digest, made.status, made.listed, until)
