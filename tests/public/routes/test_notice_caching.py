"""Pages of notices cost no query twice, and are never older than what counts."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from portal.public.domain.notices.board import MOST_PAGES, Board, Rendered
from portal.public.routes import from_memory, remembered
from portal.web.display import Display
from tests.public.released import notice, withdrawn

PAGES = [
    *("/notices", "/notices?kind=N01", "/notices/2026-0017", "/clarifications"),
    *("/feed/notices.xml", "/feed/notices.json", "/sitemap.xml"),
]


def get(site, url, display="", **headers):
    client = site.test_client()
    if display:
        client.set_cookie("__Host-display", display, domain="localhost", secure=True)
    return client.get(url, base_url="https://localhost", headers=headers)


def undated(answer):
    """Return its headers; the server itself says when."""
    return {name: value for name, value in answer.headers if name != "Date"}


@contextmanager
def counted(house):
    """Count the statements of readers."""
    seen = []
    with house.database.reading() as session:
        engine = session.get_bind()

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("url", PAGES)
def test_an_unchanged_page_costs_no_query_and_its_bytes_are_known(site, house, newsdesk, url):
    newsdesk.release(notice())
    first = get(site, url)
    with counted(house) as statements:
        second = get(site, url)
        third = get(site, url, **{"If-None-Match": first.headers["ETag"]})
    assert statements == []
    assert second.data == first.data
    assert (third.status_code, third.data) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in first.headers


@pytest.mark.parametrize("url", PAGES)
def test_from_memory_comes_the_very_answer(site, newsdesk, url):
    newsdesk.release(notice())
    made, kept = get(site, url), get(site, url)
    etag = made.headers["ETag"]
    known = get(site, url, **{"If-None-Match": etag})
    spelled_otherwise = get(site, url, **{"If-None-Match": f'"other", {etag}'})
    assert undated(kept) == undated(made)
    assert undated(known) == undated(spelled_otherwise)
    assert (known.status_code, spelled_otherwise.status_code) == (304, 304)


def test_no_address_of_endless_length_is_remembered(site, house, newsdesk, now):
    newsdesk.release(notice())
    for query in ("", "kind=N01", "x=" + "y" * 20_000):
        assert get(site, f"/notices?{query}").status_code == 200
        known = house.notices.find(("localhost", "/notices", query, Display()), now)
        assert (known is None) is (len(query) > from_memory.LONGEST_QUERY)


def test_a_lockdown_closes_what_is_remembered(site, newsdesk, tmp_path):
    newsdesk.release(notice())
    assert get(site, "/notices").status_code == 200
    (tmp_path / "lockdown").touch()
    assert get(site, "/notices").status_code == 503
    (tmp_path / "lockdown").unlink()
    assert get(site, "/notices").status_code == 200


def test_a_foreign_host_and_another_method_are_not_answered_from_memory(site, newsdesk):
    newsdesk.release(notice())
    get(site, "/notices")
    client = site.test_client()
    assert client.get("/notices", base_url="https://evil.example").status_code == 400
    assert client.post("/notices", base_url="https://localhost").status_code >= 400
    assert client.head("/notices", base_url="https://localhost").data == b""


def test_what_somebody_searched_for_is_kept_nowhere(site, house, newsdesk):
    newsdesk.release(notice())
    for _twice in range(2):
        with counted(house) as statements:
            assert get(site, "/notices?q=补贴").status_code == 200
        assert statements
    assert "补贴" not in repr(house.notices._pages.keys())


@pytest.mark.parametrize("url", ["/notices", "/notices?area=A17", "/clarifications"])
def test_what_the_first_reader_wrote_into_an_address_is_kept_for_nobody(site, newsdesk, url):
    newsdesk.release(*(notice(f"2026-{n:04}", kind="N09") for n in range(1, 23)))
    more = "&" if "?" in url else "?"
    first = get(site, f"{url}{more}from=a-secret-chat&q=&mode=").text
    get(site, f"{url}{more}q=%20%20")
    after = get(site, url).text
    assert "下一页" in after
    assert "a-secret-chat" not in first + after
    assert 'value="  "' not in after


def test_every_choice_of_display_has_its_own_page(site, newsdesk):
    newsdesk.release(notice())
    plain = get(site, "/notices").data
    large = get(site, "/notices", "large.normal").data
    assert b"size-large" in large
    assert get(site, "/notices").data == plain


def test_a_correction_and_a_withdrawal_show_at_once(site, newsdesk):
    first = notice()
    newsdesk.release(first)
    before = get(site, "/notices/2026-0017")
    second = replace(first, version=2, title="改正过的通报")
    newsdesk.release(second)
    changed = get(site, "/notices/2026-0017", **{"If-None-Match": before.headers["ETag"]})
    assert changed.status_code == 200
    assert "改正过的通报" in changed.text
    newsdesk.release(withdrawn(second, "事实有误"))
    assert get(site, "/notices/2026-0017").status_code == 410


def test_a_page_is_forgotten_when_a_notices_time_comes(site, newsdesk, now, monkeypatch):
    at = now.replace(second=0, microsecond=0) + timedelta(minutes=2)
    newsdesk.release(notice("2026-0001", title="先有的"))
    newsdesk.release(notice("2026-0002", title="到时才有的", not_before=at))
    for moment, shown in ((now, False), (at - timedelta(seconds=1), False), (at, True)):
        for place in (remembered, from_memory):
            monkeypatch.setattr(place, "utcnow", lambda moment=moment: moment)
        for url in ("/notices", "/feed/notices.xml", "/feed/notices.json"):
            assert ("到时才有的" in get(site, url).text) is shown
        assert get(site, "/notices/2026-0002").status_code == (200 if shown else 404)


def test_what_was_rendered_from_an_older_state_is_not_kept(now):
    board = Board()
    page = Rendered(b"x", "e", 200, listed=True, until=now + timedelta(hours=1))
    revision = board.revision
    board.changed()
    board.keep("a", page, revision)
    assert board.find("a", now) is None
    board.keep("a", page, board.revision)
    assert board.find("a", now) == page
    assert board.find("a", page.until) is None


def test_the_oldest_pages_make_room(now):
    board = Board()
    page = Rendered(b"x", "e", 200, listed=True, until=now + timedelta(hours=1))
    for number in range(MOST_PAGES + 1):
        board.keep(number, page, board.revision)
    assert board.find(0, now) is None
    assert board.find(MOST_PAGES, now) == page
