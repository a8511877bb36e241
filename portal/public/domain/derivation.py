"""Room for the slow derivation of keys from codes: a few at once, a short queue, then no."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore

from portal.sealing.replies import CodeKeys
from portal.sealing.tracking_code import Pepper, TrackingCode, derive


class Busy(Exception):
    """As many people as the site serves at once are waiting already."""


class Slots:
    """Lets `at_once` threads work and `queue` more wait."""

    def __init__(self, *, at_once: int, queue: int) -> None:
        self._places = BoundedSemaphore(at_once + queue)
        self._working = BoundedSemaphore(at_once)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold one slot, after waiting for it in the queue.

        :raises Busy: when the queue is full.
        """
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            with self._working:
                yield
        finally:
            self._places.release()


def derive_all(slots: Slots, code: TrackingCode, peppers: Sequence[Pepper]) -> tuple[CodeKeys, ...]:
    """Derive a code's keys under every live pepper: the same work for every code.

    :raises Busy: when the queue is full.
    """
    with slots.taken():
        return tuple(derive(code, pepper) for pepper in peppers)
