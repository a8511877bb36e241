"""Room for slow derivations, from codes or passphrases: a few at once, a short queue, then no."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


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
