"""延期: one extension for a case, asked before its term has passed; the reason stays inside."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.desk.domain import audit, calendar, clocks, progress
from portal.desk.domain.acts import Changed, Desk, NotYours
from portal.desk.domain.terms import ACCEPT, CLOSED, LONGEST_EXTENSION, RESULT, Standing, Term
from portal.desk.models.cases import Case
from portal.desk.models.deadlines import Extension
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.keys import Recipient
from portal.sealing.seal import seal_words

EXTEND = "extend"


class AlreadyExtended(Exception):
    """A case is extended once."""


class TermPassed(Exception):
    """An extension is asked before the last day is over."""


class NoTerm(Exception):
    """No term of the case runs now."""


class BadLength(Exception):
    """An extension has 1 to 15 working days."""


@dataclass(frozen=True)
class Asked:
    """How many working days more, why, and who asks on the case as it stood at `revision`."""

    days: int
    reason: str
    revision: int
    person_id: str


def term_to_extend(session: Session, case: Case, today: date) -> Term:
    """Return the term that an extension would make longer.

    :raises AlreadyExtended, TermPassed, NoTerm: when there is none.
    """
    if session.get(Extension, case.id) is not None:
        raise AlreadyExtended
    standing = clocks.standing(session, case)
    found = standing.extensible(today)
    if found is None:
        raise TermPassed if _has_passed(standing, today) else NoTerm
    return found


def extend(session: Session, desk: Desk, case: Case, asked: Asked, now: datetime) -> None:
    """Extend a case's term and tell the citizen the new date.

    :raises NotYours, Changed: as for every act.
    :raises AlreadyExtended, TermPassed, NoTerm, BadLength: as their names say.
    """
    if case.claimed_by != asked.person_id or case.recipient is None:
        raise NotYours
    if case.revision != asked.revision:
        raise Changed
    if not 1 <= asked.days <= LONGEST_EXTENSION:
        raise BadLength
    today = local_day(now)
    term = term_to_extend(session, case, today)
    reason = seal_words(Words(asked.reason, today), [Recipient.parse(case.recipient)])
    session.add(
        Extension(
            case_id=case.id,
            kind=term.kind,
            on=today,
            days=asked.days,
            person_id=asked.person_id,
            file=desk.items.put_for(session, reason),
        )
    )
    clocks.replace_term(session, case, term.longer(asked.days, calendar.load(session)))
    progress.note(session, case, EXTEND, asked.person_id, today)
    audit.record(
        session, person_id=asked.person_id, act="case-extended", target=case.reference, now=now
    )
    progress.send(session, desk.items, desk.outbox, case, today)


def _has_passed(standing: Standing, today: date) -> bool:
    term = standing.term(RESULT if standing.state == CLOSED else ACCEPT)
    return term is not None and term.is_overdue(today)
