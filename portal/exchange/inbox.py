"""What arrives: handled once in effect, or kept with a reason; never dropped.

Each message is one transaction: the row that remembers its id is committed together with what its
handler did. Only then does its file leave the letterbox.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from portal.database import Database
from portal.exchange.messages import Message
from portal.exchange.refusals import Refused, UnknownKind, Wait
from portal.exchange.tables import AGAIN, HANDLED, PARKED, WAITING, Incoming
from portal.reference.days import local_day
from portal.store import MissingFile, SealedStore

log = logging.getLogger(__name__)

Handler = Callable[[Session, Message, datetime], None]

REASON_LENGTH = 100

# The machine's trouble, not the message's: nothing is decided, the next step tries again.
TROUBLE = (OSError, OperationalError, ProgrammingError, InterfaceError, PoolTimeout)


class NotParked(Exception):
    """There is no parked message with this id that could be tried again."""


@dataclass(frozen=True)
class Arrival:
    """What lay in the letterbox: the message in it, or the reason why there is none."""

    data: bytes
    message: Message | None
    reason: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """What to sort by to handle messages in the order of their stream; receipts come first."""
        return (self.message.epoch, self.message.sequence) if self.message else ("", 0)


class Inbox:
    """Gives authentic messages to their handlers and remembers every id."""

    def __init__(
        self,
        database: Database,
        store: SealedStore,
        handlers: Mapping[str, Handler],
        unwrap: Callable[[bytes], Message],
    ) -> None:
        self._database = database
        self._store = store
        self._handlers = handlers
        self._unwrap = unwrap

    def open(self, data: bytes) -> Arrival:
        """Return the message in what arrived, or why there is none that the peer vouches for."""
        try:
            return Arrival(data, self._unwrap(data))
        except Exception as error:  # noqa: BLE001 whatever crafted bytes provoke is their fault
            return Arrival(data, None, _reason(error))

    def take_in(self, arrival: Arrival, now: datetime) -> str:
        """Handle or keep what arrived; return what became of it.

        :raises OSError, sqlalchemy.exc.DBAPIError: one of TROUBLE; nothing has happened then.
        """
        if arrival.message is None:
            return self._keep_unproven(arrival, now)
        try:
            with self._database.writing() as session:
                return self._handle_once(session, arrival.message, now)
        except TROUBLE:
            raise
        except Exception as error:  # noqa: BLE001 one message's fault must not stop the others
            return self._keep(arrival.message, arrival.data, error)

    def waiting(self) -> list[Incoming]:
        """Return the rows of all waiting messages in the order of their streams."""
        query = select(Incoming).where(Incoming.outcome == WAITING)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(Incoming.day, Incoming.epoch, Incoming.sequence))
            return list(rows)

    def retry(self, waiting: Incoming, now: datetime) -> bool:
        """Give a waiting message to its handler again; return whether it waits no longer.

        :raises OSError, sqlalchemy.exc.DBAPIError: one of TROUBLE; nothing has happened then.
        """
        try:
            message = self._unwrap(self._store.get(waiting.file))
            message.check()
            with self._database.writing() as session:
                self._handler(message)(session, message, now)
                self._settle(session, waiting.id)
        except TROUBLE:
            raise
        except Wait as wait:
            self._decide(waiting, WAITING, wait)
            return False
        except Exception as error:  # noqa: BLE001 one message's fault must not stop the others
            self._decide(waiting, PARKED, error)
        return True

    def knows(self, message_id: str) -> bool:
        """Tell whether a message with this id arrived before."""
        with self._database.reading() as session:
            return session.get(Incoming, message_id) is not None

    def _handle_once(self, session: Session, message: Message, now: datetime) -> str:
        known = session.get(Incoming, message.id)
        if known is not None:
            known.receipt_due = not message.is_receipt
            known.safe_due = known.backed_up
            _note_place(session, message, known)
            return AGAIN
        message.check()
        if _waits_behind_another(session, message):
            raise Wait("an earlier message about the case")
        self._handler(message)(session, message, now)
        if not message.is_receipt:
            session.add(_row(message, HANDLED))
        return HANDLED

    def _handler(self, message: Message) -> Handler:
        try:
            return self._handlers[message.kind]
        except KeyError as error:
            raise UnknownKind from error

    def _keep(self, message: Message, data: bytes, error: Exception) -> str:
        row = _row(message, WAITING if isinstance(error, Wait) else PARKED)
        row.reason = _reason(error)
        row.case = message.case
        with self._database.writing() as session:
            row.file = self._store.put_for(session, data)
            session.add(row)
        log.info("message kept: %s", row.reason)
        return row.outcome

    def _keep_unproven(self, arrival: Arrival, now: datetime) -> str:
        digest = hashlib.sha256(arrival.data).hexdigest()[:32]
        if self.knows(digest):
            return AGAIN
        row = Incoming(id=digest, day=local_day(now), outcome=PARKED, reason=arrival.reason)
        with self._database.writing() as session:
            row.file = self._store.put_for(session, arrival.data)
            session.add(row)
        log.info("message kept: %s", row.reason)
        return PARKED

    def _settle(self, session: Session, message_id: str) -> None:
        row = session.get_one(Incoming, message_id)
        self._store.discard_after_commit(session, row.file)
        row.outcome, row.reason, row.case, row.file = HANDLED, "", None, ""

    def _decide(self, waiting: Incoming, outcome: str, error: Exception) -> None:
        if (outcome, _reason(error)) == (waiting.outcome, waiting.reason):
            return
        with self._database.writing() as session:
            row = session.get_one(Incoming, waiting.id)
            row.outcome, row.reason = outcome, _reason(error)


def try_again(session: Session, message_id: str) -> None:
    """Let a parked message wait, so that the next step gives it to its handler once more.

    :raises NotParked: for another id, and for what nobody signed: that is sent again anyway.
    """
    row = session.get(Incoming, message_id)
    if row is None or row.outcome != PARKED or row.kind is None:
        raise NotParked
    row.outcome, row.reason = WAITING, "waiting: to be tried again"


def try_case_again(session: Session, case: str) -> None:
    """Let every parked message about a case wait, because its handler decides otherwise by now."""
    parked = Incoming.case == case, Incoming.outcome == PARKED, Incoming.kind.is_not(None)
    waits = {"outcome": WAITING, "reason": "waiting: to be tried again"}
    session.execute(update(Incoming).where(*parked).values(waits))


def _waits_behind_another(session: Session, message: Message) -> bool:
    if message.case is None:
        return False
    earlier = select(Incoming.id).where(
        Incoming.outcome == WAITING,
        Incoming.case == message.case,
        Incoming.epoch == message.epoch,
        Incoming.sequence < message.sequence,
    )
    return session.scalar(earlier.limit(1)) is not None


def _row(message: Message, outcome: str) -> Incoming:
    return Incoming(
        id=message.id,
        kind=message.kind,
        day=message.day,
        epoch=message.epoch or None,
        sequence=message.sequence or None,
        outcome=outcome,
        receipt_due=not message.is_receipt,
    )


def _note_place(session: Session, message: Message, known: Incoming) -> None:
    """Count a place that a known message got anew, because its sender was put back from a backup.

    Without a row of its own, the place would look like a gap in the new stream for ever.
    """
    if (message.epoch, message.sequence) == (known.epoch, known.sequence) or message.is_receipt:
        return
    place = hashlib.sha256(f"{message.epoch} {message.sequence}".encode()).hexdigest()[:32]
    if session.get(Incoming, place) is None:
        row = _row(message, HANDLED)
        row.id, row.reason, row.receipt_due = place, AGAIN, False
        session.add(row)


def _reason(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.reason[:REASON_LENGTH]
    if isinstance(error, MissingFile):
        return "file missing"
    return f"failed: {type(error).__name__}"[:REASON_LENGTH]
