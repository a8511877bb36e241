"""The desk is told what is shown, in its very bytes, and can tell a difference."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from portal.commands.public import tell_live
from portal.exchange.kinds import Live, LiveNotice
from portal.exchange.notices import sign_notice
from portal.public.domain.notices.live import Told, live
from portal.public.models.notices import NoticeDocument, NoticeVersion
from tests.public.released import notice, withdrawn
from tests.public.stories import outgoing


@pytest.fixture
def shown(house, now):
    """What the desk would be told now."""

    def shown(later=timedelta()):
        with house.database.reading() as session:
            (told,) = live(session, house.desk_key(), now + later)
            return told.notices

    return shown


def told_of(one, newsdesk):
    digest = hashlib.sha256(sign_notice(one, newsdesk.key)).hexdigest()
    return LiveNotice(one.notice, one.version, digest)


def test_everything_shown_is_told_tombstones_too(shown, newsdesk, now):
    one, gone = notice("2026-0001"), notice("2026-0002")
    over = notice("2026-0003", kind="N09", expires_on=now.date() - timedelta(days=9))
    later = notice("2026-0004", not_before=now + timedelta(hours=3))
    newsdesk.release(one, gone, withdrawn(gone, "事实有误"), over, later)
    expected = {told_of(each, newsdesk) for each in (one, withdrawn(gone, "事实有误"), over)}
    assert set(shown()) == expected
    assert set(shown(timedelta(hours=4))) == {*expected, told_of(later, newsdesk)}


def test_what_was_changed_is_missing_and_what_was_put_back_is_old(house, shown, newsdesk):
    first = notice()
    newsdesk.release(first, notice("2026-0018"))
    newsdesk.release(replace(first, version=2))
    with house.database.writing() as session:
        for row in session.scalars(select(NoticeVersion)).all():
            text = session.get_one(NoticeDocument, row.id)
            if row.number == "2026-0018":
                text.document = b"{}"
            else:
                row.version, text.document = 1, sign_notice(first, newsdesk.key)
    assert shown() == (told_of(first, newsdesk),)


def test_the_newest_counts_when_somebody_let_two_be_shown(house, shown, newsdesk):
    first = notice()
    newsdesk.release(first)
    second = replace(first, version=2, published_on=first.published_on - timedelta(days=1))
    newsdesk.release(second)
    with house.database.writing() as session:
        row = session.scalars(select(NoticeVersion)).one()
        values = {one.name: getattr(row, one.name) for one in NoticeVersion.__table__.columns}
        old = {"id": row.id + 1, "version": 1, "published_on": first.published_on}
        session.add(NoticeVersion(**{**values, **old}))
        session.flush()
        document = sign_notice(first, newsdesk.key)
        session.add(NoticeDocument(id=row.id + 1, document=document, words=""))
    assert shown() == (told_of(second, newsdesk),)


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_more_than_fit_into_one_message_take_several_that_leave_nobody_out(
    house, newsdesk, now, most
):
    released = [notice(f"2026-{n:04}") for n in range(1, 7)]
    newsdesk.release(*released)
    with house.database.reading() as session:
        told = list(live(session, house.desk_key(), now, most))
    assert [one for each in told for one in each.notices] == [
        told_of(one, newsdesk) for one in sorted(released, key=lambda one: one.notice)
    ]
    assert all(len(each.notices) <= most for each in told)
    assert len(told) == -(-len(released) // most)
    for each in told:
        assert Live.read(each.data()) == each
    ends = [(int(each.first, 16), int(each.last, 16)) for each in told]
    assert (ends[0][0], ends[-1][1]) == (0, 16**32 - 1)
    assert all(last + 1 == first for (_, last), (first, _) in pairwise(ends))


def test_it_is_told_once_a_day_and_when_something_changed(now):
    told = Told()
    assert told.is_news(0, now)
    told.note(0, now + timedelta(minutes=5), now)
    assert not told.is_news(0, now)
    assert told.is_news(1, now)
    assert told.is_news(0, now + timedelta(minutes=5))
    told.note(0, now + timedelta(days=9), now)
    assert told.is_news(0, now + timedelta(days=1))


def test_the_message_goes_out_once(house, newsdesk):
    newsdesk.release(notice())
    tell_live(house)
    tell_live(house)
    (message,) = outgoing(house)
    assert [one.version for one in Live.read(message.data).notices] == [1]
    newsdesk.release(notice("2026-0018"))
    tell_live(house)
    assert len(outgoing(house)) == 2
