"""Which versions of notices are kept and shown, and which never."""

import base64
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from portal.exchange.notices import PAYLOAD_TYPE, sign_notice
from portal.exchange.refusals import BadSchema, Park, Refused, Unreadable, Unsigned
from portal.exchange.signing import sign
from portal.public.domain.notices import reading, receiving
from portal.public.domain.notices.reading import NoSuchNotice
from portal.public.models.notices import NoticeDocument, NoticeTerm, NoticeVersion
from tests.public.released import notice, withdrawn
from tests.public.stories import rows


def find(house, number, now):
    with house.database.reading() as session:
        return reading.find(session, number, house.desk_key(), now).notice


def is_shown(house, number, now):
    try:
        find(house, number, now)
    except NoSuchNotice:
        return False
    return True


def pairs_left(house):
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(NoticeTerm))


def test_the_exact_bytes_are_kept(house, newsdesk, now):
    one = notice()
    document = sign_notice(one, newsdesk.key)
    newsdesk.send(one, document)
    assert [row.document for row in rows(house, NoticeDocument)] == [document]
    assert find(house, "2026-0017", now) == one


def changed(document: bytes, **members: object) -> bytes:
    envelope = json.loads(document)
    payload = {**json.loads(base64.b64decode(envelope["payload"])), **members}
    packed = base64.b64encode(json.dumps(payload).encode()).decode()
    return json.dumps({**envelope, "payload": packed}).encode()


ONE = notice(notice="ab" * 16)
OURS = Ed25519PrivateKey.generate()
GOOD = sign_notice(ONE, OURS)
REFUSED = {
    "nobody signed it": (json.dumps({**json.loads(GOOD), "signatures": []}).encode(), Unsigned),
    "another key signed it": (sign_notice(ONE, Ed25519PrivateKey.generate()), Unsigned),
    "a word was changed": (changed(GOOD, title="别的"), Unsigned),
    "it is a message": (sign(ONE.to_bytes(), OURS), Unreadable),
    "it is no envelope": (ONE.to_bytes(), Unreadable),
    "a member more": (sign(b'{"x":1,' + ONE.to_bytes()[1:], OURS, PAYLOAD_TYPE), BadSchema),
    "another notice": (sign_notice(replace(ONE, notice="cd" * 16), OURS), Park),
    "another version": (sign_notice(replace(ONE, version=2), OURS), Park),
    "a kind without words": (sign_notice(replace(ONE, kind="N99"), OURS), Park),
    "an area without words": (sign_notice(replace(ONE, area="A99"), OURS), Park),
    "a script": (sign_notice(replace(ONE, body="<p>x</p><script>1</script>"), OURS), Park),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_wrong_is_refused_with_a_reason_and_never_shown(house, newsdesk, now, why):
    newsdesk.key = OURS
    document, refusal = REFUSED[why]
    with pytest.raises(refusal) as told:
        newsdesk.send(ONE, document)
    assert isinstance(told.value, Refused)
    assert rows(house, NoticeVersion) == []


def test_an_older_or_replayed_version_changes_nothing(house, newsdesk, now):
    first = notice()
    second = replace(first, version=2, title="第二版")
    newsdesk.release(first, second)
    revision = house.notices.revision
    newsdesk.release(first, replace(second, title="重放"))
    assert find(house, "2026-0017", now) == second
    assert house.notices.revision == revision
    assert len(rows(house, NoticeVersion)) == 1


def test_a_number_leads_to_one_notice_for_ever(house, newsdesk, now):
    first = notice()
    newsdesk.release(first)
    for other in (notice("2026-0017"), replace(first, version=2, number="2026-0018")):
        with pytest.raises(Park, match="another number"):
            newsdesk.release(other)
    assert find(house, "2026-0017", now) == first


def test_nothing_is_shown_before_its_minute_nor_later_than_it(house, newsdesk, now):
    at = now.replace(second=0, microsecond=0) + timedelta(hours=2)
    newsdesk.release(notice(not_before=at))
    assert not is_shown(house, "2026-0017", at - timedelta(seconds=1))
    assert is_shown(house, "2026-0017", at)


def test_a_scheduled_correction_lets_the_first_stand_until_then(house, newsdesk, now):
    at = now.replace(second=0, microsecond=0) + timedelta(hours=2)
    first = notice(title="第一版")
    newsdesk.release(first, replace(first, version=2, title="第二版", not_before=at))
    assert find(house, "2026-0017", at - timedelta(seconds=1)).title == "第一版"
    assert find(house, "2026-0017", at).title == "第二版"
    with house.database.writing() as session:
        assert receiving.forget_replaced(session, at) == 1
    assert [row.version for row in rows(house, NoticeVersion)] == [2]


def test_a_withdrawal_overtakes_what_was_scheduled_and_leaves_no_text(house, newsdesk, now):
    first = notice()
    later = replace(first, version=2, not_before=now + timedelta(days=1))
    newsdesk.release(first, later)
    newsdesk.release(withdrawn(later, "事实有误"))
    for at in (now, now + timedelta(days=2)):
        assert find(house, "2026-0017", at).state == "withdrawn"
    (text,) = rows(house, NoticeDocument)
    assert "张某" not in text.words
    assert pairs_left(house) < 60


CHANGES: dict[str, dict[str, Any]] = {
    "time": {"shown_from": 0},
    "number": {"number": "2026-0018"},
    "state": {"state": "withdrawn"},
    "expiry": {"expires_on": date(2030, 1, 1)},
    "a word": {"document": lambda document: changed(document, title="别的")},
    "the end": {"document": lambda document: document[:-9]},
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_in_the_database_never_shows(house, newsdesk, now, what):
    newsdesk.release(notice(not_before=now - timedelta(hours=1)))
    assert is_shown(house, "2026-0017", now)
    with house.database.writing() as session:
        row = session.scalars(select(NoticeVersion)).one()
        text = session.get_one(NoticeDocument, row.id)
        for column, value in CHANGES[what].items():
            if column == "document":
                text.document = value(text.document)
            else:
                setattr(row, column, value)
    for number in ("2026-0017", "2026-0018"):
        assert not is_shown(house, number, now)
