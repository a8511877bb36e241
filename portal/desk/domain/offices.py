"""Offices: opening, naming and closing them, and who belongs to them.

Belonging is the security administrator's to say; opening what the office was given takes the
office's key, which a holder grants on /keys. Nobody holds the key of an office without belonging.
"""

import re
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.desk.domain import audit, key_losses, keys
from portal.desk.domain.office_lines import in_order, open_cases
from portal.desk.domain.roles import Role, may_hold
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.keys import Grant, Key
from portal.desk.models.offices import Office, OfficeMember
from portal.desk.models.people import Person, PersonRole
from portal.reference.days import local_day

INTAKE_NAME = "信访室"
NUMBERED = re.compile(r"office-([0-9]+)")


class UnknownOffice(Exception):
    """There is no such office, or it was closed."""


class OfficeNameTaken(Exception):
    """An office has this name, or had it before it was closed."""


class CannotBelong(Exception):
    """The person handles no cases, has not enrolled, or belongs to an office already."""


class OpenCases(Exception):
    """The office has cases that have not ended."""


class OtherOffice(Exception):
    """The case is another office's to work on; `name` says whose."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class IsIntake(Exception):
    """Reports arrive at this office: it cannot be closed."""


def found_intake(session: Session, key_id: str, today: date) -> Office:
    """Make the office where reports arrive, with a key that the ceremony drew."""
    office = Office(id=key_id, name=INTAKE_NAME, intake=True, opened_on=today)
    session.add(office)
    session.flush()
    return office


def get(session: Session, office_id: str, *, lock: bool = False) -> Office:
    """Return an office that is open; `lock` makes others wait until this transaction ends.

    :raises UnknownOffice: when there is none.
    """
    query = select(Office).where(Office.id == office_id, Office.closed_on.is_(None))
    office = session.scalar(query.with_for_update() if lock else query)
    if office is None:
        raise UnknownOffice
    return office


def find(session: Session, office_id: str) -> Office:
    """Return an office, open or closed.

    :raises UnknownOffice: when there never was one.
    """
    office = session.get(Office, office_id)
    if office is None:
        raise UnknownOffice
    return office


def intake(session: Session) -> Office:
    """Return the office where reports arrive.

    :raises UnknownOffice: before the first keys were made.
    """
    office = session.scalar(select(Office).where(Office.intake))
    if office is None:
        raise UnknownOffice
    return office


def of_person(session: Session, person_id: str) -> Office | None:
    """Return the office that a person belongs to."""
    query = select(Office).join(OfficeMember).where(OfficeMember.person_id == person_id)
    office: Office | None = session.scalar(query)
    return office


def names(session: Session) -> dict[str, str]:
    """Return every office's name by id, of the closed ones too."""
    return {row.id: row.name for row in session.execute(select(Office.id, Office.name))}


def ready(session: Session) -> list[Office]:
    """Return the open offices whose key somebody holds, the intake first."""
    held = select(Grant.key_id)
    query = select(Office).where(Office.closed_on.is_(None), Office.id.in_(held))
    return list(session.scalars(query.order_by(*in_order())))


def candidates(session: Session) -> list[Person]:
    """Return who could join an office: at work, enrolled, handling cases, in no office."""
    placed = select(OfficeMember.person_id)
    handling = [role for role in Role if may_hold([role], keys.OFFICE)]
    query = (
        select(Person)
        .where(
            Person.active,
            Person.recipient.is_not(None),
            Person.id.not_in(placed),
            Person.id.in_(select(PersonRole.person_id).where(PersonRole.role.in_(handling))),
        )
        .order_by(Person.name)
    )
    return list(session.scalars(query))


def open_new(
    session: Session, *, name: str, first: Collection[str], by: str, now: datetime
) -> Office:
    """Open an office with its first members, for whom its new key is sealed.

    The private half is drawn here, sealed to each of them, and forgotten: whoever opens an
    office never holds its key. Without first members the key is drawn anew for whoever joins.

    :param first: ids of people
    :raises OfficeNameTaken, CannotBelong: as their names say.
    """
    # Two who open an office at once stand in line: its number and its name are its own.
    get(session, intake(session).id, lock=True)
    _refuse_taken(session, name)
    office = Office(id=_next_id(session), name=name, intake=False, opened_on=local_day(now))
    private = keys.draw(session, office.id)
    session.add(office)
    session.flush()
    for person_id in first:
        _join(session, office, person_id, now)
        keys.seal_to_first(session, office.id, private, person_id=person_id, by=by, now=now)
    audit.record(session, person_id=by, act="office-opened", target=office.id, now=now)
    return office


def rename(session: Session, office: Office, name: str, *, by: str, now: datetime) -> None:
    """Give an office another name.

    :raises OfficeNameTaken: when there is one of this name.
    """
    if name == office.name:
        return
    _refuse_taken(session, name)
    office.name = name
    audit.record(session, person_id=by, act="office-renamed", target=office.id, now=now)


def close(session: Session, office: Office, *, by: str, now: datetime) -> None:
    """Close an office that has no open cases; its people leave it and its key.

    :raises IsIntake, OpenCases: as their names say.
    """
    if office.intake:
        raise IsIntake
    if open_cases(session, office):
        raise OpenCases
    for person_id in _member_ids(session, office.id):
        remove(session, office, person_id, by=by, now=now)
    office.closed_on = local_day(now)
    audit.record(session, person_id=by, act="office-closed", target=office.id, now=now)


def add(session: Session, office: Office, person_id: str, *, by: str, now: datetime) -> None:
    """Let a person belong to an office; a holder of its key lets them in on /keys.

    Where nobody holds the key and nothing was sealed to it, there is nobody to ask: then a new
    one is drawn for this person. The intake's key comes from the ceremony alone.

    :raises CannotBelong: as its name says.
    """
    _join(session, office, person_id, now)
    private = None if office.intake else keys.draw_again(session, office.id)
    if private is not None:
        keys.seal_to_first(session, office.id, private, person_id=person_id, by=by, now=now)
    target = f"{office.id} {person_id}"
    audit.record(session, person_id=by, act="office-joined", target=target, now=now)


def remove(session: Session, office: Office, person_id: str, *, by: str, now: datetime) -> None:
    """Take a person out of an office: the key is withdrawn, and the cases go back to the others.

    :raises CannotBelong: when the person does not belong to it.
    """
    member = session.get(OfficeMember, person_id, with_for_update=True)
    if member is None or member.office_id != office.id:
        raise CannotBelong
    session.delete(member)
    key_losses.withdraw(session, office.id, person_id)
    _give_back(session, office.id, person_id)
    session.flush()
    target = f"{office.id} {person_id}"
    audit.record(session, person_id=by, act="office-left", target=target, now=now)


def refuse_other(session: Session, case: Case, person_id: str) -> None:
    """Refuse work on a case to everybody but the office that has it; the intake may look.

    :raises OtherOffice: as its name says.
    """
    own = of_person(session, person_id)
    if case.office_id is not None and (own is None or own.id != case.office_id):
        raise OtherOffice(names(session)[case.office_id])


def leave_if_unfit(session: Session, person: Person) -> None:
    """Take out of the office who left, or handles no cases any more, and give the cases back.

    The keys go elsewhere.
    """
    member = session.get(OfficeMember, person.id)
    handles = person.active and may_hold([Role(one.role) for one in person.roles], keys.OFFICE)
    if member is not None and not handles:
        session.delete(member)
        _give_back(session, member.office_id, person.id)
        session.flush()


def _give_back(session: Session, office_id: str, person_id: str) -> None:
    """Let a person's cases of an office wait for somebody there; whoever asks need not see them."""
    given_back = (
        update(Case)
        .where(Case.claimed_by == person_id, Case.office_id == office_id)
        .values(claimed_by=None, claimed_on=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(everywhere(given_back))


def _join(session: Session, office: Office, person_id: str, now: datetime) -> None:
    if person_id not in {person.id for person in candidates(session)}:
        raise CannotBelong
    member = OfficeMember(person_id=person_id, office_id=office.id, since=local_day(now))
    session.add(member)
    session.flush()


def _member_ids(session: Session, office_id: str) -> list[str]:
    query = select(OfficeMember.person_id).where(OfficeMember.office_id == office_id)
    return list(session.scalars(query))


def _refuse_taken(session: Session, name: str) -> None:
    if session.scalar(select(Office.id).where(Office.name == name)):
        raise OfficeNameTaken


def _next_id(session: Session) -> str:
    found = (NUMBERED.fullmatch(key_id) for key_id in session.scalars(select(Key.id)))
    return f"office-{max((int(one[1]) for one in found if one), default=0) + 1}"
