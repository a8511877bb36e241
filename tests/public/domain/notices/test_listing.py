"""Searching finds the same on both databases: every word that stands in a text, and no other."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from portal.public.models.notices import NoticeDocument, NoticeTerm, NoticeVersion
from portal.text.pairs import asked, pairs, pairs_of_word, searchable
from tests.public.domain.notices.shelf import keep, numbers, page
from tests.public.released import notice

FEW = st.text(st.sampled_from("低保补贴𠮷𠮷老三aＡ1%_\\、 ，"), min_size=1, max_size=12)


def found(database, words):
    return set(numbers(page(database, words=words)))


@pytest.fixture
def shelf(databases):
    """Three notices on either database."""
    keep(
        databases.public,
        notice("2026-0001", title="通报1起低保问题", summary="𠮷老三被冒领", recovered="", body=""),
        notice(
            "2026-0002",
            title="通报2起工程问题",
            summary="某公司围标ＡＢＣ",
            recovered="",
            body="<p>村<strong>主</strong>任</p><p>保证金</p>",
        ),
        notice("2026-0003", title="澄清", summary="低、保；补 贴", recovered="", body=""),
    )
    return databases.public


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("低保", {"2026-0001", "2026-0003"}),
        ("𠮷", {"2026-0001"}),
        ("𠮷老", {"2026-0001"}),
        ("保", {"2026-0001", "2026-0002", "2026-0003"}),
        ("题", {"2026-0001", "2026-0002"}),
        ("村主任", {"2026-0002"}),
        ("任保", set()),
        ("abc", {"2026-0002"}),
        ("围标ＡＢＣ", {"2026-0002"}),
        ("低保 问题", {"2026-0001"}),
        ("低保 工程", set()),
        ("补贴", {"2026-0003"}),
        ("2026-0002", {"2026-0002"}),
        ("低%", {"2026-0001", "2026-0003"}),
        ("低_保问题", {"2026-0001"}),
        ("，。%_", set()),
        ("吉", set()),
    ],
)
def test_words_are_found_as_they_stand_between_marks(shelf, words, expected):
    assert found(shelf, words) == expected


def stands_in(typed, text):
    """Say by hand what searching promises."""

    def plain(words):
        folded = unicodedata.normalize("NFKC", words).casefold()
        return "".join(one for one in folded if one.isalnum())

    wanted = [plain(word) for word in typed.split() if plain(word)]
    return bool(wanted) and all(word in plain(text) for word in wanted)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(FEW, min_size=1, max_size=4), st.lists(FEW, min_size=3, max_size=3))
def test_both_databases_find_what_stands_there(databases, texts, searches):
    with databases.public.writing() as session:
        for table in (NoticeTerm, NoticeDocument, NoticeVersion):
            session.execute(delete(table))
    notices = [
        notice(f"2020-{n:04}", title=f"X{text}"[:200], summary="", recovered="", body="")
        for n, text in enumerate(texts, 1)
    ]
    keep(databases.public, *notices)
    for typed in (*searches, *(text[1:4] or text for text in texts)):
        expected = {
            one.number for one in notices if stands_in(typed, one.title) or _number(typed, one)
        }
        assert found(databases.public, typed) == expected, typed


def _number(typed, one):
    """Some words may stand in the number and the rest in the title."""
    words = asked(typed)
    return bool(words) and all(
        word in searchable(one.title) or word in searchable(one.number) for word in words
    )


@given(FEW, FEW)
def test_pairs_never_miss_what_stands_in_a_text(text, word):
    words, known = searchable(text), pairs(searchable(text))
    for wanted in asked(word):
        if wanted in words:
            assert set(pairs_of_word(wanted)) <= known
