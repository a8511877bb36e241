"""What programs read of the notices: an Atom and a JSON feed, the sitemap, robots.txt."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from portal.exchange.notices import WITHDRAWN
from portal.public.domain.notices import listing
from portal.public.domain.notices.listing import Followed
from portal.public.domain.notices.reading import Shown
from portal.public.house import public_house
from portal.public.routes.remembered import Made, remembered, site_address
from portal.reference.days import local_day, spoken_day
from portal.reference.texts import text
from portal.reference.vocabulary import vocabulary
from portal.sealing.manifest import ManifestError
from portal.web.errors import error_page
from portal.web.headers import open_page
from portal.web.transactions import db

bp = Blueprint("notice_feeds", __name__)

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
XML = "application/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
# What XML 1.0 cannot hold in any spelling, section 2.2.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """A notice as feeds tell it; one that is gone says only that, and why."""

    id: str
    address: str
    title: str
    summary: str
    kind: str
    published: str
    updated: str


@bp.get("/feed/notices.xml")
@open_page
def atom() -> ResponseReturnValue:
    """Give the newest notices as Atom (RFC 4287)."""

    def render(now: datetime) -> Made:
        return Made(
            render_template("public/notices/feed.xml", site=site_address(), entries=_entries(now))
        )

    return remembered("atom", render, ATOM)


@bp.get("/feed/notices.json")
@open_page
def json_feed() -> ResponseReturnValue:
    """Give the newest notices as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""
    return remembered("json", _json_feed, JSON_FEED)


@bp.get("/sitemap.xml")
@open_page
def sitemap() -> ResponseReturnValue:
    """Tell search engines the pages that they may keep; anonymised notices are not among them."""

    def render(now: datetime) -> Made:
        numbers = listing.addresses(db(), now)
        return Made(
            render_template("public/notices/sitemap.xml", site=site_address(), numbers=numbers)
        )

    return remembered("sitemap", render, XML)


@bp.get("/robots.txt")
@open_page
def robots() -> ResponseReturnValue:
    """Keep search engines out of what is confidential."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/report", "/track", "/exit"))
    words = f"User-agent: *\n{closed}Sitemap: {site_address()}/sitemap.xml\n"
    return Response(words, content_type=PLAIN)


def _json_feed(now: datetime) -> Made:
    site = site_address()
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{public_house().settings.body.name}通报曝光",
        "home_page_url": f"{site}/notices",
        "feed_url": f"{site}/feed/notices.json",
        "language": "zh-CN",
        "items": [
            {
                "id": one.id,
                "url": one.address,
                "title": one.title,
                "content_text": one.summary or one.title,
                "tags": [one.kind],
                "date_published": one.published,
                "date_modified": one.updated,
            }
            for one in _entries(now)
        ],
    }
    return Made(json.dumps(feed, ensure_ascii=False, indent=1))


def _entries(now: datetime) -> list[Entry]:
    followed = listing.newest(db(), public_house().desk_key(), now)
    return [_entry(one, site_address(), local_day(now)) for one in followed]


def _entry(followed: Followed, site: str, today: date) -> Entry:
    notice = followed.shown.notice
    title, *told = _told(followed.shown, today)
    told += [
        f"有澄清：{one.notice.title}，{site}/notices/{one.notice.number}"
        for one in followed.clarified_by(today)
    ]
    if notice.answers and not followed.shown.is_gone(today):
        told.append(f"回应编号{notice.answers}的通报，{site}/notices/{notice.answers}")
    return Entry(
        id=UUID(hex=notice.notice).urn,
        address=f"{site}/notices/{notice.number}",
        title=NOT_XML.sub("", title),
        summary=NOT_XML.sub("", "\n".join(filter(None, told))),
        kind=vocabulary().notice_kind(notice.kind).label,
        published=_instant(notice.published_on),
        updated=_instant(followed.changed_on(today)),
    )


def _told(shown: Shown, today: date) -> tuple[str, str]:
    """Return title and words of a notice, or of one that is gone why."""
    notice = shown.notice
    if notice.state == WITHDRAWN:
        reason, day = notice.reason.rstrip("。"), spoken_day(shown.withdrawn_on)
        return (
            f"编号{notice.number}的通报已撤下",
            text("notice.withdrawn", date=day, reason=reason),
        )
    if notice.expires_on is not None and shown.is_over(today):
        last = spoken_day(notice.expires_on)
        return f"编号{notice.number}的内容已到期", f"公开到{last}为止，现在不再显示。"
    return notice.title, notice.summary


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"


@bp.errorhandler(ManifestError)
def _unverifiable(_error: ManifestError) -> ResponseReturnValue:
    return error_page(503)
