"""What leaves: numbered, wrapped, handed over again until the other side says it is stored.

Each stage finds its work in the rows, so a process killed between two of them goes on where it
stopped. When something was handed over is known in memory only: a stored time would tell when a
report was filed. After a restart everything unacknowledged is handed over once more.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, false, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.database import after_commit
from portal.exchange.house import House
from portal.exchange.kinds import KEPT_UNTIL_SAFE, MAX_RECEIPTED, Receipt
from portal.exchange.messages import Message
from portal.exchange.outbox import from_draft
from portal.exchange.tables import Incoming, Outgoing, Stream
from portal.reference.days import local_day

OWN_STREAM = "own"
STORED = "stored"
SAFE = "safe"


@dataclass(frozen=True)
class Pace:
    """How long to wait for a receipt, how far to spread hand-overs, how long receipts stay.

    A batch leaves at a random moment within `jitter` after its first message appeared. What is let
    go at `safe`, as some kinds always are, is kept after the receipt `stored`, and handed over now
    and then until it is safe, because a receipt may be lost.
    """

    let_go_at: str = STORED
    resend_after: timedelta = timedelta(minutes=10)
    resend_kept_after: timedelta = timedelta(days=1)
    jitter: timedelta = timedelta(0)
    receipts_stay: timedelta = timedelta(days=7)


class Handover:
    """The sending half of one side's relay."""

    def __init__(self, house: House, pace: Pace, draw: Callable[[], float]) -> None:
        """Send for a house; `draw` gives random numbers from 0 to 1 for the jitter."""
        self._house = house
        self._pace = pace
        self._draw = draw
        self._batch_leaves_at: datetime | None = None
        self._handed_over_at: dict[str, datetime] = {}
        self._arrived: set[str] = set()
        self._tidied_on: date | None = None

    def number(self, now: datetime) -> int:
        """Give the messages of a batch their places in the stream once it is time for it."""
        new = select(Outgoing).where(Outgoing.sequence.is_(None))
        with self._house.database.reading() as session:
            if session.scalar(new.limit(1)) is None or not self._batch_leaves(now):
                return 0
        with self._house.database.writing() as session:
            # Random case ids hide in which order the cases of one day came.
            ordered = new.order_by(Outgoing.day, Outgoing.case, Outgoing.position, Outgoing.id)
            rows = session.scalars(ordered).all()
            stream = _own_stream(session)
            for row in rows:
                row.epoch, row.sequence = stream.epoch, stream.next_sequence
                stream.next_sequence += 1
        self._batch_leaves_at = None
        return len(rows)

    def unwrapped(self) -> list[Outgoing]:
        """Return the messages that have a place but still lie there as drafts."""
        return self._rows(Outgoing.sequence.is_not(None), Outgoing.wrapped.is_(False))

    def wrap(self, row: Outgoing) -> None:
        """Replace a draft by the bytes that cross; they stay the same however often they cross."""
        message = from_draft(self._house.store.get(row.file), row.epoch or "", row.sequence or 0)
        crossing = self._house.wrap(message)
        with self._house.database.writing() as session:
            # Nothing is locked before the first statement: the file is written without a lock.
            file = self._house.store.put_for(session, crossing)
            session.execute(
                update(Outgoing).where(Outgoing.id == row.id).values(file=file, wrapped=True)
            )
        self._house.store.discard(row.file)

    def due(self, now: datetime) -> Iterator[Outgoing]:
        """Give the wrapped messages that were not handed over lately."""
        rows = self._rows(Outgoing.wrapped.is_(True))
        known = self._handed_over_at
        self._handed_over_at = {row.id: known[row.id] for row in rows if row.id in known}
        for row in rows:
            last = self._handed_over_at.get(row.id)
            wait = self._pace.resend_kept_after if row.kept else self._pace.resend_after
            if last is None or now - last >= wait:
                yield row

    def hand_over(self, row: Outgoing, now: datetime) -> None:
        """Put a wrapped message into the letterbox."""
        self._house.spool.send(row.id, self._house.store.get(row.file), local_day(now))
        self._handed_over_at[row.id] = now

    def acknowledge(self, now: datetime) -> int:
        """Send one receipt of each level for all that is due one; return for how many messages.

        Receipts are not repeated by themselves: when one is lost, its messages come again and
        are acknowledged again.
        """
        stored = self._acknowledge(STORED, Incoming.receipt_due, now)
        return stored + self._acknowledge(SAFE, Incoming.safe_due, now)

    def accept_receipt(self, session: Session, message: Message, _now: datetime) -> None:
        """Mark the messages that the other side has now; `scrub` removes what is to go.

        What has no row here, as after a restore, leaves the letterbox all the same.
        """
        receipt = Receipt.read(message.data)
        named = Outgoing.id.in_(receipt.ids)
        keeps = self._keeps(receipt)
        session.execute(update(Outgoing).where(named, keeps).values(kept=True))
        session.execute(update(Outgoing).where(named, ~keeps).values(acknowledged=True))
        after_commit(session, lambda: self._arrived.update(receipt.ids))

    def scrub(self) -> None:
        """Remove what was acknowledged from store, letterbox, rows and the database's log.

        The rows go last: a killed process finds in them at its next start what is left to remove.
        """
        with self._house.database.reading() as session:
            rows = session.scalars(select(Outgoing).where(Outgoing.acknowledged)).all()
        if not rows and not self._arrived:
            return
        for row in rows:
            self._house.store.discard(row.file)
        ids = {row.id for row in rows}
        for message_id in ids | self._arrived:
            self._house.spool.withdraw(message_id)
        with self._house.database.writing() as session:
            session.execute(delete(Outgoing).where(Outgoing.id.in_(ids)))
        self._house.database.checkpoint()
        self._arrived.clear()

    def tidy(self, now: datetime) -> None:
        """Once a day, take old receipts out of the letterbox that a ferry copied and left."""
        today = local_day(now)
        if self._tidied_on == today:
            return
        keep = {row.id for row in self._rows()}
        self._house.spool.tidy(local_day(now - self._pace.receipts_stay), keep)
        self._tidied_on = today

    def _batch_leaves(self, now: datetime) -> bool:
        if self._batch_leaves_at is None:
            self._batch_leaves_at = now + self._pace.jitter * self._draw()
        return now >= self._batch_leaves_at

    def _keeps(self, receipt: Receipt) -> ColumnElement[bool]:
        if receipt.level != STORED:
            return false()
        return true() if self._pace.let_go_at == SAFE else Outgoing.kind.in_(KEPT_UNTIL_SAFE)

    def _acknowledge(self, level: str, due: InstrumentedAttribute[bool], now: datetime) -> int:
        wanted = select(Incoming.id).where(due).order_by(Incoming.id).limit(MAX_RECEIPTED)
        with self._house.database.reading() as session:
            ids = session.scalars(wanted).all()
        if not ids:
            return 0
        receipt = self._receipt(level, tuple(ids), now)
        self._house.spool.send(receipt.id, self._house.wrap(receipt), receipt.day)
        with self._house.database.writing() as session:
            session.execute(update(Incoming).where(Incoming.id.in_(ids)).values({due: False}))
        return len(ids)

    def _receipt(self, level: str, ids: tuple[str, ...], now: datetime) -> Message:
        return Message(
            id=secrets.token_hex(16),
            kind=Receipt.KIND,
            source=self._house.side,
            day=local_day(now),
            data=Receipt(level, ids).data(),
            parts={},
        )

    def _rows(self, *conditions: ColumnElement[bool]) -> list[Outgoing]:
        standing = select(Outgoing).where(Outgoing.acknowledged.is_(False), *conditions)
        query = standing.order_by(Outgoing.sequence)
        with self._house.database.reading() as session:
            return list(session.scalars(query))


def begin_epoch(session: Session) -> str:
    """Start this side's stream anew, as after a restore; return the new epoch."""
    stream = _own_stream(session)
    stream.epoch, stream.next_sequence = _new_epoch(), 1
    return stream.epoch


def _own_stream(session: Session) -> Stream:
    stream = session.get(Stream, OWN_STREAM, with_for_update=True)
    if stream is None:
        stream = Stream(name=OWN_STREAM, epoch=_new_epoch(), next_sequence=1)
        session.add(stream)
    return stream


def _new_epoch() -> str:
    return secrets.token_hex(8)
