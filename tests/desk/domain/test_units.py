"""The list of units: kept once each, replaced by imports, and told who changed it first."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.desk.domain import units
from portal.desk.domain.units import ChangedMeanwhile, Entry, KnownUnit, UnknownUnit
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.units import Unit
from tests.desk.newsroom import BEGUN, NEXT, Newsroom, staff_newsroom

TOWN = Entry(
    "柳溪镇", ("柳溪镇人民政府",), "U10", "青岚县", 46, (("镇长", 1), ("副镇长", 4), ("驾驶员", 9))
)
BUREAU = Entry("青岚县交通运输局", (), "U03", "", None, ())


@pytest.fixture
def newsroom(house: DeskHouse) -> Newsroom:
    """Editors and approvers."""
    return staff_newsroom(house)


def added(newsroom: Newsroom, entry: Entry = TOWN) -> str:
    with newsroom.house.database.writing() as session:
        return units.add(session, entry, by=newsroom.editor.id, now=BEGUN).id


def kept(house: DeskHouse) -> list[Entry]:
    with house.database.reading() as session:
        return [units.entry(unit) for unit in units.page(session).units]


def acts(house: DeskHouse) -> list[str]:
    with house.database.reading() as session:
        query = select(AuditEntry.act).where(AuditEntry.act.startswith("unit-"))
        return list(session.scalars(query.order_by(AuditEntry.n)))


def change(newsroom: Newsroom, unit_id: str, entry: Entry, seen: int) -> None:
    with newsroom.house.database.writing() as session:
        unit = units.get(session, unit_id, lock=True)
        units.change(session, unit, entry, seen=seen, by=newsroom.approver.id, now=NEXT)


def test_a_unit_keeps_its_posts_in_the_order_of_typing(newsroom: Newsroom) -> None:
    unit_id = added(newsroom)
    assert kept(newsroom.house) == [TOWN]
    fewer = replace(TOWN, posts=(("副镇长", 5), ("镇长", 1)), size=None)
    change(newsroom, unit_id, fewer, seen=1)
    assert kept(newsroom.house) == [fewer]
    assert acts(newsroom.house) == ["unit-added", "unit-changed"]


def test_whoever_comes_second_changes_nothing_unless_it_is_the_same(newsroom: Newsroom) -> None:
    unit_id = added(newsroom)
    change(newsroom, unit_id, replace(TOWN, size=50), seen=1)
    with pytest.raises(ChangedMeanwhile):
        change(newsroom, unit_id, replace(TOWN, size=60), seen=1)
    change(newsroom, unit_id, replace(TOWN, size=50), seen=1)
    assert kept(newsroom.house)[0].size == 50
    assert acts(newsroom.house) == ["unit-added", "unit-changed"]


def test_a_name_is_on_the_list_once(newsroom: Newsroom) -> None:
    added(newsroom)
    other = added(newsroom, BUREAU)
    with pytest.raises(KnownUnit):
        added(newsroom)
    with pytest.raises(KnownUnit):
        change(newsroom, other, replace(BUREAU, name="柳溪镇"), seen=1)


def test_an_import_adds_replaces_and_leaves_the_rest(newsroom: Newsroom) -> None:
    added(newsroom)
    added(newsroom, BUREAU)
    larger = replace(BUREAU, size=30, posts=(("驾驶员", 14),))
    school = Entry("柳溪镇中心小学", (), "U12", "柳溪镇", 32, (("校长", 1),))
    with newsroom.house.database.writing() as session:
        planned = units.plan(session, [larger, school, TOWN])
        assert (planned.new, planned.changed, planned.same) == ((school,), ((BUREAU, larger),), 1)
        for _time in range(2):
            units.take_in(session, [larger, school, TOWN], by=newsroom.editor.id, now=NEXT)
    assert sorted(kept(newsroom.house), key=lambda one: one.kind) == [larger, TOWN, school]
    assert acts(newsroom.house) == ["unit-added"] * 3 + ["unit-changed"]


def test_units_are_found_by_any_name_or_place_and_come_by_pages(newsroom: Newsroom) -> None:
    added(newsroom)
    added(newsroom, BUREAU)
    with newsroom.house.database.reading() as session:
        for words in ("人民政府", "青岚县"):
            assert "柳溪镇" in [unit.name for unit in units.page(session, words).units]
        assert units.page(session, "100%").units == ()
        assert units.page(session, "交通").count == 1
        assert units.page(session, "", 2).units == ()


def test_a_unit_that_is_gone_is_looked_for_no_more(newsroom: Newsroom) -> None:
    unit_id = added(newsroom)
    with newsroom.house.database.writing() as session:
        units.remove(session, units.get(session, unit_id), by=newsroom.editor.id, now=NEXT)
        assert units.names(session) == ()
        assert units.known(session).units == ()
        assert session.scalars(select(Unit)).all() == []
        with pytest.raises(UnknownUnit):
            units.get(session, unit_id)
