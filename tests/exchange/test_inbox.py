from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.exchange.inbox import try_again
from portal.exchange.refusals import Park
from portal.exchange.tables import ExchangeBase, Incoming
from tests.exchange.crossing import (
    DESK_HANDLERS,
    Crossing,
    a_message,
    end,
    new_id,
)


def test_replies_that_overtake_their_report_wait_and_are_released_in_order(crossing: Crossing):
    case = new_id()
    messages = [a_message(data={**a_message().data, "case": case}, sequence=3)]
    reply = {"case": case, "signature": "00" * 64}
    for sequence in (4, 5, 6):
        parts = {"statement": b"s", "words": b"w%d" % sequence}
        messages.append(a_message(kind="reply", data=reply, parts=parts, sequence=sequence))
    report, first, second, third = messages

    for early in (second, first):
        crossing.from_public(early)
    assert crossing.desk.step().waiting == 2
    assert {one.reason for one in crossing.desk.status().waiting} == {
        "waiting: case not known",
    }
    crossing.from_public(report)
    crossing.from_public(third)
    counts = crossing.desk.step()
    assert counts.released >= 2
    assert crossing.desk.handled() == [report.id, first.id, second.id, third.id]
    assert crossing.desk.house.store.names() == set()
    assert crossing.desk.status().waiting_count == 0


def test_a_later_message_stays_behind_an_earlier_one_about_its_case(crossing: Crossing):
    case = new_id()
    reply = {"case": case, "signature": "00" * 64}
    parts = {"statement": b"s", "words": b"w"}
    first = a_message(kind="reply", data=reply, parts=parts, sequence=8)
    second = a_message(kind="reply", data=reply, parts=parts, sequence=9)
    crossing.from_public(first)
    crossing.desk.step()
    crossing.from_public(second)
    crossing.desk.step()
    crossing.from_public(a_message(data={**a_message().data, "case": case}, sequence=7))
    crossing.desk.step()
    assert crossing.desk.handled()[1:] == [first.id, second.id]


def test_a_report_that_a_sender_numbered_after_its_reply_still_gets_through(crossing: Crossing):
    case = new_id()
    reply = {"case": case, "signature": "00" * 64}
    parts = {"statement": b"s", "words": b"w"}
    first = a_message(kind="reply", data=reply, parts=parts, sequence=1)
    report = a_message(data={**a_message().data, "case": case}, sequence=2)
    for message in (first, report):
        crossing.from_public(message)
        crossing.desk.step()
    crossing.desk.step()
    assert crossing.desk.handled() == [report.id, first.id]


def test_a_waiting_message_is_acknowledged_because_it_is_kept(crossing: Crossing):
    crossing.public.reply(new_id())
    crossing.settle()
    assert crossing.desk.status().waiting_count == 1
    assert crossing.public.outgoing() == []


def test_what_cannot_be_read_is_kept_byte_for_byte_and_once(crossing: Crossing):
    for _ in range(2):
        crossing.post(b"not a message at all")
        crossing.desk.step()
    (parked,) = crossing.desk.status().parked
    row = crossing.desk.incoming(parked.id)
    assert crossing.desk.house.store.get(row.file) == b"not a message at all"
    assert parked.kind is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "hearing"}, "unknown-kind"),
        ({"kind": "progress"}, "bad-schema: source"),
        ({"parts": {"content": b""}}, "bad-schema: parts"),
        ({"data": {"case": "x" * 100}}, "bad-schema: case"),
        ({"kind": "receipt", "epoch": "", "sequence": 0, "parts": {}}, "bad-schema: level"),
    ],
)
def test_authentic_messages_that_cannot_be_handled_are_parked(crossing: Crossing, changes, reason):
    message = a_message(**changes)
    crossing.from_public(message)
    assert crossing.desk.step().parked == 1
    row = crossing.desk.incoming(message.id)
    assert (row.outcome, row.reason) == ("parked", reason)
    assert crossing.desk.house.unwrap(crossing.desk.house.store.get(row.file)) == message
    assert list(crossing.up.iterdir()) == []


def test_a_parked_message_is_acknowledged_but_a_parked_receipt_is_not(crossing: Crossing):
    crossing.from_public(a_message(kind="hearing"))
    assert crossing.desk.step().acknowledged == 1
    broken = a_message(kind="receipt", epoch="", sequence=0, data={}, parts={})
    for _ in range(2):
        crossing.from_public(broken)
        assert crossing.desk.step().acknowledged == 0


def test_what_the_peer_did_not_sign_is_not_acknowledged(crossing: Crossing):
    forged = replace(crossing.public.house, host_key=crossing.desk.house.host_key)
    crossing.post(forged.wrap(a_message()))
    counts = crossing.desk.step()
    assert (counts.parked, counts.acknowledged) == (1, 0)
    assert crossing.desk.status().parked[0].reason == "unsigned"


def test_a_message_that_comes_back_to_its_sender_is_refused(crossing: Crossing):
    mirrored = replace(crossing.public.house, peer=crossing.desk.house.host_key.peer)
    crossing.post(mirrored.wrap(a_message(source="desk")))
    crossing.desk.step()
    assert crossing.desk.status().parked[0].reason == "bad-schema: source"


def refuse(_session, _message, _now):
    raise Park("closed")


def stumble(session, message, now):
    DESK_HANDLERS["report"](session, message, now)
    raise KeyError("something about the message")


@pytest.mark.parametrize(
    ("handler", "reason"), [(refuse, "parked: closed"), (stumble, "failed: KeyError")]
)
def test_a_handler_that_refuses_or_stumbles_leaves_no_trace_but_the_reason(
    crossing: Crossing, handler, reason
):
    desk = end(crossing.desk.house, {"report": handler})
    report = crossing.public.report(new_id())
    crossing.public.step()
    assert desk.step().parked == 1
    assert desk.incoming(report).reason == reason
    assert desk.ledger() == []


def test_a_parked_message_can_be_tried_again_when_the_cause_is_gone(crossing: Crossing):
    report = crossing.public.report(new_id())
    crossing.public.step()
    end(crossing.desk.house, {}).step()
    assert crossing.desk.incoming(report).reason == "unknown-kind"
    with crossing.desk.house.database.writing() as session:
        try_again(session, report)
    assert crossing.desk.step().released == 1
    assert crossing.desk.handled() == [report]
    assert crossing.desk.house.store.names() == set()


def test_a_waiting_message_that_is_refused_later_is_parked(crossing: Crossing):
    reply = crossing.public.reply(new_id())
    crossing.public.step()
    crossing.desk.step()
    desk = end(crossing.desk.house, {"reply": refuse})
    assert desk.step().released == 1
    assert desk.incoming(reply).reason == "parked: closed"
    assert desk.status().waiting_count == 0


def test_a_waiting_message_whose_file_is_lost_is_shown(crossing: Crossing):
    reply = crossing.public.reply(new_id())
    crossing.settle()
    for name in crossing.desk.house.store.names():
        crossing.desk.house.store.discard(name)
    crossing.desk.step()
    row = crossing.desk.incoming(reply)
    assert (row.outcome, row.reason) == ("parked", "file missing")


def test_a_database_in_trouble_decides_nothing(crossing: Crossing):
    """The desk's table is away for a while: as after a failed migration."""
    report = crossing.public.report(new_id())
    crossing.public.step()
    engine = crossing.desk.house.database.engine
    table = ExchangeBase.metadata.tables[Incoming.__tablename__]
    table.drop(engine)
    counts = crossing.desk.step()
    assert counts.is_stuck
    assert len(list(crossing.up.iterdir())) >= 1
    table.create(engine)
    crossing.settle()
    assert crossing.desk.handled() == [report]


def test_a_store_in_trouble_decides_nothing(crossing: Crossing):
    crossing.public.reply(new_id())
    crossing.public.step()
    folder = crossing.desk.house.store.folder
    folder.rmdir()
    folder.write_text("a file where the folder should be")
    assert crossing.desk.step().troubles == 1
    folder.unlink()
    folder.mkdir()
    assert crossing.desk.step().waiting == 1
    moved = folder.rename(folder.with_name("away"))
    assert crossing.desk.step().troubles == 0  # Missing is an answer; the disk itself is well.
    assert crossing.desk.status().parked[0].reason == "file missing"
    moved.rename(folder)


def test_a_waiting_message_on_a_failing_disk_goes_on_waiting(crossing: Crossing):
    reply = crossing.public.reply(new_id())
    crossing.settle()
    (name,) = crossing.desk.house.store.names()
    path = crossing.desk.house.store.folder / name
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()  # Reading it fails, and not because it is missing.
    assert crossing.desk.step().troubles == 1
    assert crossing.desk.incoming(reply).outcome == "waiting"
    path.rmdir()
    path.write_bytes(kept)
    assert crossing.desk.step().troubles == 0


def test_rows_keep_no_trace_of_what_was_handled(crossing: Crossing):
    case = new_id()
    crossing.public.reply(case)
    crossing.settle()
    crossing.public.report(case)
    crossing.settle()
    with crossing.desk.house.database.reading() as session:
        rows = session.scalars(select(Incoming)).all()
    assert {(row.outcome, row.case, row.file, row.reason) for row in rows} == {
        ("handled", None, "", "")
    }
