"""Finding cases, and having one: who claimed it works on it until it is given back."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ScalarSelect, Select, func, or_, select, update
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.cases import Case
from portal.desk.models.people import Person
from portal.desk.models.replies import CaseReply, CaseWords
from portal.reference.days import local_day
from portal.text.normalise import ascii_digits

REFERENCE = re.compile(r"[1-9][0-9]{7}")
PAGE = 30
ENDED = ("closed", "transferred", "out_of_scope", "sealed_for_superior")


class UnknownCase(Exception):
    """There is no case of this reference."""


class BadReference(Exception):
    """A reference has eight digits."""


class Taken(Exception):
    """Somebody else was faster; `display_name` says who."""

    def __init__(self, display_name: str) -> None:
        super().__init__()
        self.display_name = display_name


@dataclass(frozen=True)
class CaseLine:
    """One case as work lists show it; `holder` is who claimed it, `new_words` unread answers.

    `named` says that a name is sealed apart; whose stands nowhere here.
    """

    reference: str
    received_on: date
    look_by: date
    look_by_provisional: bool
    state: str
    state_on: date
    category: str | None
    holder_id: str | None
    holder: str | None
    answer_by: date | None
    new_words: int
    named: bool
    channel: str


@dataclass(frozen=True)
class Page:
    """One page of a list, and how many there are in all."""

    lines: tuple[CaseLine, ...]
    number: int
    total: int

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.number * PAGE < self.total


def get(session: Session, reference: str, *, lock: bool = False) -> Case:
    """Return a case; `lock` makes others wait until this transaction ends.

    :raises UnknownCase: when there is none.
    """
    query = select(Case).where(Case.reference == reference)
    case = session.scalar(query.with_for_update() if lock else query)
    if case is None:
        raise UnknownCase
    return case


def parse_reference(typed: str) -> str:
    """Return a reference typed by hand as its eight digits.

    :raises BadReference: when it has another form.
    """
    digits = ascii_digits(typed.strip())
    if not REFERENCE.fullmatch(digits):
        raise BadReference
    return digits


def unregistered(session: Session) -> list[CaseLine]:
    """Return what nobody has opened yet, oldest first."""
    query = _lines().where(Case.registered_on.is_(None))
    return _read(session, query.order_by(Case.received_on, Case.reference))


def unclaimed(session: Session) -> list[str]:
    """Return the references of the reports that nobody opened or claimed, oldest first."""
    query = select(Case.reference).where(Case.registered_on.is_(None), Case.claimed_by.is_(None))
    return list(session.scalars(query.order_by(Case.received_on, Case.reference)))


def hold(session: Session, reference: str) -> bool:
    """Make others wait for a case until this transaction ends; False when somebody has it now.

    This never waits. Whoever wrote to the audit log in this transaction keeps others from writing
    to it, and must not stand in line behind one of them.
    """
    query = select(Case.id).where(Case.reference == reference)
    return session.scalar(query.with_for_update(skip_locked=True)) is not None


def registered(session: Session, number: int, *, state: str = "") -> Page:
    """Return one page of the registered cases, those that changed last first."""
    wanted = Case.registered_on.is_not(None)
    conditions = [wanted, Case.state == state] if state else [wanted]
    total = session.scalar(select(func.count()).select_from(Case).where(*conditions)) or 0
    ordered = _lines().where(*conditions).order_by(Case.state_on.desc(), Case.reference)
    lines = _read(session, ordered.limit(PAGE).offset((number - 1) * PAGE))
    return Page(tuple(lines), number, total)


def held_by(session: Session, person_id: str) -> list[CaseLine]:
    """Return the cases that a person has and that have not ended, oldest first."""
    query = _lines().where(Case.claimed_by == person_id, Case.state.not_in(ENDED))
    return _read(session, query.order_by(Case.received_on, Case.reference))


def without_holder(session: Session, office_id: str | None) -> list[CaseLine]:
    """Return the registered cases of an office that nobody has, oldest first."""
    waits = Case.registered_on.is_not(None), Case.claimed_by.is_(None), Case.state.not_in(ENDED)
    query = _lines().where(*waits, Case.office_id == office_id)
    return _read(session, query.order_by(Case.received_on, Case.reference))


def of_ids(session: Session, ids: Collection[str]) -> list[CaseLine]:
    """Return the cases of these ids, oldest first."""
    query = _lines().where(Case.id.in_(ids))
    return _read(session, query.order_by(Case.received_on, Case.reference))


def with_new_words(session: Session) -> list[CaseLine]:
    """Return the cases with answers that nobody has read, oldest first."""
    query = _lines().where(_new_words() > 0, Case.registered_on.is_not(None))
    return _read(session, query.order_by(Case.received_on, Case.reference))


def with_wishes(session: Session) -> list[CaseLine]:
    """Return the cases whose reporters asked to withdraw or for a review, oldest first."""
    query = _lines().where(
        or_(Case.withdraw_asked_on.is_not(None), Case.review_asked_on.is_not(None))
    )
    return _read(session, query.order_by(Case.received_on, Case.reference))


def claim(session: Session, reference: str, person_id: str, now: datetime) -> Case:
    """Make a case one's own; claiming what one has already changes nothing.

    :raises UnknownCase: when there is none.
    :raises Taken: when somebody else has it.
    """
    case = get(session, reference)
    won = session.scalars(
        update(Case)
        .where(Case.id == case.id, Case.claimed_by.is_(None))
        .values(claimed_by=person_id, claimed_on=local_day(now))
        .returning(Case.id)
    ).all()
    session.refresh(case)
    if won:
        audit.record(session, person_id=person_id, act="case-claimed", target=reference, now=now)
    elif case.claimed_by != person_id:
        raise Taken(holder_name(session, case))
    return case


def release(session: Session, case: Case, person_id: str, now: datetime) -> None:
    """Give a case back to everybody.

    :raises Taken: when it is not this person's.
    """
    if case.claimed_by != person_id:
        raise Taken(holder_name(session, case))
    case.claimed_by = case.claimed_on = None
    audit.record(session, person_id=person_id, act="case-released", target=case.reference, now=now)


def take_over(session: Session, case: Case, person_id: str, now: datetime) -> None:
    """Make a case one's own that a colleague has, who is away or has left."""
    case.claimed_by, case.claimed_on = person_id, local_day(now)
    audit.record(
        session, person_id=person_id, act="case-taken-over", target=case.reference, now=now
    )


def holder_name(session: Session, case: Case) -> str:
    """Return who has a case; empty when nobody does."""
    person = session.get(Person, case.claimed_by) if case.claimed_by else None
    return person.display_name if person else ""


def with_words_to_send(session: Session) -> list[CaseLine]:
    """Return the cases whose slip was exchanged and whose reporter waits for words."""
    unsent = select(CaseReply.case_id).where(CaseReply.reporter_file.is_(None))
    query = _lines().where(Case.claimed_slip.is_(True), Case.id.in_(unsent))
    return _read(session, query.order_by(Case.received_on, Case.reference))


def _lines() -> Select[Case, str | None, int]:
    return select(Case, Person.display_name, _new_words()).outerjoin(
        Person, Person.id == Case.claimed_by
    )


def _new_words() -> ScalarSelect[int]:
    unread = CaseWords.case_id == Case.id, CaseWords.read_on.is_(None)
    return select(func.count()).select_from(CaseWords).where(*unread).scalar_subquery()


def _read(session: Session, query: Select[Case, str | None, int]) -> list[CaseLine]:
    return [
        CaseLine(
            reference=case.reference,
            received_on=case.received_on,
            look_by=case.look_by,
            look_by_provisional=case.look_by_provisional,
            state=case.state,
            state_on=case.state_on,
            category=case.category,
            holder_id=case.claimed_by,
            holder=holder,
            answer_by=case.answer_by,
            new_words=new_words,
            named=case.named,
            channel=case.channel,
        )
        for case, holder, new_words in session.execute(query)
    ]
