"""Notices from before there were terms are listed, filtered and found like new ones."""

from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from portal.exchange.notices import sign_notice
from portal.migrations import schema
from portal.public.domain.notices.listing import Wanted, browse, offered
from portal.public.domain.notices.terms import facets
from portal.public.models.notices import FOREVER, NoticeTerm
from portal.text.pairs import pairs, searchable
from tests.migrations.older import at_revision
from tests.public.released import notice

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
VERIFY_KEY = KEY.public_key().public_bytes_raw()
NOTICES = [
    notice("2025-0001", title="通报1起低保问题", published_on=date(2025, 3, 1), region="0990001"),
    notice("2026-0002", title="𠮷老三被冒领", summary="", mode="named", area=""),
]


def words(one):
    return searchable(f"{one.number}\n{one.title}\n{one.summary}\n{one.recovered}")


def rows(row_id, one):
    columns = ("notice", "version", "number", "state", "kind", "mode", "area", "region")
    said = {name: getattr(one, name) for name in (*columns, "published_on", "expires_on")}
    times = {"shown_from": 0, "shown_until": FOREVER, "changed_on": one.published_on}
    yield "notices", {"id": row_id, "year": int(one.number[:4]), **said, **times}
    yield "notice_documents", {"id": row_id, "document": sign_notice(one, KEY), "words": words(one)}
    yield "notice_pairs", {"pair": 1, "notice_row": row_id}


@pytest.fixture
def database(tmp_path):
    found = [pair for row_id, one in enumerate(NOTICES, 1) for pair in rows(row_id, one)]
    database = at_revision(tmp_path, "0004", found, side="public")
    schema.upgrade(database, "public")
    return database


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["2026-0002", "2025-0001"]),
        (Wanted(words="低保"), ["2025-0001"]),
        (Wanted(words="𠮷"), ["2026-0002"]),
        (Wanted(year=2025, kind="N01", area="A17", region="0990001"), ["2025-0001"]),
        (Wanted(mode="named"), ["2026-0002"]),
        (Wanted(after="2026-0002"), ["2025-0001"]),
    ],
)
def test_they_are_found(database, wanted, expected):
    with database.reading() as session:
        found = browse(session, wanted, VERIFY_KEY, NOW)
        assert offered(session, NOW).regions == ("0990001",)
    assert [one.notice.number for one in found.entries] == expected


def test_their_terms_are_those_that_they_would_get_today(database):
    for row_id, one in enumerate(NOTICES, 1):
        with database.reading() as session:
            mine = select(NoticeTerm.term).where(NoticeTerm.notice_row == row_id)
            terms = set(session.scalars(mine))
        chosen = {name: getattr(one, name) for name in ("kind", "area", "region", "mode")}
        assert terms == pairs(words(one)) | facets(year=int(one.number[:4]), **chosen)
