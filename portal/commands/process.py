"""What a serving process does to itself before it serves: forget freed memory, leave no dumps."""

import ctypes
import gc
import logging
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable

import click

# With Python's own allocator the text of a report would stay in memory for hours. The C library
# overwrites what is freed with a byte, once its cache for each thread, which it skips, is off.
FORGETFUL = {
    "PYTHONMALLOC": "malloc",
    "MALLOC_PERTURB_": "165",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}
PR_SET_DUMPABLE = 4
PR_SET_PDEATHSIG = 1
# Set for processes that `portal serve` looks after: they end with it.
SUPERVISED = "PORTAL_SUPERVISED"

log = logging.getLogger("portal.process")


class CannotStart(click.ClickException):
    """A reason for which another try would not help; `portal serve` gives up on it."""

    exit_code = 78  # EX_CONFIG of sysexits.h


def forget_freed_memory() -> None:
    """Start this process anew with an allocator that overwrites what is freed; once."""
    if all(os.environ.get(name) == value for name, value in FORGETFUL.items()):
        return
    arguments = [sys.executable, "-m", "portal", *sys.argv[1:]]
    os.execve(sys.executable, arguments, {**os.environ, **FORGETFUL})  # noqa: S606 — our own program


def leave_no_dumps() -> None:
    """Write no core file, refuse debuggers of the same user, and keep new files to ourselves."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.umask(0o077)


def end_with_supervisor() -> None:
    """Be told to stop when `portal serve` dies, so that a new one finds the folders free."""
    if os.environ.get(SUPERVISED):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def let_go() -> None:
    """Free what only refers to itself: requests that ended lie in circles until somebody looks."""
    gc.collect()


class Periodic(threading.Thread):
    """Calls back every so many seconds until stopped; a failure is logged and tried again."""

    def __init__(self, name: str, seconds: float, callback: Callable[[], object]) -> None:
        super().__init__(name=name, daemon=True)
        self._seconds = seconds
        self._callback = callback
        self._stopped = threading.Event()

    def run(self) -> None:
        """Call back until stopped."""
        while not self._stopped.wait(self._seconds):
            try:
                self._callback()
            except Exception:
                log.exception("%s failed", self.name)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopped.set()
        self.join(timeout=10)
