"""One intake key follows another, and the old one goes when nothing waits for it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete

from portal.desk.domain import keys, rotation
from portal.desk.domain.keys import UnknownKey
from portal.desk.domain.rotation import UNDER_WAY, TooFewHolders
from portal.desk.models.keys import Grant
from portal.exchange.tables import Incoming
from portal.reference.days import local_day
from portal.sealing.keys import Identity
from tests.desk.arrivals import FILED, INTAKE, LATER, deliver
from tests.desk.casework import Office
from tests.desk.staff import own_key

NEXT = "intake-2027-1"
NOW = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)
SPENT = NOW + UNDER_WAY


def prepare(office: Office, private: Identity, after: str = INTAKE) -> None:
    with office.house.database.writing() as session:
        rotation.prepare(
            session,
            after=after,
            key_id=NEXT,
            private=private,
            not_after=local_day(NOW),
            now=NOW,
        )


def retire(office: Office) -> None:
    with office.house.database.writing() as session:
        rotation.retire(session, INTAKE, today=local_day(NOW), now=NOW)


def forget(office: Office, now: datetime = SPENT) -> list[str]:
    with office.house.database.writing() as session:
        return rotation.forget_spent(session, today=local_day(now), now=now)


def test_who_holds_the_old_key_holds_the_next(office: Office) -> None:
    private = Identity.generate()
    prepare(office, private)
    for clerk in (office.clerk, office.colleague):
        own = own_key(office.house, clerk)
        with office.house.database.reading() as session:
            held = keys.open_held(session, clerk.id, own)
        assert held[NEXT] == private
        assert INTAKE in held
    with office.house.database.reading() as session:
        assert not keys.held_ids(session, office.handler.id)
    assert office.audited("key-made") == [(None, NEXT)]


def test_with_one_holder_nothing_is_begun(office: Office) -> None:
    with office.house.database.writing() as session:
        session.execute(delete(Grant).where(Grant.person_id == office.colleague.id))
    with pytest.raises(TooFewHolders):
        prepare(office, Identity.generate())
    with pytest.raises(UnknownKey):
        prepare(office, Identity.generate(), after="none")


def test_a_spent_key_goes_with_its_grants_a_month_later(office: Office) -> None:
    office.open(office.arrive())
    retire(office)
    assert forget(office, SPENT - timedelta(days=1)) == []
    assert forget(office) == [INTAKE]
    with office.house.database.reading() as session:
        assert [line.id for line in keys.overview(session)] == ["office-1"]
        assert keys.held_ids(session, office.clerk.id) == ["office-1"]
    assert office.audited("key-deleted") == [(None, INTAKE)]


def test_what_was_never_retired_stays(office: Office) -> None:
    assert forget(office) == []


def test_a_report_that_nobody_opened_keeps_its_key(office: Office) -> None:
    reporter = office.arrive()
    retire(office)
    assert forget(office) == []
    office.open(reporter)
    assert forget(office) == [INTAKE]


def test_a_report_of_the_last_month_keeps_its_key(office: Office) -> None:
    retire(office)
    office.open(office.arrive(now=NOW + timedelta(days=20)), NOW + timedelta(days=20))
    assert forget(office) == []
    assert forget(office, SPENT + timedelta(days=30)) == [INTAKE]


def test_words_that_nobody_took_over_keep_the_key(office: Office) -> None:
    asked = office.case_in("need_more")
    deliver(office.house, asked.answer("前年", office.recipient), LATER)
    retire(office)
    assert forget(office) == []
    opener = office.opener(office.clerk)
    with office.house.database.writing() as session:
        case = session.merge(office.case(asked))
        opener.take_over_words(session, case, local_day(NOW))
    assert forget(office) == [INTAKE]


def put_aside(office: Office, outcome: str, kind: str | None, day: date) -> None:
    with office.house.database.writing() as session:
        session.add(Incoming(id="0" * 32, kind=kind, day=day, outcome=outcome, file="x"))


@pytest.mark.parametrize("kind", ["report", "reply"])
@pytest.mark.parametrize("outcome", ["waiting", "parked"])
def test_letters_put_aside_keep_the_key(office: Office, outcome: str, kind: str) -> None:
    retire(office)
    put_aside(office, outcome, kind, local_day(FILED))
    assert forget(office) == []


@pytest.mark.parametrize("kind", [None, "claimed", "rating", "holding"])
def test_what_no_intake_key_opens_keeps_none(office: Office, kind: str | None) -> None:
    """What nobody signed has no kind: whoever reaches the letterbox can leave it there."""
    retire(office)
    put_aside(office, "parked", kind, local_day(FILED))
    assert forget(office) == [INTAKE]


def test_letters_of_a_later_time_do_not_keep_the_key(office: Office) -> None:
    retire(office)
    later = SPENT + timedelta(days=1)
    put_aside(office, "parked", "report", local_day(later))
    assert forget(office, later) == [INTAKE]
