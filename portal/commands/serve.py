"""`portal serve`: both sides, each in its own process, and a new one for one that dies."""

import logging
import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click

from portal.commands.process import FORGETFUL, SUPERVISED, CannotStart
from portal.config import instance_folder, load
from portal.web import logs

log = logging.getLogger("portal.serve")

SIDES = ("public", "desk")
TURN_SECONDS = 0.2
QUICK_DEATH_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 4.0
GRACE_SECONDS = 25


class Child:
    """One side's process and when it may be started again."""

    def __init__(self, side: str) -> None:
        self.side = side
        self._pause = 0.0
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 — our own program
            [sys.executable, "-m", "portal", self.side],
            env={**os.environ, **FORGETFUL, SUPERVISED: "1"},
        )
        self._started = time.monotonic()

    def look_after(self) -> bool:
        """Start the process again if it died; tell whether it is to be kept alive at all."""
        code = self.process.poll()
        if code is None:
            return True
        if code == CannotStart.exit_code:
            return False
        lived = time.monotonic() - self._started
        failed_at_once = code > 0 and lived < QUICK_DEATH_SECONDS
        self._pause = min(self._pause + 0.5, LONGEST_PAUSE_SECONDS) if failed_at_once else 0.0
        log.warning("the %s process ended with code %d; starting it again", self.side, code)
        time.sleep(self._pause)
        self._start()
        return True

    def stop(self) -> None:
        """Ask the process to finish its requests and end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, deadline: float) -> None:
        """Wait for the end; kill what is still there at the deadline."""
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()


class Supervisor:
    """Keeps both sides running until it is told to stop or one of them cannot start."""

    def __init__(self) -> None:
        self._stopping = False

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Take SIGTERM or SIGINT."""
        self._stopping = True

    def run(self) -> int:
        """Run both sides; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        children = [Child(side) for side in SIDES]
        healthy = True
        while healthy and not self._stopping:
            time.sleep(TURN_SECONDS)
            healthy = all(child.look_after() for child in children)
        for child in children:
            child.stop()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in children:
            child.wait(deadline)
        return 0 if healthy else CannotStart.exit_code


def run() -> None:
    """Serve both sides until told to stop; ends the process."""
    logs.start()
    load(instance_folder())
    raise SystemExit(Supervisor().run())


@click.command("serve")
def command() -> None:
    """Run both sides and restart one that dies."""
    run()
