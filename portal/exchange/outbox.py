"""Where a message begins: inside the transaction that makes it true."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.database import after_commit
from portal.exchange.fields import Json
from portal.exchange.messages import Message
from portal.exchange.tables import Outgoing
from portal.reference.days import local_day
from portal.store import SealedStore


class Outbox:
    """Takes messages from one side's domain code; the relay hands them over later."""

    def __init__(
        self, side: str, store: SealedStore, wake: Callable[[], object] = lambda: None
    ) -> None:
        """Remember whose messages these are; `wake` is called after each commit."""
        self._side = side
        self._store = store
        self._wake = wake

    def enqueue(
        self,
        session: Session,
        kind: str,
        data: Mapping[str, Json],
        parts: Mapping[str, bytes],
        now: datetime,
    ) -> str:
        """Queue a message in this transaction and return its id.

        The bytes are durable before the row can be; a rollback takes both away. Called first in
        its transaction, it writes them before SQLite is locked.

        :raises UnknownKind: when there is no such kind.
        :raises BadSchema: when data or parts are not what the kind's schema asks for.
        """
        message = self._message(kind, data, parts, now)
        message.check()
        file = self._store.put_for(session, to_draft(message))
        session.add(_row(message, file, _next_position(session, message.case)))
        after_commit(session, self._wake)
        return message.id

    def _message(
        self, kind: str, data: Mapping[str, Json], parts: Mapping[str, bytes], now: datetime
    ) -> Message:
        return Message(
            id=secrets.token_hex(16),
            kind=kind,
            source=self._side,
            day=local_day(now),
            data=data,
            parts=parts,
        )


def _row(message: Message, file: str, position: int) -> Outgoing:
    return Outgoing(
        id=message.id,
        kind=message.kind,
        day=message.day,
        file=file,
        case=message.case,
        position=position,
    )


def _next_position(session: Session, case: str | None) -> int:
    if case is None:
        return 1
    last = session.scalar(select(func.max(Outgoing.position)).where(Outgoing.case == case))
    return (last or 0) + 1


def to_draft(message: Message) -> bytes:
    """Return a message without its place in the stream as the store keeps it: event, then parts."""
    return message.to_event() + b"\n" + message.body


def from_draft(draft: bytes, epoch: str, sequence: int) -> Message:
    """Return the message of a draft, with its place in the stream."""
    event, _, body = draft.partition(b"\n")
    return Message.from_event(event, body).placed(epoch, sequence)
