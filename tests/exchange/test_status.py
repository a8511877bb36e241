from datetime import date, timedelta

import pytest

from portal.exchange.inbox import NotParked, try_again
from portal.exchange.status import files_named, find_gaps
from tests.exchange.crossing import NOW, Crossing, a_message, new_id


def test_an_exchange_that_never_ran_is_sound(crossing: Crossing):
    status = crossing.desk.status()
    assert status.is_sound
    assert (status.own_epoch, status.last_sequence, status.oldest_day) == (None, 0, None)
    assert (status.received, status.last_received_day, status.streams) == (0, None, ())


def test_the_sender_sees_what_is_on_its_way_and_since_when(crossing: Crossing):
    crossing.public.report(new_id(), now=NOW - timedelta(days=2))
    crossing.public.step()
    crossing.public.report(new_id())
    status = crossing.public.status()
    assert (status.waiting_to_send, status.unreceipted) == (1, 1)
    assert status.oldest_day == date(2026, 11, 18)
    assert (status.last_sequence, status.own_epoch is None) == (1, False)


def test_the_receiver_sees_gaps_until_they_are_filled(crossing: Crossing):
    messages = {number: a_message(sequence=number) for number in range(1, 10)}
    for number in (2, 5, 9):
        crossing.from_public(messages[number])
    crossing.desk.step()
    (stream,) = crossing.desk.status().streams
    assert (stream.epoch, stream.highest, stream.missing) == (messages[1].epoch, 9, 6)
    assert stream.gaps == ((1, 1), (3, 4), (6, 8))
    assert not crossing.desk.status().is_sound
    for number in (1, 3, 4, 6, 7, 8):
        crossing.from_public(messages[number])
    crossing.desk.step()
    (stream,) = crossing.desk.status().streams
    assert (stream.missing, stream.gaps) == (0, ())
    assert crossing.desk.status().is_sound
    assert crossing.desk.status().received == 9


def test_a_number_that_two_messages_carry_is_noticed_and_both_are_handled(crossing: Crossing):
    for _ in range(2):
        crossing.from_public(a_message(sequence=1))
    assert crossing.desk.step().handled == 2
    (stream,) = crossing.desk.status().streams
    assert (stream.reused, stream.missing) == (1, 0)
    assert not crossing.desk.status().is_sound


def test_epochs_are_counted_apart(crossing: Crossing):
    for epoch in ("a" * 16, "b" * 16):
        crossing.from_public(a_message(epoch=epoch, sequence=2))
    crossing.desk.step()
    assert [one.gaps for one in crossing.desk.status().streams] == [((1, 1),)] * 2


def test_waiting_and_parked_messages_are_listed_with_their_reasons(crossing: Crossing):
    crossing.public.reply(new_id())
    crossing.settle()
    crossing.from_public(a_message(kind="hearing", sequence=2))
    crossing.post(b"junk")
    crossing.desk.step()
    status = crossing.desk.status()
    assert [one.reason for one in status.waiting] == ["waiting: case not known"]
    assert {(one.kind, one.sequence, one.reason) for one in status.parked} == {
        ("hearing", 2, "unknown-kind"),
        (None, None, "unreadable: header"),
    }
    assert (status.waiting_count, status.parked_count) == (1, 2)
    assert status.last_received_day == date(2026, 11, 20)
    assert not status.is_sound


def test_only_a_parked_message_of_the_peer_can_be_tried_again(crossing: Crossing):
    handled = crossing.public.report(new_id())
    crossing.settle()
    crossing.post(b"junk")
    crossing.desk.step()
    (junk,) = crossing.desk.status().parked
    for message_id in (handled, junk.id, new_id()):
        with pytest.raises(NotParked), crossing.desk.house.database.writing() as session:
            try_again(session, message_id)


def test_the_files_that_the_exchange_needs_are_all_its_store_holds(crossing: Crossing):
    crossing.public.report(new_id())
    crossing.public.reply(new_id())
    crossing.public.step()
    crossing.public.report(new_id())
    crossing.desk.step()
    for house in (crossing.public.house, crossing.desk.house):
        with house.database.reading() as session:
            assert files_named(session) == house.store.names()
    assert len(crossing.public.house.store.names()) == 3
    assert len(crossing.desk.house.store.names()) == 1


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        ([], ()),
        ([1, 2, 3], ()),
        ([2], ((1, 1),)),
        ([1, 4], ((2, 3),)),
        ([3, 4, 7], ((1, 2), (5, 6))),
    ],
)
def test_gaps_are_runs_below_the_highest_number(numbers, gaps):
    assert find_gaps(numbers) == gaps
