"""A shelf of notices that arrived long ago, to look for some of them."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.notices import sign_notice
from portal.public.domain.notices import listing
from portal.public.domain.notices.board import Board
from portal.public.domain.notices.listing import Wanted
from portal.public.domain.notices.receiving import NoticeKeeper
from tests.public.released import crossing

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
VERIFY_KEY = KEY.public_key().public_bytes_raw()


def keep(database, *notices):
    keeper = NoticeKeeper(lambda: VERIFY_KEY, Board())
    for one in notices:
        with database.writing() as session:
            keeper.receive(session, crossing(one, sign_notice(one, KEY), NOW.date()), NOW)


def page(database, **wanted):
    """Return one page of a list."""
    with database.reading() as session:
        return listing.browse(session, Wanted(**wanted), VERIFY_KEY, NOW)


def numbers(listed):
    return [one.notice.number for one in listed.entries]
