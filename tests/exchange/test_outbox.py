import pytest

from portal.exchange.fields import Json
from portal.exchange.kinds import Receipt, Report
from portal.exchange.outbox import Outbox, from_draft
from portal.exchange.refusals import BadSchema, UnknownKind
from tests.exchange.crossing import NOW, Crossing, new_id

PARTS = {"content": b"sealed content", "identity": b"sealed name"}


def report() -> dict[str, Json]:
    return Report(new_id(), "83172054", {"intake": "a"}).data()


def test_a_message_lies_in_a_file_before_its_row_is_committed(crossing: Crossing):
    house = crossing.public.house
    with house.database.writing() as session:
        message_id = crossing.public.outbox().enqueue(session, "report", report(), PARTS, NOW)
        (name,) = house.store.names()
        draft = from_draft(house.store.get(name), "0" * 16, 1)
        assert (draft.id, draft.parts) == (message_id, PARTS)
        assert crossing.public.outgoing() == []
    (row,) = crossing.public.outgoing()
    assert (row.id, row.file, row.sequence) == (message_id, name, None)


def test_a_rollback_takes_row_and_file_away(crossing: Crossing):
    with pytest.raises(KeyError), crossing.public.house.database.writing() as session:
        crossing.public.outbox().enqueue(session, "report", report(), PARTS, NOW)
        raise KeyError
    assert crossing.public.outgoing() == []
    assert crossing.public.house.store.names() == set()


def test_the_relay_is_woken_after_the_commit_and_not_before(crossing: Crossing):
    house = crossing.public.house
    woken: list[int] = []
    outbox = Outbox("public", house.store, lambda: woken.append(len(crossing.public.outgoing())))
    with house.database.writing() as session:
        outbox.enqueue(session, "report", report(), PARTS, NOW)
        assert woken == []
    assert len(woken) == 1


@pytest.mark.parametrize(
    ("kind", "data", "parts", "refusal"),
    [
        ("hearing", {}, {}, UnknownKind),
        ("report", {}, PARTS, BadSchema),
        ("report", report(), {"content": b""}, BadSchema),
        ("progress", report(), {}, BadSchema),
    ],
)
def test_a_message_that_the_other_side_would_refuse_is_never_queued(
    crossing: Crossing, kind, data, parts, refusal
):
    with pytest.raises(refusal):
        crossing.public.send(kind, data, parts)
    assert crossing.public.house.store.names() == set()


def test_messages_about_one_case_keep_their_order_when_they_are_numbered(crossing: Crossing):
    cases = [new_id() for _ in range(5)]
    sent = {case: [crossing.public.report(case)] for case in cases}
    for _ in range(3):
        for case in cases:
            sent[case].append(crossing.public.reply(case))
    crossing.public.step()
    rows = sorted(crossing.public.outgoing(), key=lambda row: row.sequence or 0)
    for case in cases:
        assert [row.id for row in rows if row.case == case] == sent[case]
    assert [row.sequence for row in rows] == list(range(1, 21))
    order = [row.case for row in rows if row.kind == "report"]
    assert order == sorted(cases)  # By their random ids, not as they came.


def test_a_kind_that_is_about_no_case_needs_no_place_among_a_cases_messages(crossing: Crossing):
    data = Receipt("stored", (new_id(),)).data()
    crossing.public.send("receipt", data, {})
    (row,) = crossing.public.outgoing()
    assert (row.case, row.position) == (None, 1)
