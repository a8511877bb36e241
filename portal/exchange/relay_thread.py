"""The thread that keeps one side's relay stepping, whatever happens to a step."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from portal.exchange.relay import Relay
from portal.reference.days import utcnow

LONGEST_PAUSE_SECONDS = 30.0


class RelayThread:
    """Steps every `interval` seconds, at once when nudged, and ever more slowly in trouble."""

    def __init__(
        self,
        relay: Relay,
        *,
        interval: float = 2.0,
        clock: Callable[[], datetime] = utcnow,
        woken: Event | None = None,
    ) -> None:
        """Step a relay; whoever sets `woken` says that there is work."""
        self._relay = relay
        self._interval = interval
        self._clock = clock
        self._woken = woken or Event()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="relay", daemon=True)
        self.failed_steps = 0

    def start(self) -> None:
        """Start stepping."""
        self._thread.start()

    def stop(self, timeout: float = 30.0) -> None:
        """Stop after the message in hand and wait for that, `timeout` seconds at most."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(timeout)

    def nudge(self) -> None:
        """Say that there is work, so that the next step does not wait for its time."""
        self._woken.set()

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def pause(self) -> float:
        """Return the seconds until the next step: doubled with every failed one, to 30 at most."""
        return min(self._interval * 2.0 ** min(self.failed_steps, 16), LONGEST_PAUSE_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            self._step()
            if not self._stopping.is_set():
                self._woken.wait(self.pause())

    def _step(self) -> None:
        counts = self._relay.step(self._clock(), self._stopping.is_set)
        self.failed_steps = self.failed_steps + 1 if counts.is_stuck else 0
