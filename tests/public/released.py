"""A desk that releases notices, signed with a key of its own."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.kinds import Publication
from portal.exchange.messages import Message
from portal.exchange.notices import Counts, Notice, sign_notice
from portal.public.domain.notices.receiving import NoticeKeeper
from portal.public.house import PublicHouse
from portal.reference.days import local_day

BODY = (
    "<p>经查，2025年至2026年，张某利用负责发放补贴的便利，多报三户，占为己有。</p>"
    "<h2>处理</h2><p>张某受到<strong>党内警告</strong>处分。</p>"
    "<table><tbody><tr><th>年份</th><th>金额</th></tr>"
    "<tr><td>2025</td><td>1.2万元</td></tr></tbody></table>"
)


def notice(number: str = "2026-0017", **changed: Any) -> Notice:
    """Return the first version of an invented notice."""
    values = {
        "notice": secrets.token_hex(16),
        "version": 1,
        "number": number,
        "state": "published",
        "kind": "N01",
        "mode": "anonymised",
        "title": "青岚县通报1起侵占惠民补贴问题",
        "summary": "某村会计张某多报补贴，占为己有。",
        "body": BODY,
        "region": "",
        "area": "A17",
        "published_on": date(2026, 11, 20),
        "not_before": None,
        "counts": Counts(0, 1, 1),
        "recovered": "已追回2.3万元，退给了村里",
        "review_on": None,
        "answers": None,
        "expires_on": None,
        "corrections": (),
        "reason": "",
    }
    return Notice(**{**values, **changed})


def withdrawn(before: Notice, reason: str) -> Notice:
    """Return the tombstone of a notice."""
    return replace(
        before,
        version=before.version + 1,
        state="withdrawn",
        body="",
        summary="",
        recovered="",
        corrections=(),
        not_before=None,
        counts=Counts(0, 0, 0),
        reason=reason,
    )


@dataclass
class Newsdesk:
    """The desk of a house: what it releases arrives at once."""

    house: PublicHouse
    now: datetime
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def verify_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def release(self, *notices: Notice) -> None:
        for one in notices:
            self.send(one, sign_notice(one, self.key))

    def send(self, one: Notice, document: bytes) -> None:
        keeper = NoticeKeeper(lambda: self.verify_key, self.house.notices)
        message = crossing(one, document, local_day(self.now))
        with self.house.database.writing() as session:
            keeper.receive(session, message, self.now)


def crossing(one: Notice, document: bytes, on: date) -> Message:
    """Return the message in which a document comes."""
    data = Publication(one.notice, one.version).data()
    parts = {"document": document}
    return Message(secrets.token_hex(16), Publication.KIND, "desk", on, data, parts)
