"""After one of the sides was put back from a backup: what the desk tells again and finds lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, handed_up, progress, sessions, slips
from portal.desk.models.cases import Case, MissingCase
from portal.desk.models.changes import PendingChange
from portal.desk.models.people import Enrolment
from portal.exchange.kinds import HeldCase, Holding, Restored
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.restoring import send_again
from portal.reference.days import local_day
from portal.store import SealedStore


@dataclass(frozen=True)
class Retelling:
    """Handles what the public side says after either side was put back.

    `tell_more` tells again what is no case.
    """

    items: SealedStore
    outbox: Outbox
    tell_more: Callable[[Session, datetime], None]

    def receive_restored(self, session: Session, message: Message, now: datetime) -> None:
        """Tell a public side that was put back everything anew."""
        Restored.read(message.data)
        send_again(session)
        for case in session.scalars(select(Case).where(Case.revision > 0).order_by(Case.id)):
            slips.tell(session, self.outbox, case, now)
            progress.send(session, self.items, self.outbox, case, local_day(now))
        handed_up.tell_again(session, self.outbox)
        self.tell_more(session, now)

    def receive_holding(self, session: Session, message: Message, now: datetime) -> None:
        """Bring the public side's progress to where this desk stands, after the desk was put back.

        What the public side shows may be newer than the backup: only a higher revision counts
        there. A case that is not known here is noted until its report arrives.
        """
        for held in Holding.read(message.data).cases:
            case = session.get(Case, held.case, with_for_update=True)
            if case is None and handed_up.is_handed_up(session, held.case):
                continue
            if case is None:
                session.merge(MissingCase(case_id=held.case, noticed_on=local_day(now)))
            elif held.revision >= case.revision and held.revision > 0:
                self._tell(session, case, held, now)

    def _tell(self, session: Session, case: Case, held: HeldCase, now: datetime) -> None:
        case.revision = held.revision + 1
        progress.send(session, self.items, self.outbox, case, local_day(now))


def come_back(session: Session, *, now: datetime) -> None:
    """Let nothing that opened a door on the day of the backup open one again.

    A session may have ended since, a link been used, a change been withdrawn.
    """
    sessions.end_everybody(session)
    for table in (Enrolment, PendingChange):
        session.execute(delete(table))
    audit.record(session, person_id=None, act="desk-restored", target="-", now=now)


def missing_count(session: Session) -> int:
    """Return how many cases the public side knows whose reports are not here."""
    return session.scalar(select(func.count()).select_from(MissingCase)) or 0


def found(session: Session, case_id: str) -> None:
    """Forget that a case was missing: its report is here."""
    session.execute(delete(MissingCase).where(MissingCase.case_id == case_id))
