from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from portal.exchange.handover import Pace, begin_epoch
from portal.exchange.relay import Relay
from portal.exchange.tables import Outgoing
from tests.exchange.crossing import (
    NOW,
    PUBLIC_HANDLERS,
    RESEND,
    Crossing,
    end,
    new_id,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_a_batch_leaves_at_a_random_moment_within_the_jitter(crossing: Crossing):
    pace = Pace(jitter=timedelta(minutes=4))
    relay = Relay(crossing.public.house, PUBLIC_HANDLERS, pace=pace, draw=lambda: 0.5)
    crossing.public.report(new_id())
    assert relay.step(NOW).handed_over == 0
    crossing.public.report(new_id())
    assert relay.step(NOW + timedelta(seconds=119)).handed_over == 0
    assert relay.step(NOW + timedelta(seconds=120)).handed_over == 2
    crossing.public.report(new_id())
    assert relay.step(NOW + timedelta(seconds=121)).handed_over == 0


def test_a_place_in_the_stream_is_given_at_the_first_hand_over_and_kept(crossing: Crossing):
    crossing.public.report(new_id())
    (row,) = crossing.public.outgoing()
    assert (row.epoch, row.sequence) == (None, None)
    crossing.public.step()
    (first,) = crossing.public.outgoing()
    crossing.restarted().public.step(NOW + RESEND)
    (again,) = crossing.public.outgoing()
    assert (first.epoch, first.sequence, first.file) == (again.epoch, again.sequence, again.file)
    assert first.sequence == 1


def test_a_new_epoch_counts_from_one_and_what_was_numbered_keeps_its_place(crossing: Crossing):
    crossing.public.report(new_id())
    crossing.public.step()
    (old,) = crossing.public.outgoing()
    with crossing.public.house.database.writing() as session:
        epoch = begin_epoch(session)
    crossing.public.report(new_id())
    crossing.public.step()
    places = {(row.epoch, row.sequence) for row in crossing.public.outgoing()}
    assert places == {(old.epoch, 1), (epoch, 1)}
    crossing.settle()
    assert crossing.desk.status().is_sound
    assert {one.epoch for one in crossing.desk.status().streams} == {old.epoch, epoch}


def test_an_epoch_can_begin_before_anything_was_sent(crossing: Crossing):
    with crossing.desk.house.database.writing() as session:
        epoch = begin_epoch(session)
    assert crossing.desk.status().own_epoch == epoch


def test_a_restart_hands_over_everything_once_more(crossing: Crossing):
    crossing.public.report(new_id())
    assert crossing.public.step().handed_over == 1
    assert crossing.public.step().handed_over == 0
    assert crossing.restarted().public.step().handed_over == 1


def test_a_lost_file_is_trouble_and_stops_no_other_message(crossing: Crossing):
    crossing.public.report(new_id())
    (name,) = crossing.public.house.store.names()
    crossing.public.house.store.discard(name)
    crossing.public.report(new_id())
    counts = crossing.public.step()
    assert (counts.troubles, counts.handed_over) == (1, 1)
    assert not counts.is_stuck
    assert len(crossing.public.outgoing()) == 2


def test_a_full_letterbox_folder_keeps_the_message_for_later(crossing: Crossing):
    """A file stands where the folder was, as on a share that is not mounted."""
    crossing.public.report(new_id())
    crossing.up.rmdir()
    crossing.up.write_text("")
    assert crossing.public.step().is_stuck
    crossing.up.unlink()
    crossing.up.mkdir()
    crossing.settle()
    assert crossing.public.outgoing() == []


def test_old_receipts_are_taken_back_from_a_ferry_that_copies(crossing: Crossing):
    crossing.public.report(new_id())
    crossing.public.step()
    crossing.desk.step()
    (receipt,) = crossing.down.iterdir()
    crossing.desk.step(NOW + timedelta(days=7))
    assert receipt.exists()
    crossing.desk.step(NOW + timedelta(days=8))
    assert not receipt.exists()


def test_unacknowledged_messages_are_never_taken_back(crossing: Crossing):
    crossing.public.report(new_id())
    crossing.public.step()
    standing = set(crossing.up.iterdir())
    crossing.public.step(NOW + timedelta(days=30))
    assert set(crossing.up.iterdir()) == standing


def test_a_receipt_for_something_unknown_changes_nothing(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.settle()
    assert crossing.public.outgoing() == []
    crossing.public.step()
    before = crossing.public.status()
    restored = crossing.desk.incoming(report)
    with crossing.desk.house.database.writing() as session:
        session.merge(restored).receipt_due = True
    crossing.settle()
    assert crossing.public.status() == before


def test_what_a_killed_process_had_to_remove_goes_at_the_next_start(crossing: Crossing):
    """The receipt was taken in; then the process died before it removed anything."""
    sent = [crossing.public.report(new_id()) for _ in range(3)]
    crossing.public.step()
    standing = set(crossing.up.iterdir())
    with crossing.public.house.database.writing() as session:
        session.execute(update(Outgoing).values(acknowledged=True))
    status = crossing.public.status()
    assert (status.waiting_to_send, status.unreceipted, status.oldest_day) == (0, 0, None)
    assert len(crossing.public.house.store.names()) == len(standing) == len(sent)
    assert crossing.restarted().public.step().handed_over == 0
    assert crossing.public.outgoing() == []
    assert crossing.public.house.store.names() == set()
    assert list(crossing.up.iterdir()) == []


def test_the_log_of_the_database_forgets_what_was_acknowledged(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.settle()
    folder: Path = crossing.folder / "public"
    assert [p for p in folder.glob("portal.db*") if report.encode() in p.read_bytes()] == []


def test_messages_of_two_days_are_numbered_by_day(crossing: Crossing):
    later = crossing.public.report("0" * 32, now=NOW + timedelta(days=1))
    earlier = crossing.public.report("f" * 32, now=NOW)
    crossing.public.step(NOW + timedelta(days=1))
    rows = {row.id: row.sequence for row in crossing.public.outgoing()}
    assert rows == {earlier: 1, later: 2}


def test_the_defaults_fit_a_demo_without_delay(crossing: Crossing):
    public = end(crossing.public.house, PUBLIC_HANDLERS, Pace())
    public.report(new_id())
    assert public.step().handed_over == 1


def test_what_could_not_be_removed_after_a_receipt_is_removed_later(crossing: Crossing):
    """A folder stands where a file of the letterbox was, so taking it back fails."""
    report = crossing.public.report(new_id())
    crossing.public.step()
    crossing.desk.step()
    stuck = crossing.up / f"{report}-0001-0001.msg"
    stuck.mkdir()
    assert crossing.public.step().troubles == 1
    assert crossing.public.status().unreceipted == 0
    stuck.rmdir()
    assert crossing.public.step().troubles == 0
    assert crossing.public.outgoing() == []
    assert crossing.public.house.store.names() == set()
