"""How long citizens and staff wait after a process was killed, under eight filing clients."""

import os
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException

from tests.citizen import Citizen, Failed, stopwatch
from tests.running import RunningPortal

CLIENTS = 8
LIBRARIES = "import flask, sqlalchemy.orm, waitress, cryptography, alembic"


def bare_start(count: int) -> list[float]:
    """Return the milliseconds of Python starts that only load the libraries."""
    times: list[float] = []
    for _ in range(count):
        with stopwatch(times):
            subprocess.run([sys.executable, "-c", LIBRARIES], check=True, env=os.environ)
    return times


def after_kills(portal: RunningPortal, count: int) -> list[float]:
    """Kill each side in turn; return the milliseconds until both sides answer again."""
    stopped = threading.Event()
    times: list[float] = []
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(CLIENTS):
            pool.submit(_file_until, stopped, portal.public_port)
        try:
            for number in range(count):
                time.sleep(1)
                portal.kill(("public", "desk")[number % 2])
                with stopwatch(times):
                    time.sleep(0.1)
                    portal.wait_until_serving()
        finally:
            stopped.set()
    return times


def report(portal: RunningPortal, count: int) -> None:
    """Print both as one line: medians, the longest, and their ratio."""
    bare = statistics.median(bare_start(5))
    waits = after_kills(portal, count)
    median = statistics.median(waits)
    print(
        f"serving after kill -9, {CLIENTS} clients {count:5} {median:9.0f} ms, at most "
        f"{max(waits):.0f} ms; {median / bare:.1f} x a bare start ({bare:.0f} ms)"
    )


def _file_until(stopped: threading.Event, port: int) -> None:
    while not stopped.is_set():
        try:
            with closing(Citizen(port)) as citizen:
                citizen.press(*citizen.write())
        except (Failed, OSError, HTTPException):
            time.sleep(0.1)
