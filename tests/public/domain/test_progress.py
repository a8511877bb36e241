from datetime import date, timedelta

import pytest

from portal.exchange.kinds import Progress, SealedReply, Step
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.public.domain.progress import ProgressKeeper
from portal.public.domain.retention import draft_files, purge, reply_files
from portal.public.models.cases import Case, Reply, Submission
from portal.reference.days import local_day
from tests.public.stories import rows

TODAY = date(2026, 11, 20)
CASE = "c" * 32


@pytest.fixture
def case(house):
    with house.database.writing() as session:
        session.add(
            Case(
                id=CASE,
                lookup_hash="0" * 64,
                pepper_id="pepper-2",
                reference="40518273",
                received_on=TODAY,
                state="received",
                state_on=TODAY,
            )
        )
        session.flush()
        session.add(Submission(id="s" * 64, case_id=CASE, kind="report", on=TODAY, revision=0))


def snapshot(revision, *states, replies=(), case=CASE):
    steps = tuple(Step(state, TODAY) for state in ("received", *states))
    parts = {f"reply-{n + 1}": text for n, text in enumerate(replies)}
    sealed = tuple(SealedReply(part, "answer", TODAY) for part in parts)
    progress = Progress(case=case, revision=revision, steps=steps, replies=sealed)
    message = Message(
        id="a" * 32,
        kind="progress",
        source="desk",
        day=TODAY,
        data=progress.data(),
        parts=parts,
    )
    message.check()
    return message


@pytest.fixture
def receive(house, now):
    def receive(message):
        with house.database.writing() as session:
            ProgressKeeper(house.items).receive(session, message, now)

    return receive


def test_a_newer_snapshot_replaces_state_and_replies(house, case, receive):
    receive(snapshot(1, "accepted", replies=[b"one"]))
    receive(snapshot(2, "accepted", "closed", replies=[b"one", b"two"]))
    (row,) = rows(house, Case)
    assert (row.state, row.revision) == ("closed", 2)
    assert [step.state for step in Progress.read(row.progress).steps][-1] == "closed"
    files = {row.part: house.items.get(row.file) for row in rows(house, Reply)}
    assert files == {"reply-1": b"one", "reply-2": b"two"}
    assert len(house.items.names()) == 2


@pytest.mark.parametrize("revision", [1, 2], ids=["older", "the same"])
def test_a_snapshot_that_is_not_newer_changes_nothing(house, case, receive, revision):
    receive(snapshot(2, "accepted", replies=[b"two"]))
    receive(snapshot(revision, "closed"))
    (row,) = rows(house, Case)
    assert (row.state, row.revision) == ("accepted", 2)
    assert len(rows(house, Reply)) == 1


def test_progress_of_a_case_that_is_not_known_yet_waits(receive):
    with pytest.raises(Wait):
        receive(snapshot(1, "accepted"))


def test_a_state_without_words_is_parked(case, receive):
    with pytest.raises(Park):
        receive(snapshot(1, "put_away"))


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [("closed", 731, 0), ("closed", 730, 1), ("in_progress", 2000, 1)],
    ids=["long closed", "closed", "open"],
)
def test_a_case_is_forgotten_a_while_after_it_ended(  # noqa: PLR0917 — fixtures come by name
    house, case, receive, now, state, days, left
):
    receive(snapshot(1, state, replies=[b"one"]))
    with house.database.writing() as session:
        session.get(Case, CASE).state_on = local_day(now - timedelta(days=days))
    with house.database.writing() as session:
        purged = purge(session, house.drafts, house.items, now, kept=timedelta(days=730))
    assert purged.cases == 1 - left
    for table in (Case, Reply, Submission):
        assert len(rows(house, table)) == left
    assert len(house.items.names()) == left


def test_the_files_that_rows_name_are_told(house, case, receive):
    receive(snapshot(1, "accepted", replies=[b"one"]))
    with house.database.reading() as session:
        assert reply_files(session) == house.items.names()
        assert draft_files(session) == set()


def test_what_went_to_the_superior_stays_there(house, case, receive):
    receive(snapshot(2, "accepted", "sealed_for_superior"))
    receive(snapshot(9, "accepted", "closed"))
    (row,) = rows(house, Case)
    assert (row.state, row.revision) == ("sealed_for_superior", 2)
    (step,) = (one for one in Progress.read(row.progress).steps if one.state == row.state)
    assert step.on == TODAY
