"""One side's relay: everything that one pass does."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

from portal.exchange.handover import Handover, Pace
from portal.exchange.house import House
from portal.exchange.inbox import Arrival, Handler, Inbox
from portal.exchange.kinds import Receipt
from portal.exchange.spool import Handle
from portal.exchange.tables import Outgoing

log = logging.getLogger(__name__)
_random = secrets.SystemRandom()

WINDOW_BYTES = 32 * 2**20

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass
class Counts:
    """What one step did, in messages; `troubles` are failures that the next step meets again."""

    handled: int = 0
    again: int = 0
    waiting: int = 0
    parked: int = 0
    released: int = 0
    acknowledged: int = 0
    handed_over: int = 0
    troubles: int = 0

    @property
    def is_stuck(self) -> bool:
        """Whether there was only trouble."""
        moved = self.handled + self.again + self.released + self.acknowledged + self.handed_over
        return self.troubles > 0 and moved + self.waiting + self.parked == 0

    def note(self, outcome: str) -> None:
        """Count what became of a message that arrived."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def attempt(
        self, action: Callable[Arguments, Result], *given: Arguments.args, **named: Arguments.kwargs
    ) -> Result | None:
        """Do something; log and count its failure, so that everything else goes on."""
        try:
            return action(*given, **named)
        except Exception as error:  # noqa: BLE001 the relay outlives everything
            self.troubles += 1
            # Messages of errors may quote data; their names do not.
            log.warning("exchange: %s in %s", type(error).__name__, action.__name__)
            return None


class Relay:
    """Carries messages between one side's database and the letterbox.

    Only one relay may run for a database.
    """

    def __init__(
        self,
        house: House,
        handlers: Mapping[str, Handler],
        *,
        pace: Pace | None = None,
        draw: Callable[[], float] = _random.random,
        window_bytes: int = WINDOW_BYTES,
    ) -> None:
        """Work for one house; `handlers` are its domain functions, by kind of message.

        What lies in the letterbox is put in order as far as `window_bytes` of it fit in memory.
        """
        self._window_bytes = window_bytes
        self._house = house
        self._handover = Handover(house, pace or Pace(), draw)
        all_handlers = {**handlers, Receipt.KIND: self._handover.accept_receipt}
        self._inbox = Inbox(house.database, house.store, all_handlers, house.unwrap)

    def step(self, now: datetime, halted: Callable[[], bool] = lambda: False) -> Counts:
        """Take in, try again, acknowledge, hand over: one pass, as far as it goes.

        What fails is logged and counted and stops nothing else; `halted` is asked between
        messages.
        """
        counts = Counts()
        for stage in (self._take_in, self._release, self._acknowledge, self._send, self._clean):
            counts.attempt(stage, counts, now, halted)
        return counts

    def _take_in(self, counts: Counts, now: datetime, halted: Callable[[], bool]) -> None:
        for window in _windows(self._house.spool.receive(), self._window_bytes):
            opened = [(handle, self._inbox.open(data)) for handle, data in window]
            for handle, arrival in sorted(opened, key=lambda one: one[1].place):
                if halted():
                    return
                counts.attempt(self._take_one, counts, handle, arrival, now)
        for handle in self._house.spool.unfinished():
            # Late repetitions of single parts would wait for ever.
            if self._inbox.knows(handle.id):
                self._house.spool.done(handle)

    def _take_one(self, counts: Counts, handle: Handle, arrival: Arrival, now: datetime) -> None:
        counts.note(self._inbox.take_in(arrival, now))
        self._house.spool.done(handle)

    def _release(self, counts: Counts, now: datetime, halted: Callable[[], bool]) -> None:
        for row in self._inbox.waiting():
            if halted():
                return
            if counts.attempt(self._inbox.retry, row, now):
                counts.released += 1

    def _acknowledge(self, counts: Counts, now: datetime, _halted: Callable[[], bool]) -> None:
        counts.acknowledged = self._handover.acknowledge(now)

    def _send(self, counts: Counts, now: datetime, halted: Callable[[], bool]) -> None:
        counts.attempt(self._handover.number, now)
        for row in self._handover.unwrapped():
            if halted():
                return
            counts.attempt(self._handover.wrap, row)
        for row in self._handover.due(now):
            if halted():
                return
            counts.attempt(self._hand_over, counts, row, now)

    def _hand_over(self, counts: Counts, row: Outgoing, now: datetime) -> None:
        self._handover.hand_over(row, now)
        counts.handed_over += 1

    def _clean(self, counts: Counts, now: datetime, _halted: Callable[[], bool]) -> None:
        counts.attempt(self._handover.scrub)
        counts.attempt(self._handover.tidy, now)


def _windows(
    received: Iterator[tuple[Handle, bytes]], most_bytes: int
) -> Iterator[list[tuple[Handle, bytes]]]:
    """Give what was received in lists that fit into memory, to be put in order."""
    window: list[tuple[Handle, bytes]] = []
    size = 0
    for handle, data in received:
        window.append((handle, data))
        size += len(data)
        if size >= most_bytes:
            yield window
            window, size = [], 0
    yield window
