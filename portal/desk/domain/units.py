"""The list of units that editors keep: no person stands on it, so nothing of it is sealed.

It is what everybody knows of offices. Notices are held against it: a unit of the list is found in
an anonymised text, and a post that few have is warned of.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.units import Unit, UnitPost
from portal.text.unit_list import ListedUnit, UnitList

PAGE = 50


class UnknownUnit(Exception):
    """There is no such unit, or not any more."""


class KnownUnit(Exception):
    """The list has a unit of this name."""


class ChangedMeanwhile(Exception):
    """Somebody changed the unit since the page was opened."""


@dataclass(frozen=True)
class Entry:
    """A unit as it is typed or imported; posts come with how many people have each."""

    name: str
    other_names: tuple[str, ...]
    kind: str
    place: str
    size: int | None
    posts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Plan:
    """What an import would do; what the list has beside it stays.

    `changed` has each as it is and as it would be.
    """

    new: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]
    same: int


@dataclass(frozen=True)
class Page:
    """Some units by name, and how many there are of them in all."""

    units: tuple[Unit, ...]
    count: int


def page(session: Session, words: str = "", number: int = 1) -> Page:
    """Return a page of the units whose names or place hold some words, counted from 1."""
    columns = (Unit.name, Unit.other_names, Unit.place)
    wanted = or_(*(column.contains(words, autoescape=True) for column in columns))
    count = session.scalar(select(func.count()).select_from(Unit).where(wanted)) or 0
    query = select(Unit).where(wanted).order_by(Unit.kind, Unit.name)
    found = session.scalars(query.offset((number - 1) * PAGE).limit(PAGE))
    return Page(tuple(found), count)


def get(session: Session, unit_id: str, *, lock: bool = False) -> Unit:
    """Return a unit; `lock` makes others wait.

    :raises UnknownUnit: when there is none.
    """
    query = select(Unit).where(Unit.id == unit_id)
    unit = session.scalar(query.with_for_update() if lock else query)
    if unit is None:
        raise UnknownUnit
    return unit


def entry(unit: Unit) -> Entry:
    """Return what the list has of a unit."""
    posts = tuple((post.name, post.people) for post in unit.posts)
    names = tuple(unit.other_names.splitlines())
    return Entry(unit.name, names, unit.kind, unit.place, unit.size, posts)


def add(session: Session, wanted: Entry, *, by: str, now: datetime) -> Unit:
    """Put a unit on the list.

    :raises KnownUnit: when one of this name is there.
    """
    _refuse_known(session, wanted.name)
    unit = Unit(id=secrets.token_hex(16), revision=0, person_id=by)
    _write(unit, wanted, by, now)
    session.add(unit)
    session.flush()
    audit.record(session, person_id=by, act="unit-added", target=unit.id, now=now)
    return unit


def change(
    session: Session, unit: Unit, wanted: Entry, *, seen: int, by: str, now: datetime
) -> None:
    """Change a unit that the caller has locked; the same again is nothing.

    :raises KnownUnit: when another one has this name.
    :raises ChangedMeanwhile: when it is not the one that was seen.
    """
    if entry(unit) == wanted:
        return
    if unit.revision != seen:
        raise ChangedMeanwhile
    if unit.name != wanted.name:
        _refuse_known(session, wanted.name)
    _write(unit, wanted, by, now)
    session.flush()
    audit.record(session, person_id=by, act="unit-changed", target=unit.id, now=now)


def remove(session: Session, unit: Unit, *, by: str, now: datetime) -> None:
    """Take a unit off the list."""
    session.delete(unit)
    session.flush()
    audit.record(session, person_id=by, act="unit-removed", target=unit.id, now=now)


def plan(session: Session, entries: Sequence[Entry]) -> Plan:
    """Say what an import would do."""
    known = {unit.name: entry(unit) for unit in session.scalars(select(Unit))}
    return Plan(
        new=tuple(one for one in entries if one.name not in known),
        changed=tuple((known[one.name], one) for one in entries if known.get(one.name, one) != one),
        same=sum(known.get(one.name) == one for one in entries),
    )


def take_in(session: Session, entries: Sequence[Entry], *, by: str, now: datetime) -> None:
    """Put imported units on the list, or in the place of those that have their names."""
    planned = plan(session, entries)
    for wanted in planned.new:
        add(session, wanted, by=by, now=now)
    changed = {one.name: one for _before, one in planned.changed}
    query = select(Unit).where(Unit.name.in_(changed)).with_for_update()
    for unit in session.scalars(query).all():
        change(session, unit, changed[unit.name], seen=unit.revision, by=by, now=now)


def names(session: Session) -> tuple[str, ...]:
    """Return every name of every unit, for the assistant that looks for them in a text."""
    rows = session.execute(select(Unit.name, Unit.other_names))
    return tuple(name for row in rows for name in (row.name, *row.other_names.splitlines()))


def known(session: Session) -> UnitList:
    """Return the list as it tells how many people have a post."""
    return UnitList(tuple(map(_listed, session.scalars(select(Unit).order_by(Unit.name)))))


def _listed(unit: Unit) -> ListedUnit:
    told = entry(unit)
    return ListedUnit(told.name, told.other_names, told.size, told.posts)


def _refuse_known(session: Session, name: str) -> None:
    if session.scalar(select(Unit.id).where(Unit.name == name)) is not None:
        raise KnownUnit


def _write(unit: Unit, wanted: Entry, by: str, now: datetime) -> None:
    unit.name, unit.kind, unit.place = wanted.name, wanted.kind, wanted.place
    unit.other_names, unit.size = "\n".join(wanted.other_names), wanted.size
    unit.revision, unit.person_id, unit.at = unit.revision + 1, by, now
    unit.posts = _posts(wanted.posts)


def _posts(posts: Iterable[tuple[str, int]]) -> list[UnitPost]:
    return [UnitPost(n=n, name=name, people=people) for n, (name, people) in enumerate(posts)]
