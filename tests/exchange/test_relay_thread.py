from datetime import datetime
from threading import Event

import pytest

from portal.exchange.relay import Counts
from portal.exchange.relay_thread import RelayThread
from tests.exchange.crossing import NOW, Crossing, new_id

LONG = 3600.0
PATIENCE = 30.0


class Clock:
    """Tells that a step began, and always the same time."""

    def __init__(self) -> None:
        self.asked = Event()

    def __call__(self) -> datetime:
        self.asked.set()
        return NOW

    def wait(self) -> None:
        assert self.asked.wait(PATIENCE)
        self.asked.clear()

    def wait_for_a_whole_step(self, thread: RelayThread) -> None:
        """A step is over when the next one begins."""
        for _ in range(2):
            thread.nudge()
            self.wait()


def running(relay, clock: Clock, **settings) -> RelayThread:
    thread = RelayThread(relay, clock=clock, **{"interval": LONG, **settings})
    thread.start()
    clock.wait()
    return thread


def test_a_nudge_starts_a_step_at_once_and_stop_ends_the_thread(crossing: Crossing):
    clock = Clock()
    thread = running(crossing.public.relay, clock)
    crossing.public.report(new_id())
    clock.wait_for_a_whole_step(thread)
    thread.stop()
    assert not thread.is_alive
    assert len(list(crossing.up.iterdir())) == 1


def test_others_may_wake_it_by_an_event_that_they_already_have(crossing: Crossing):
    clock, woken = Clock(), Event()
    thread = running(crossing.public.relay, clock, woken=woken)
    assert thread.is_alive
    woken.set()
    clock.wait()
    thread.stop()
    assert not thread.is_alive


def test_it_outlives_a_letterbox_that_is_gone_and_goes_on_when_it_is_back(crossing: Crossing):
    crossing.up.rmdir()
    crossing.public.report(new_id())
    clock = Clock()
    thread = running(crossing.public.relay, clock)
    crossing.up.mkdir()
    clock.wait_for_a_whole_step(thread)
    thread.stop()
    assert len(list(crossing.up.iterdir())) == 1
    assert thread.failed_steps == 0


def test_it_steps_by_itself_and_stops_between_two_messages(crossing: Crossing):
    clock = Clock()
    thread = running(crossing.desk.relay, clock, interval=0.01)
    clock.wait()
    clock.wait()
    thread.stop()
    assert not thread.is_alive


@pytest.mark.parametrize(
    ("failures", "pause"), [(0, 2.0), (1, 4.0), (2, 8.0), (3, 16.0), (4, 30.0), (5000, 30.0)]
)
def test_trouble_makes_it_wait_longer_up_to_half_a_minute(crossing: Crossing, failures, pause):
    thread = RelayThread(crossing.public.relay, interval=2.0)
    thread.failed_steps = failures
    assert thread.pause() == pause


@pytest.mark.parametrize(
    ("counts", "stuck"),
    [
        (Counts(), False),
        (Counts(handled=1), False),
        (Counts(troubles=1), True),
        (Counts(troubles=1, handled=1), False),
        (Counts(troubles=1, parked=1), False),
    ],
)
def test_only_a_step_that_brought_nothing_but_trouble_counts_as_failed(counts, stuck):
    assert counts.is_stuck is stuck
