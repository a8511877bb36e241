"""After a case was handed up: what comes for it follows it, and nothing of it is left behind."""

from base64 import b64decode

import pytest
from sqlalchemy import select

from portal.commands import desk
from portal.desk.domain import handed_up, restoring
from portal.desk.domain.restoring import Retelling
from portal.desk.models.base import Base
from portal.exchange.kinds import HeldCase, Holding, Reply, Restored
from portal.exchange.messages import Message
from portal.exchange.refusals import Wait
from portal.exchange.tables import PARKED, WAITING, Incoming
from portal.sealing.manifest import Manifest, Missing
from portal.superior import folder
from portal.superior.tables import SuperiorItem
from tests.desk.arrivals import FILED_ON, LATER, Reporter, letterbox, message, told
from tests.desk.casework import Office
from tests.desk.superior import SuperiorCommission

LATE = "他今天来找我，叫我撤回。"


@pytest.fixture
def superior(office: Office) -> SuperiorCommission:
    return SuperiorCommission(office)


@pytest.fixture
def gone(office: Office, superior: SuperiorCommission) -> Reporter:
    """The reporter of a case that was handed up."""
    reporter = office.case_in("accepted")
    superior.hand_up(reporter)
    return reporter


def arrives(superior: SuperiorCommission, arriving: Message) -> None:
    house = superior.office.house
    receive = superior.passing_on().around(letterbox(house).receive_reply)
    with house.database.writing() as session:
        receive(session, arriving, LATER)


def test_what_was_on_its_way_is_sealed_on_unopened(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    files = office.house.items.names()
    late = gone.answer(LATE, office.recipient, purpose="add")
    arrives(superior, late)
    (passed,) = (one for one in superior.opened() if one["type"] == "superior_later")
    assert (passed["kind"], passed["data"]) == (Reply.KIND, late.data)
    assert passed["data"]["case"] == gone.case
    assert {name: b64decode(part) for name, part in passed["parts"].items()} == late.parts
    assert len({one["receipt"] for one in superior.opened()}) == 2
    assert office.house.items.names() == files


def test_what_comes_for_another_case_is_taken_in_as_ever(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    other = office.case_in("accepted", "40518273")
    arrives(superior, other.answer(LATE, office.recipient, purpose="add"))
    assert office.case(other).revision == 3
    assert len(superior.opened()) == 1


def test_without_a_manifest_it_waits(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    def missing() -> Manifest:
        raise Missing("there is no key manifest")

    without = handed_up.PassingOn(office.house.superior, missing)
    receive = without.around(letterbox(office.house).receive_reply)
    with pytest.raises(Wait), office.house.database.writing() as session:
        receive(session, gone.answer(LATE, office.recipient, purpose="add"), LATER)


def test_a_parked_message_of_the_case_is_tried_again_and_follows(
    office: Office, superior: SuperiorCommission
) -> None:
    reporter = office.case_in("accepted")
    mine = Incoming(id="1" * 32, kind="reply", day=FILED_ON, outcome=PARKED, case=reporter.case)
    other = Incoming(id="2" * 32, kind="reply", day=FILED_ON, outcome=PARKED, case="c" * 32)
    with office.house.database.writing() as session:
        session.add_all([mine, other])
    superior.hand_up(reporter)
    with office.house.database.reading() as session:
        outcomes = {row.id[0]: row.outcome for row in session.scalars(select(Incoming))}
    assert outcomes == {"1": WAITING, "2": PARKED}


def test_a_public_side_that_was_put_back_hears_it_again(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    revision = told(office.house)[-1][0].revision
    retelling = Retelling(office.house.items, office.house.outbox, lambda *_: None)
    with office.house.database.writing() as session:
        retelling.receive_restored(session, message(Restored.KIND, {}, {}, FILED_ON), LATER)
    again, _message = told(office.house)[-1]
    assert (again.case, again.revision) == (gone.case, revision)
    assert [step.state for step in again.steps] == ["sealed_for_superior"]


def test_it_is_not_missed_when_the_public_side_tells_what_it_holds(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    holding = Holding((HeldCase(gone.case, 3),))
    retelling = Retelling(office.house.items, office.house.outbox, lambda *_: None)
    with office.house.database.writing() as session:
        retelling.receive_holding(
            session, message(Holding.KIND, holding.data(), {}, FILED_ON), LATER
        )
    with office.house.database.reading() as session:
        assert restoring.missing_count(session) == 0


def test_its_file_is_numbered_until_the_receipt_comes(
    office: Office, superior: SuperiorCommission, gone: Reporter
) -> None:
    desk.keep_superior(office.house)
    where = office.house.settings.superior_desk_folder
    (path,) = where.glob("*.age")
    assert path.name.endswith("-000001.age")
    (inside,) = superior.opened()
    folder.leave_receipts(where, inside["receipt"])
    desk.keep_superior(office.house)
    assert list(where.glob("*.age")) == []
    assert office.house.superior.names() == set()
    with office.house.database.reading() as session:
        assert session.scalars(select(SuperiorItem)).all() == []
        assert handed_up.is_handed_up(session, gone.case)


def test_every_table_that_depends_on_a_case_names_it(office: Office) -> None:
    """Erasing follows the keys to `cases`: a table that only hangs on such a table is forgotten."""
    tables = Base.metadata.tables.values()
    of_cases = {table.name for table in tables if _refers(table, {"cases"})} | {"cases"}
    hanging = {table.name for table in tables if _refers(table, of_cases)}
    assert hanging <= of_cases


def _refers(table, names: set[str]) -> bool:
    return any(key.column.table.name in names for key in table.foreign_keys)
