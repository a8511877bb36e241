import random
from datetime import timedelta

from sqlalchemy import LargeBinary, inspect

from portal.exchange.relay import Relay
from tests.exchange.crossing import (
    DESK_HANDLERS,
    NOW,
    RESEND,
    Crossing,
    files_with,
    new_id,
)


def test_a_report_crosses_is_handled_and_is_forgotten_by_the_sender(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.settle()
    assert crossing.desk.handled() == [report]
    assert crossing.public.outgoing() == []
    assert crossing.public.house.store.names() == set()


def test_progress_crosses_the_other_way(crossing: Crossing):
    progress = crossing.desk.progress(new_id())
    crossing.settle()
    assert crossing.public.handled() == [progress]
    assert crossing.desk.outgoing() == []


def test_after_the_receipt_the_sealed_bytes_are_nowhere_on_the_public_side(crossing: Crossing):
    sealed = b"age-encryption.org/v1 " + b"unmistakable sealed bytes"
    crossing.public.report(new_id(), content=sealed)
    assert files_with(crossing.folder, sealed)
    crossing.settle()
    assert files_with(crossing.folder, sealed) == []
    assert list(crossing.up.iterdir()) == []


def test_the_crossing_bytes_are_gone_too_even_from_a_ferry_that_copies(crossing: Crossing):
    crossing.public.report(new_id(), content=bytes(3000))
    crossing.public.step()
    standing = {path.name: path.read_bytes() for path in crossing.up.iterdir()}
    crossing.desk.step()
    for name, data in standing.items():
        (crossing.up / name).write_bytes(data)
    crossing.public.step()
    for data in standing.values():
        assert files_with(crossing.folder, data[-1000:]) == []


def test_no_column_of_the_exchange_can_hold_sealed_bytes(crossing: Crossing):
    for house in (crossing.public.house, crossing.desk.house):
        inspector = inspect(house.database.engine)
        tables = [name for name in inspector.get_table_names() if name.startswith("exchange_")]
        types = {column["type"] for name in tables for column in inspector.get_columns(name)}
        assert len(tables) == 4  # One of them is the tests' own.
        assert not any(isinstance(one, LargeBinary) for one in types)


def test_duplicates_reorderings_and_replays_change_nothing(crossing: Crossing):
    """Of a few hundred messages, 10 % come twice, out of order, or again days later."""
    cases = [new_id() for _ in range(60)]
    sent = [crossing.public.report(case) for case in cases]
    sent += [crossing.public.reply(case) for case in cases for _ in range(3)]
    crossing.public.step()
    ferry = random.Random(7)
    files = {path.name: path.read_bytes() for path in crossing.up.iterdir()}
    for name in files:
        (crossing.up / name).unlink()
    kept = ferry.sample(sorted(files), len(files) // 10)
    order = sorted(files) + kept
    ferry.shuffle(order)
    for start in range(0, len(order), 50):
        for name in order[start : start + 50]:
            (crossing.up / name).write_bytes(files[name])
        crossing.desk.step()
        again = ferry.choice(order[: start + 50])
        (crossing.up / again).write_bytes(files[again])
    crossing.settle()
    before = [(line.number, line.message) for line in crossing.desk.ledger()]
    assert sorted(crossing.desk.handled()) == sorted(sent)

    for name in kept:
        (crossing.up / name).write_bytes(files[name])
    crossing.settle(NOW + timedelta(days=3))
    assert [(line.number, line.message) for line in crossing.desk.ledger()] == before
    assert crossing.desk.status().is_sound
    assert crossing.public.outgoing() == []


def test_what_is_not_acknowledged_is_sent_again_with_the_same_bytes(crossing: Crossing):
    crossing.public.report(new_id())
    crossing.public.step()
    first = {path.name: path.read_bytes() for path in crossing.up.iterdir()}
    for path in crossing.up.iterdir():
        path.unlink()
    assert crossing.public.step(NOW + RESEND / 2).handed_over == 0
    assert list(crossing.up.iterdir()) == []
    assert crossing.public.step(NOW + RESEND).handed_over == 1
    assert {path.name: path.read_bytes() for path in crossing.up.iterdir()} == first


def test_a_lost_receipt_is_made_good_by_the_next_repetition(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.public.step()
    crossing.desk.step()
    for path in crossing.down.iterdir():
        path.unlink()
    crossing.settle(NOW + RESEND)
    assert crossing.public.outgoing() == []
    assert crossing.desk.handled() == [report]


def test_one_receipt_acknowledges_many_messages_and_none_acknowledges_it(crossing: Crossing):
    for _ in range(20):
        crossing.public.report(new_id())
    crossing.public.step()
    assert crossing.desk.step().acknowledged == 20
    assert len(list(crossing.down.iterdir())) == 1
    assert crossing.public.step().handled == 1
    assert crossing.public.step().acknowledged == 0
    assert list(crossing.up.iterdir()) == []


def test_one_bad_file_stops_no_other(crossing: Crossing):
    bad = crossing.post(b"not a message at all")
    huge = crossing.post(b"[" * 100_000)
    (crossing.up / f"{new_id()}-0001-0001.msg").mkdir()
    report = crossing.public.report(new_id())
    crossing.settle()
    assert crossing.desk.handled() == [report]
    assert not bad.exists()
    assert not huge.exists()
    assert [one.reason for one in crossing.desk.status().parked] == ["unreadable: header"] * 2


def test_late_single_parts_of_a_known_message_are_cleared_away(crossing: Crossing):
    crossing.public.report(new_id(), content=bytes(20_000))
    crossing.public.step()
    first, *_others = sorted(crossing.up.iterdir())
    late = first.read_bytes()
    crossing.desk.step()
    first.write_bytes(late)
    unknown = crossing.up / f"{new_id()}-0001-0002.msg"
    unknown.write_bytes(b"half of something")
    crossing.desk.step()
    assert list(crossing.up.iterdir()) == [unknown]


def test_a_letterbox_that_is_not_mounted_stops_only_its_own_direction(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.public.step()
    crossing.down.rmdir()
    counts = crossing.desk.step()
    assert (counts.handled, counts.troubles > 0) == (1, True)
    crossing.down.mkdir()
    crossing.settle()
    assert crossing.desk.handled() == [report]
    assert crossing.public.outgoing() == []


def test_a_halted_step_leaves_the_rest_for_the_next(crossing: Crossing):
    for _ in range(3):
        crossing.public.report(new_id())
    assert crossing.public.relay.step(NOW, lambda: True).handed_over == 0
    wrapped = [row for row in crossing.public.outgoing() if row.wrapped]
    assert wrapped == []
    crossing.public.step()
    assert crossing.desk.relay.step(NOW, lambda: True).handled == 0
    asked = iter([False, True])
    assert crossing.desk.relay.step(NOW, lambda: next(asked, True)).handled == 1
    crossing.settle()
    assert len(crossing.desk.handled()) == 3


def test_a_halted_step_leaves_waiting_and_wrapped_messages_alone(crossing: Crossing):
    crossing.public.reply(new_id())
    crossing.settle()
    assert crossing.desk.relay.step(NOW, lambda: True).released == 0
    crossing.public.report(new_id())
    asked = iter([False, True])
    counts = crossing.public.relay.step(NOW, lambda: next(asked, True))
    assert counts.handed_over == 0
    assert [row.wrapped for row in crossing.public.outgoing()] == [True]


def test_a_backlog_larger_than_memory_is_taken_in_window_by_window(crossing: Crossing):
    sent = [crossing.public.report(new_id()) for _ in range(9)]
    crossing.public.step()
    relay = Relay(crossing.desk.house, DESK_HANDLERS, window_bytes=10_000)
    assert relay.step(NOW).handled == 9
    assert sorted(crossing.desk.handled()) == sorted(sent)
