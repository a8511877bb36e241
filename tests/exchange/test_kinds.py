from datetime import date

import pytest

from portal.exchange.kinds import (
    KINDS,
    Claimable,
    Claimed,
    HeldCase,
    Holding,
    Live,
    LiveNotice,
    Progress,
    Publication,
    Rating,
    Receipt,
    Record,
    Reply,
    Report,
    Restored,
    SealedReply,
    Step,
    check,
)
from portal.exchange.refusals import BadSchema, UnknownKind
from tests.exchange.crossing import new_id

CASE = new_id()
DAY = date(2026, 11, 20)
RECORDS: dict[str, Record] = {
    "report": Report(CASE, "83172054", {"intake": "intake-2026-11", "recovery": "r1"}),
    "reply": Reply(CASE, bytes(range(64))),
    "rating": Rating(CASE, bytes(range(64))),
    "progress": Progress(
        case=CASE,
        revision=3,
        steps=(Step("received", DAY), Step("need_more", DAY)),
        due=date(2026, 12, 11),
        due_provisional=True,
        flags=("rated",),
        replies=(SealedReply("reply-1", "question", DAY),),
    ),
    "receipt": Receipt("stored", (new_id(), new_id())),
    "restored": Restored(),
    "holding": Holding((HeldCase(CASE, 0), HeldCase(new_id(), 7))),
    "claimable": Claimable(CASE, 2, "90000001", DAY, "0a" * 32, "p1", Step("accepted", DAY)),
    "claimed": Claimed(CASE, bytes(range(64))),
    "publication": Publication(CASE, 3),
    "live": Live((LiveNotice(CASE, 3, "0a" * 32), LiveNotice(new_id(), 1, "0b" * 32))),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_record_writes_it_reads(kind: str):
    assert KINDS[kind].read(RECORDS[kind].data()) == RECORDS[kind]


def test_a_list_that_speaks_for_some_ids_says_for_which():
    some = Live((LiveNotice("7" * 32, 3, "0a" * 32),), first="1" * 32, last="8" * 32)
    assert Live.read(some.data()) == some
    assert "first" not in RECORDS["live"].data()


@pytest.mark.parametrize(
    ("kind", "change", "member"),
    [
        ("report", {"case": "short"}, "case"),
        ("report", {"case": CASE.upper()}, "case"),
        ("report", {"reference": "01234567"}, "reference"),
        ("report", {"keys": {}}, "keys"),
        ("report", {"keys": {"intake": "has space"}}, "intake"),
        ("report", {"keys": {"intake": "a", "Bad Name": "b"}}, "keys has more members"),
        ("report", {"keys": {"intake": "a"} | {f"k{n}": "b" for n in range(16)}}, "keys"),
        ("report", {"name": "somebody"}, "data has more members"),
        ("reply", {"signature": "00"}, "signature"),
        ("rating", {"signature": "00"}, "signature"),
        ("rating", {"timely": 5}, "data has more members"),
        ("progress", {"revision": 0}, "revision"),
        ("progress", {"steps": []}, "steps"),
        ("progress", {"steps": [{"state": "received", "on": "2026-11-20", "by": ""}]}, "steps"),
        ("progress", {"steps": [{"state": "已收到", "on": "2026-11-20"}]}, "state"),
        ("progress", {"due": "soon"}, "due"),
        ("progress", {"due_provisional": None}, "due_provisional"),
        ("progress", {"flags": ["rated", "rated"]}, "flags"),
        ("progress", {"replies": [{"part": "content", "purpose": "a", "on": ""}]}, "part"),
        (
            "progress",
            {"replies": [{"part": "reply-1", "purpose": "answer", "on": "2026-11-20"}] * 2},
            "replies",
        ),
        ("restored", {"since": "2026-11-20"}, "data has more members"),
        ("holding", {"cases": [{"case": CASE, "revision": -1}]}, "revision"),
        ("holding", {"cases": [{"case": CASE, "revision": 2**31 - 1}]}, "revision"),
        ("holding", {"cases": [{"case": CASE, "revision": 1, "state": "closed"}]}, "cases has"),
        ("claimable", {"number": 0}, "number"),
        ("claimable", {"lookup": "0A" * 32}, "lookup"),
        ("claimable", {"state_on": None}, "state_on"),
        ("claimable", {"story": "x"}, "data has more members"),
        ("claimed", {"signature": "00"}, "signature"),
        ("claimed", {"keys": "x"}, "data has more members"),
        ("publication", {"version": 0}, "version"),
        ("publication", {"title": "x"}, "data has more members"),
        ("live", {"notices": [{"notice": CASE, "version": 1, "digest": "0A" * 32}]}, "digest"),
        (
            "live",
            {"notices": [{"notice": CASE, "version": v, "digest": "0a" * 32} for v in (1, 2)]},
            "notices",
        ),
        ("live", {"first": "f" * 32}, "notices"),
        ("live", {"last": "short"}, "last"),
        ("receipt", {"level": "perhaps"}, "level"),
        ("receipt", {"ids": []}, "ids"),
        ("receipt", {"ids": ["0" * 32] * 2}, "ids"),
        ("receipt", {"ids": [f"{n:032x}" for n in range(501)]}, "ids"),
    ],
)
def test_wrong_data_is_refused_by_the_name_of_the_member(kind, change, member):
    with pytest.raises(BadSchema, match=member):
        KINDS[kind].read({**RECORDS[kind].data(), **change})


def test_a_progress_tells_its_present_state_and_its_parts():
    progress = RECORDS["progress"]
    assert isinstance(progress, Progress)
    assert progress.now.state == "need_more"
    assert progress.part_names == {"reply-1"}


def test_a_whole_message_of_a_kind_passes():
    check("report", "public", RECORDS["report"].data(), frozenset({"content", "identity"}))
    check("receipt", "desk", RECORDS["receipt"].data(), frozenset())
    check("publication", "desk", RECORDS["publication"].data(), frozenset({"document"}))
    check("live", "public", RECORDS["live"].data(), frozenset())


@pytest.mark.parametrize(
    ("kind", "source", "parts", "refusal"),
    [
        ("hearing", "public", set(), UnknownKind),
        ("report", "desk", {"content", "identity"}, BadSchema),
        ("report", "public", {"content"}, BadSchema),
        ("report", "public", {"content", "identity", "photo"}, BadSchema),
        ("progress", "desk", set(), BadSchema),
        ("progress", "public", {"reply-1"}, BadSchema),
    ],
)
def test_unknown_kinds_wrong_senders_and_wrong_parts_are_refused(kind, source, parts, refusal):
    data = RECORDS[kind].data() if kind in RECORDS else {}
    with pytest.raises(refusal):
        check(kind, source, data, frozenset(parts))
