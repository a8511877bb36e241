"""What ends by itself: a clarification whose day is over, seen nowhere a moment later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import fromstring

import pytest

from portal.public.routes import from_memory, notices, remembered
from tests.public.released import notice, withdrawn

ATOM = "{http://www.w3.org/2005/Atom}"
LAST_DAY = date(2027, 3, 31)
# 2027-04-01T00:00 in the county.
MIDNIGHT = datetime(2027, 3, 31, 16, tzinfo=UTC)
LISTS = [
    *("/notices", "/notices?kind=N09", "/notices?q=澄清", "/clarifications"),
    *("/notices/2026-0017", "/feed/notices.xml", "/feed/notices.json", "/sitemap.xml"),
]
CLEARED = notice(title="青岚县通报1起问题", mode="named")
CLEARING = notice(
    "2026-0020",
    kind="N09",
    mode="named",
    title="为张某某澄清",
    summary="查下来没有这回事。",
    answers="2026-0017",
    published_on=date(2026, 11, 21),
    expires_on=LAST_DAY,
)


@pytest.fixture
def newsdesk(newsdesk):
    """The desk, long before anything ends."""
    newsdesk.now = datetime(2026, 12, 1, 4, tzinfo=UTC)
    return newsdesk


@pytest.fixture
def at(monkeypatch):
    """Let the site's clock show a moment."""

    def at(moment):
        for place in (remembered, from_memory, notices):
            monkeypatch.setattr(place, "utcnow", lambda: moment)

    return at


def get(site, url, **headers):
    return site.test_client().get(url, base_url="https://localhost", headers=headers)


def names_it(words):
    return "为张某某澄清" in words or "/notices/2026-0020</loc>" in words


@pytest.mark.parametrize("url", LISTS)
def test_it_is_shown_to_the_last_minute_and_not_a_moment_longer(site, newsdesk, at, url):
    newsdesk.release(CLEARED, CLEARING)
    at(MIDNIGHT - timedelta(seconds=1))
    before, again = get(site, url), get(site, url)
    assert names_it(before.text)
    assert again.data == before.data
    at(MIDNIGHT)
    known = {"If-None-Match": before.headers["ETag"]} if "ETag" in before.headers else {}
    after = get(site, url, **known)
    assert after.status_code == 200
    assert not names_it(after.text)


def test_its_own_page_says_why_it_is_gone_from_midnight_on(site, newsdesk, at):
    newsdesk.release(CLEARED, CLEARING)
    at(MIDNIGHT - timedelta(seconds=1))
    before = get(site, "/notices/2026-0020")
    assert "公开到2027年3月31日为止" in before.text
    at(MIDNIGHT)
    for headers in ({}, {"If-None-Match": before.headers["ETag"]}):
        after = get(site, "/notices/2026-0020", **headers)
        assert after.status_code == 410
        assert "只公开到2027年3月31日为止" in after.text
        assert "张某某" not in after.text


@pytest.mark.parametrize(
    "url", ["/notices", "/feed/notices.xml", "/sitemap.xml", "/notices?q=到时"]
)
def test_what_waits_for_its_minute_is_there_on_the_minute(site, newsdesk, at, url):
    coming = datetime(2027, 1, 5, 1, 30, tzinfo=UTC)
    newsdesk.release(
        notice(), notice("2027-0001", title="到时才有", mode="named", not_before=coming)
    )
    at(coming - timedelta(seconds=1))
    before = get(site, url)
    at(coming)
    known = {"If-None-Match": before.headers["ETag"]} if "ETag" in before.headers else {}
    after = get(site, url, **known)
    shown = ["2027-0001" in one.text for one in (before, after)]
    assert shown == [False, True]


def test_who_reads_the_notice_reads_first_that_it_was_clarified(site, newsdesk, at):
    at(MIDNIGHT - timedelta(days=9))
    newsdesk.release(CLEARED, CLEARING)
    page = get(site, "/notices/2026-0017").text
    assert page.index("为张某某澄清") < page.index("经查")
    lists = get(site, "/notices?mode=named").text
    assert lists.count('href="/notices/2026-0020"') == 2
    assert "有澄清：" in lists


def test_a_withdrawn_notice_still_leads_to_its_clarification(site, newsdesk, at):
    at(MIDNIGHT - timedelta(days=9))
    newsdesk.release(CLEARED, CLEARING, withdrawn(CLEARED, "事实有误"))
    page = get(site, "/notices/2026-0017")
    assert page.status_code == 410
    assert 'href="/notices/2026-0020"' in page.text


def test_feeds_carry_both_ways_and_tell_when_it_changed(site, newsdesk, at):
    newsdesk.release(CLEARED, CLEARING)
    for moment, mark, updated in (
        (MIDNIGHT - timedelta(days=9), True, newsdesk.now),
        (MIDNIGHT + timedelta(days=9), False, MIDNIGHT),
    ):
        at(moment)
        feed = fromstring(get(site, "/feed/notices.xml").data)  # noqa: S314 — our own answer
        told = {one.findtext(f"{ATOM}id"): one for one in feed.iter(f"{ATOM}entry")}
        cleared = told[f"urn:uuid:{dashed(CLEARED.notice)}"]
        clearing = told[f"urn:uuid:{dashed(CLEARING.notice)}"]
        link = "有澄清：为张某某澄清，https://localhost/notices/2026-0020"
        assert (link in cleared.findtext(f"{ATOM}summary", "")) is mark
        assert ("回应编号2026-0017的通报" in clearing.findtext(f"{ATOM}summary", "")) is mark
        for one in (cleared, clearing):
            said = datetime.fromisoformat(one.findtext(f"{ATOM}updated", ""))
            assert said.date() == (updated + timedelta(hours=8)).date()


def dashed(number):
    return "-".join((number[:8], number[8:12], number[12:16], number[16:20], number[20:]))


def test_a_tombstone_says_the_day_that_was_signed_or_that_on_which_it_came(site, newsdesk, at):
    first, second = notice("2026-0001"), notice("2026-0002")
    newsdesk.release(first, second, withdrawn(first, "事实有误"))
    signed = replace(withdrawn(second, "事实有误"), withdrawn_on=date(2026, 11, 3))
    newsdesk.release(signed)
    assert "2026年12月1日撤下" in get(site, "/notices/2026-0001").text
    assert "2026年11月3日撤下" in get(site, "/notices/2026-0002").text
    assert "2026年11月3日撤下" in get(site, "/feed/notices.xml").text
