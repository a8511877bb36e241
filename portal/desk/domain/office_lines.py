"""Offices as lists show them: who belongs to them, who holds their keys, and how much they have."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import keys
from portal.desk.domain.cases import ENDED
from portal.desk.domain.roles import Role
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.offices import Office, OfficeMember
from portal.desk.models.people import Person
from portal.desk.models.recusals import CaseRecusal


@dataclass(frozen=True)
class Member:
    """One person of an office; `holds` tells whether they hold its key."""

    person_id: str
    display_name: str
    roles: tuple[Role, ...]
    holds: bool


@dataclass(frozen=True)
class OfficeLine:
    """One office with its people and figures.

    `open_cases` have not ended; of these, `stuck` ones must not be handled by any holder.
    """

    id: str
    name: str
    intake: bool
    closed_on: date | None
    members: tuple[Member, ...]
    open_cases: int
    stuck: int

    @property
    def holders(self) -> int:
        """How many people hold the key."""
        return sum(member.holds for member in self.members)

    @property
    def enough(self) -> bool:
        """Whether one holder may fall ill without anything being lost."""
        return self.holders >= keys.ENOUGH_HOLDERS


def overview(session: Session) -> list[OfficeLine]:
    """Return every office: the intake first, closed ones last."""
    query = select(Office).order_by(Office.closed_on.is_not(None), *in_order())
    return [line(session, office) for office in session.scalars(query)]


def in_order() -> tuple[Any, ...]:
    """Return what sorts offices: the intake first, then as they were opened."""
    return Office.intake.desc(), func.length(Office.id), Office.id


def line(session: Session, office: Office) -> OfficeLine:
    """Return one office as the list shows it."""
    held = _holders(session, office.id)
    query = select(Person).join(OfficeMember, OfficeMember.person_id == Person.id)
    people = session.scalars(query.where(OfficeMember.office_id == office.id).order_by(Person.name))
    return OfficeLine(
        id=office.id,
        name=office.name,
        intake=office.intake,
        closed_on=office.closed_on,
        members=tuple(_member(person, person.id in held) for person in people),
        open_cases=open_cases(session, office),
        stuck=len(stuck_cases(session, office)),
    )


def open_cases(session: Session, office: Office) -> int:
    """Return how many cases of an office have not ended; those nobody opened are the intake's."""
    query = select(func.count()).select_from(Case).where(_has(office), Case.state.not_in(ENDED))
    return session.scalar(everywhere(query)) or 0


def stuck_cases(session: Session, office: Office) -> set[str]:
    """Return the ids of the open cases of an office that none of its key holders may handle."""
    query = (
        select(CaseRecusal.case_id, CaseRecusal.person_id)
        .join(Case, Case.id == CaseRecusal.case_id)
        .where(_has(office), Case.state.not_in(ENDED))
    )
    recused: dict[str, set[str]] = {}
    for case_id, person_id in session.execute(everywhere(query)):
        recused.setdefault(case_id, set()).add(person_id)
    holders = _holders(session, office.id)
    return {case_id for case_id, people in recused.items() if holders <= people}


def _has(office: Office) -> ColumnElement[bool]:
    given = Case.office_id == office.id
    return or_(given, Case.office_id.is_(None)) if office.intake else given


def _holders(session: Session, office_id: str) -> set[str]:
    return {holder.person_id for holder in keys.holders(session, office_id)}


def _member(person: Person, holds: bool) -> Member:  # noqa: FBT001 — a fact of the record
    roles = tuple(Role(one.role) for one in person.roles)
    return Member(person.id, person.display_name, roles, holds)
