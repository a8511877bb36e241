"""Which cases a person can see at all; decided here, and for every query alike.

A session that belongs to somebody gets one condition, which the database adds to every query of
cases, however it is written, but for one that joins an alias of `Case`, to which the condition is
not adapted: nothing here uses such an alias. A case that is not seen is not there: not in a list,
not counted, not found by its reference, not changed. Sessions of nobody (relay, commands) see
everything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Executable, and_, event, false, select, true
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from portal.desk.domain.roles import CUSTODIANS, Role
from portal.desk.models.cases import Case
from portal.desk.models.offices import Office, OfficeMember
from portal.desk.models.recusals import CaseRecusal

Statement = TypeVar("Statement", bound=Executable)
# For figures about offices, which show no case; see `everywhere`.
EVERYWHERE = "portal_everywhere"


@dataclass(frozen=True)
class Viewer:
    """A person, the office they belong to (None: none), and whether they see what comes in.

    `custodian` is whether names are opened here: that works on named cases of every office.
    """

    person_id: str
    office_id: str | None
    at_intake: bool
    custodian: bool = False


def viewer(session: Session, person_id: str, roles: Collection[Role]) -> Viewer:
    """Return what decides about a person's view.

    A clerk of the intake office sees every case, since reports arrive and answers are opened
    there; everybody else sees the cases of the own office. A custodian belongs to none and works
    on the names of all: what a report says is opened by no page that custodians may see.
    """
    query = select(Office).join(OfficeMember).where(OfficeMember.person_id == person_id)
    office = session.scalar(query)
    if office is None:
        return Viewer(person_id, None, at_intake=False, custodian=bool(CUSTODIANS & set(roles)))
    return Viewer(person_id, office.id, at_intake=office.intake and Role.CLERK in roles)


def limit(session: Session, to: Viewer) -> None:
    """Let this session see, from now on, what the person sees."""
    criteria = with_loader_criteria(Case, _seen_by(to), include_aliases=True)

    def narrow(state: ORMExecuteState) -> None:
        # A row that was loaded once may leave the view while it is worked on: it is read again.
        if not state.is_column_load and EVERYWHERE not in state.execution_options:
            state.statement = state.statement.options(criteria)

    event.listen(session, "do_orm_execute", narrow)


def everywhere(statement: Statement) -> Statement:
    """Let a statement that shows no case, such as one that counts, reach all of them."""
    return statement.execution_options(**{EVERYWHERE: True})


def _seen_by(one: Viewer) -> ColumnElement[bool]:
    if one.office_id is None:
        return Case.named.is_(True) if one.custodian else false()
    given = true() if one.at_intake else Case.office_id == one.office_id
    recused = select(CaseRecusal.case_id).where(CaseRecusal.person_id == one.person_id)
    return and_(given, Case.id.not_in(recused))
