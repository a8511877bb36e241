"""Walking through lists: every notice once, whatever arrives meanwhile, and by an index alone."""

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from portal.public.domain.notices import listing
from portal.public.domain.notices.listing import COUNTED, PAGE
from portal.public.domain.notices.reading import NoSuchNotice
from tests.public.domain.notices.shelf import NOW, VERIFY_KEY, keep, numbers, page
from tests.public.released import notice

LAST = date(2026, 11, 20)
MIXED = {
    "year": 2026,
    "kind": "N02",
    "area": "A04",
    "region": "0990001",
    "mode": "named",
    "words": "甲题",
}


def some(count, **changed):
    """Return short notices, three on each day, the first one the newest."""
    return [
        notice(
            f"2026-{count - n:04}",
            **{
                "title": f"第{n}份",
                "summary": "",
                "body": "",
                "recovered": "",
                "published_on": LAST - timedelta(days=n // 3),
                **changed,
            },
        )
        for n in range(count)
    ]


def test_walking_on_shows_each_once_and_walking_back_too(databases):
    made = some(2 * PAGE + 5)
    keep(databases.public, *made)
    first = page(databases.public)
    second = page(databases.public, after=first.older)
    third = page(databases.public, after=second.older)
    assert numbers(first) + numbers(second) + numbers(third) == [one.number for one in made]
    assert (first.newer, third.older) == ("", "")
    back = page(databases.public, before=third.newer)
    assert (numbers(back), back.newer, back.older) == (numbers(second), second.newer, second.older)
    assert numbers(page(databases.public, before=second.newer)) == numbers(first)


def test_what_arrives_meanwhile_moves_no_page(databases):
    made = some(2 * PAGE)
    keep(databases.public, *made)
    first = page(databases.public)
    second = page(databases.public, after=first.older)
    keep(databases.public, notice("2027-0001", published_on=LAST + timedelta(days=1)))
    again = page(databases.public, after=first.older)
    assert numbers(again) == numbers(second)
    # All that is newer, and not only the one page before.
    newest = page(databases.public, before=again.newer)
    assert numbers(newest)[:2] == [made[0].number, made[1].number]
    assert newest.newer == made[0].number
    assert numbers(page(databases.public, before=newest.newer))[0] == "2027-0001"


def test_where_one_stood_may_be_gone_meanwhile(databases):
    made = some(PAGE + 2)
    keep(databases.public, *made)
    end = page(databases.public).older
    gone = next(one for one in made if one.number == end)
    keep(databases.public, replace(gone, version=2, state="withdrawn", body="", reason="有误"))
    assert numbers(page(databases.public, after=end)) == [one.number for one in made[PAGE:]]
    assert numbers(page(databases.public, after=made[-1].number)) == []


def test_a_number_that_is_not_there_yet_is_no_place_to_begin(databases):
    waiting = notice("2026-0099", not_before=NOW + timedelta(hours=1))
    keep(databases.public, *some(2), waiting)
    for ends in ({"after": "2026-0099"}, {"before": "2026-0099"}, {"after": "1999-0001"}):
        with pytest.raises(NoSuchNotice):
            page(databases.public, **ends)


@pytest.mark.parametrize("name", MIXED)
def test_every_filter_goes_along_from_page_to_page(databases, name):
    other = {"kind": "N01", "area": "A17", "region": "990001", "mode": "anonymised"}
    wanted = {
        "kind": "N02",
        "area": "A04",
        "region": "0990001",
        "mode": "named",
        "title": "通报：甲题",
    }
    made = []
    for n, one in enumerate(some(3 * PAGE)):
        year = 2026 - n % 2 * (name == "year")
        chosen = wanted if n % 2 == 0 else {**wanted, **other_of(name, other)}
        made.append(replace(one, number=f"{year}{one.number[4:]}", **chosen))
    keep(databases.public, *made)
    first = page(databases.public, **MIXED)
    second = page(databases.public, **MIXED, after=first.older)
    assert numbers(first) + numbers(second) == [one.number for one in made[::2]]
    assert (first.hits, second.older) == (3 * PAGE // 2, "")


def other_of(name, other):
    return {"title": "别的"} if name == "words" else {k: v for k, v in other.items() if k == name}


def test_hits_are_counted_to_a_bound(databases):
    keep(databases.public, *some(COUNTED + 3))
    assert page(databases.public, words="份").hits == COUNTED + 1
    assert page(databases.public, words=f"第{COUNTED}").hits == 1
    assert page(databases.public).hits == 0


def test_what_no_listed_notice_has_is_not_offered(databases):
    def offered():
        with databases.public.reading() as session:
            return listing.offered(session, NOW)

    assert offered() == listing.Offered((), ())
    old, new = notice("2019-0001", region="007"), notice("2026-0001", region="990001")
    waiting = notice("2031-0001", region="5", not_before=NOW + timedelta(days=1))
    keep(databases.public, old, new, notice("2026-0002"), waiting)
    assert offered() == listing.Offered((2026, 2019), ("007", "990001"))
    keep(databases.public, replace(old, version=2, state="withdrawn", body="", reason="有误"))
    assert offered() == listing.Offered((2026,), ("990001",))


END_TO_END = re.compile(r"Seq Scan on notice|SCAN notice(?!.*USING (COVERING )?INDEX)")
SORTED = re.compile("TEMP B-TREE FOR ORDER BY|Sort")
WANTED = [
    {},
    *({name: value} for name, value in MIXED.items()),
    {"words": "𠮷"},
    {"words": "低保 工程 村主任"},
    MIXED,
]


@contextmanager
def explained(database, session):
    """Collect how each statement would be carried out, and whether it is a page of a list."""
    steps: list[tuple[str, bool]] = []
    engine = session.get_bind()
    prefix = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"

    def explain(_connection, cursor, statement, parameters, *_more):
        cursor.execute(f"{prefix} {statement}", parameters)
        steps.extend((str(row[-1]), "LIMIT" in statement) for row in cursor.fetchall())

    event.listen(engine, "before_cursor_execute", explain)
    yield steps
    event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("wanted", WANTED, ids=lambda one: ",".join(one) or "all")
@pytest.mark.parametrize("end", ["", "after", "before"])
def test_no_table_is_read_from_end_to_end(databases, wanted, end):
    keep(databases.public, *some(3))
    chosen = listing.Wanted(**{**wanted, **({end: "2026-0002"} if end else {})})
    with databases.public.reading() as session:
        if not databases.public.is_sqlite:
            # Three rows are read whole and sorted soonest; what counts is that many need not be.
            for way in ("seqscan", "bitmapscan", "sort"):
                session.execute(text(f"SET LOCAL enable_{way} = off"))
        with explained(databases.public, session) as steps:
            listing.browse(session, chosen, VERIFY_KEY, NOW)
            listing.offered(session, NOW)
    assert [step for step, _page in steps if END_TO_END.search(step)] == []
    assert [step for step, is_page in steps if is_page and SORTED.search(step)] == []
    assert any("notice_terms" in step for step, _page in steps)
