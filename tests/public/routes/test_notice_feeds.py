"""Feeds, sitemap and robots.txt, read by programs."""

from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from tests.public.released import notice, withdrawn

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def get(site, url):
    return site.test_client().get(url, base_url="https://localhost")


def parsed(answer):
    return fromstring(answer.data)  # noqa: S314 — our own answer


def test_the_atom_feed_tells_the_newest_first_and_is_well_formed(site, newsdesk):
    newsdesk.release(
        notice("2026-0001", title="<甲>&\u202e", published_on=date(2026, 11, 1)),
        notice("2026-0002", title="乙", summary="一\x0b二", published_on=date(2026, 11, 2)),
    )
    answer = get(site, "/feed/notices.xml")
    feed = parsed(answer)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == [
        "乙",
        "<甲>&\u202e",
    ]
    entry = next(feed.iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}summary") == "一二"
    assert entry.find(f"{ATOM}link").get("href") == "https://localhost/notices/2026-0002"
    assert entry.findtext(f"{ATOM}published") == "2026-11-02T00:00:00+08:00"


def test_an_empty_feed_is_a_feed(site, newsdesk):
    assert list(parsed(get(site, "/feed/notices.xml")).iter(f"{ATOM}entry")) == []
    assert get(site, "/feed/notices.json").get_json(force=True)["items"] == []


def test_the_json_feed_says_the_same(site, newsdesk):
    one = notice()
    newsdesk.release(one)
    feed = get(site, "/feed/notices.json").get_json(force=True)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["title"] == one.title
    assert item["url"] == "https://localhost/notices/2026-0017"
    assert item["content_text"] == one.summary


@pytest.fixture
def mixed(newsdesk):
    """One of everything that a feed may carry."""
    gone = notice("2026-0003")
    newsdesk.release(
        notice("2026-0001", title="𠮷😀<&>", summary="", mode="named"),
        notice("2026-0002", kind="N09", answers="2026-0001", expires_on=date(2026, 1, 1)),
        gone,
        withdrawn(gone, "事实有误"),
        notice("2026-0004", kind="N09", answers="2026-0001"),
    )


def test_atom_has_what_rfc_4287_asks_for(site, mixed):
    feed = parsed(get(site, "/feed/notices.xml"))
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == 4
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = one.findall(f"{ATOM}{name}")
            assert (found.text or "").strip()
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
        (page,) = [link for link in one.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert page.get("href", "").startswith("https://localhost/notices")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
    newest = max(one.findtext(f"{ATOM}updated", "") for one in entries)
    assert feed.findtext(f"{ATOM}updated") == newest


def test_json_has_what_json_feed_asks_for(site, mixed):
    answer = get(site, "/feed/notices.json")
    assert answer.content_type.startswith("application/feed+json")
    feed = answer.get_json(force=True)
    assert {"version", "title", "items"} <= feed.keys()
    assert len({one["id"] for one in feed["items"]}) == 4
    for one in feed["items"]:
        assert isinstance(one["id"], str)
        assert one["content_text"]
        assert one["url"].startswith("https://localhost/notices/")
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(one[name]).tzinfo


@pytest.mark.parametrize("over", [False, True])
def test_who_follows_is_told_that_one_is_gone(site, newsdesk, over):
    first = notice(title="点名通报张三", summary="张三侵占")
    newsdesk.release(first)
    if over:
        newsdesk.release(notice("2026-0018", title="为张三澄清", expires_on=date(2026, 1, 1)))
    newsdesk.release(withdrawn(first, "事实有误"))
    for url in ("/feed/notices.xml", "/feed/notices.json"):
        told = get(site, url).text
        assert "编号2026-0017的通报已撤下" in told
        assert "原因：事实有误" in told
        assert ("编号2026-0018的内容已到期" in told) is over
        assert "张三" not in told


def test_the_sitemap_names_named_ones_alone(site, newsdesk):
    newsdesk.release(notice("2026-0001"), notice("2026-0002", mode="named"))
    page = get(site, "/sitemap.xml")
    places = [one.text for one in parsed(page).iter(f"{MAP}loc")]
    assert "https://localhost/notices/2026-0002" in places
    assert "https://localhost/notices" in places
    assert "2026-0001" not in page.text


def test_robots_are_kept_out_of_what_is_confidential(site):
    words = get(site, "/robots.txt").text
    assert "Disallow: /report\n" in words
    assert "Sitemap: https://localhost/sitemap.xml\n" in words
