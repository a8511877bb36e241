"""How the exchange stands, for the desk's page and for health checks; counts, days and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.exchange.tables import AGAIN, PARKED, WAITING, Incoming, Outgoing, Stream

MAX_LISTED = 200


@dataclass(frozen=True)
class StreamState:
    """What arrived of one epoch of the other side's stream.

    `gaps` are the first and last number of each missing run, `reused` counts numbers that two
    messages carry: the other side was put back without starting a new epoch.
    """

    epoch: str
    highest: int
    missing: int
    gaps: tuple[tuple[int, int], ...]
    reused: int


@dataclass(frozen=True)
class KeptMessage:
    """A message that is waiting or parked; kind and place are unknown for what nobody signed."""

    id: str
    kind: str | None
    day: date
    sequence: int | None
    reason: str


@dataclass(frozen=True)
class ExchangeStatus:
    """Both directions, seen from one side; `oldest_day` is that of the oldest unacknowledged.

    `kept` are messages that the other side has, but not yet in a backup.
    """

    waiting_to_send: int
    unreceipted: int
    kept: int
    oldest_day: date | None
    own_epoch: str | None
    last_sequence: int
    received: int
    last_received_day: date | None
    streams: tuple[StreamState, ...]
    waiting: tuple[KeptMessage, ...]
    parked: tuple[KeptMessage, ...]
    waiting_count: int
    parked_count: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing asks for a person: no gap, no reused number, nothing parked."""
        sound_streams = all(not one.missing and not one.reused for one in self.streams)
        return sound_streams and not self.parked_count


def exchange_status(session: Session) -> ExchangeStatus:
    """Return how the exchange stands; the lists hold at most 200 messages, the counts all."""
    here = Outgoing.kept.is_(False)
    new, handed, kept, oldest = session.execute(
        select(
            func.count().filter(Outgoing.sequence.is_(None)),
            func.count(Outgoing.sequence).filter(here),
            func.count().filter(Outgoing.kept),
            func.min(Outgoing.day).filter(here),
        ).where(Outgoing.acknowledged.is_(False))
    ).one()
    received, last_day = session.execute(
        select(
            func.count(Incoming.epoch).filter(Incoming.reason != AGAIN),
            func.max(Incoming.day).filter(Incoming.kind.is_not(None)),
        )
    ).one()
    own = session.scalar(select(Stream))
    return ExchangeStatus(
        waiting_to_send=new,
        unreceipted=handed,
        kept=kept,
        oldest_day=oldest,
        own_epoch=own.epoch if own else None,
        last_sequence=own.next_sequence - 1 if own else 0,
        received=received,
        last_received_day=last_day,
        streams=_streams(session),
        waiting=_kept(session, WAITING),
        parked=_kept(session, PARKED),
        waiting_count=_count(session, WAITING),
        parked_count=_count(session, PARKED),
    )


def files_named(session: Session) -> set[str]:
    """Return the names of all stored files that the exchange needs, for the store's sweep."""
    outgoing = session.scalars(select(Outgoing.file))
    incoming = session.scalars(select(Incoming.file).where(Incoming.file != ""))
    return {*outgoing, *incoming}


def find_gaps(sequences: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the missing runs between 1 and the highest of ascending numbers."""
    gaps = []
    expected = 1
    for number in sequences:
        if number > expected:
            gaps.append((expected, number - 1))
        expected = number + 1
    return tuple(gaps)


def _streams(session: Session) -> tuple[StreamState, ...]:
    distinct = func.count(Incoming.sequence.distinct())
    rows = session.execute(
        select(Incoming.epoch, func.max(Incoming.sequence), func.count(), distinct)
        .where(Incoming.epoch.is_not(None))
        .group_by(Incoming.epoch)
        .order_by(func.min(Incoming.day), Incoming.epoch)
    )
    return tuple(
        StreamState(
            epoch=epoch,
            highest=highest,
            missing=highest - different,
            gaps=_gaps(session, epoch) if highest > different else (),
            reused=count - different,
        )
        for epoch, highest, count, different in rows
        if epoch is not None and highest is not None
    )


def _gaps(session: Session, epoch: str) -> tuple[tuple[int, int], ...]:
    query = select(Incoming.sequence).where(Incoming.epoch == epoch).distinct()
    numbers = session.scalars(query.order_by(Incoming.sequence))
    return find_gaps([number for number in numbers if number is not None])


def _kept(session: Session, outcome: str) -> tuple[KeptMessage, ...]:
    query = select(Incoming).where(Incoming.outcome == outcome)
    rows = session.scalars(query.order_by(Incoming.day, Incoming.id).limit(MAX_LISTED))
    return tuple(KeptMessage(row.id, row.kind, row.day, row.sequence, row.reason) for row in rows)


def _count(session: Session, outcome: str) -> int:
    query = select(func.count()).select_from(Incoming).where(Incoming.outcome == outcome)
    return session.scalar(query) or 0
