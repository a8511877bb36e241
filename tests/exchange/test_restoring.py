"""Receipts of two levels, and a side that was put back from a backup."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.exchange.handover import SAFE, Pace
from portal.exchange.kinds import Claimed, Restored
from portal.exchange.restoring import ask_again, note_backup, send_again
from tests.exchange.crossing import (
    DESK_HANDLERS,
    NOW,
    PUBLIC_HANDLERS,
    RESEND,
    Crossing,
    end,
    new_id,
    write_ledger,
)


def keep_going(_session, _message, _now) -> None:
    """The other side was put back; there is nothing that this side would tell."""


@pytest.fixture
def careful(crossing: Crossing) -> Crossing:
    """A crossing whose public side keeps what is not in a backup of the desk."""
    pace = Pace(let_go_at=SAFE, resend_after=RESEND)
    handlers = {**PUBLIC_HANDLERS, Restored.KIND: keep_going}
    return replace(crossing, public=end(crossing.public.house, handlers, pace))


def back_up(crossing: Crossing) -> int:
    with crossing.desk.house.database.writing() as session:
        return note_backup(session)


def test_what_is_stored_but_not_safe_is_kept_and_leaves_the_letterbox(careful: Crossing):
    careful.public.report(new_id())
    careful.settle()
    (row,) = careful.public.outgoing()
    assert (row.kept, row.acknowledged) == (True, False)
    assert list(careful.up.iterdir()) == []
    status = careful.public.status()
    assert (status.unreceipted, status.kept, status.oldest_day) == (0, 1, None)


def test_a_backup_lets_go_of_it(careful: Crossing):
    careful.public.report(new_id())
    careful.settle()
    assert back_up(careful) == 1
    careful.settle()
    assert careful.public.outgoing() == []
    assert careful.public.house.store.names() == set()
    assert back_up(careful) == 0


def test_a_lost_receipt_of_a_backup_is_repeated_for_what_comes_again(careful: Crossing):
    careful.public.report(new_id())
    careful.settle()
    back_up(careful)
    careful.desk.step()
    for receipt in careful.down.iterdir():
        receipt.unlink()
    careful.public.step(NOW + RESEND)
    assert len(careful.public.outgoing()) == 1
    careful.settle(NOW + timedelta(days=1))
    assert careful.public.outgoing() == []


def test_what_was_kept_comes_again_when_the_other_side_lost_it(careful: Crossing):
    kept = careful.public.report(new_id())
    careful.settle()
    with careful.desk.house.database.writing() as session:
        session.delete(careful.desk.incoming(kept))
    with careful.public.house.database.writing() as session:
        assert send_again(session) == 1
    careful.settle(NOW + RESEND)
    assert careful.desk.handled() == [kept, kept]


def test_a_claim_is_kept_until_it_is_safe_whatever_the_setting(crossing: Crossing):
    """The receiver has it; were the desk put back now, nobody could judge its reporter's words."""
    handlers = {**DESK_HANDLERS, Claimed.KIND: write_ledger}
    hearing = replace(crossing, desk=end(crossing.desk.house, handlers))
    case = new_id()
    data, parts = Claimed(case, bytes(64)).data(), {"statement": b"signed", "keys": b"public"}
    claim = hearing.public.send(Claimed.KIND, data, parts)
    hearing.public.report(new_id())
    hearing.settle()
    assert [(row.id, row.kept) for row in hearing.public.outgoing()] == [(claim, True)]
    with hearing.desk.house.database.writing() as session:
        session.delete(hearing.desk.incoming(claim))
    with hearing.public.house.database.writing() as session:
        send_again(session)
    hearing.settle(NOW + RESEND)
    assert hearing.desk.handled().count(claim) == 2
    back_up(hearing)
    hearing.settle(NOW + 2 * RESEND)
    assert hearing.public.outgoing() == []


def test_a_side_that_was_put_back_begins_a_new_stream_and_asks(careful: Crossing):
    before = careful.desk.progress(new_id())
    careful.settle()
    old = careful.desk.status().own_epoch
    house = careful.desk.house
    with house.database.writing() as session:
        ask_again(session, careful.desk.outbox(), NOW)
    careful.settle()
    assert careful.desk.status().own_epoch != old
    assert careful.public.handled() == [before]
    assert careful.public.status().is_sound


def test_a_message_that_gets_a_second_place_changes_nothing_and_leaves_no_gap(crossing: Crossing):
    """The backup is older than the moment at which the message got its first place."""
    sent = crossing.public.report(new_id())
    house = crossing.public.house
    unplaced = crossing.public.outgoing()[0]
    file = house.store.get(unplaced.file)
    crossing.settle()
    with house.database.writing() as session:
        restored = session.merge(unplaced)
        restored.file = house.store.put_for(session, file)
        ask_again(session, crossing.public.outbox(), NOW)
    desk = end(crossing.desk.house, {**DESK_HANDLERS, Restored.KIND: keep_going})
    again = replace(crossing, desk=desk)
    again.settle(NOW + RESEND)
    assert desk.handled() == [sent]
    status = desk.status()
    assert status.is_sound
    assert sorted(stream.highest for stream in status.streams) == [1, 2]
    assert status.received == 2
    assert again.public.outgoing() == []
