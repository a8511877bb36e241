"""Bare baselines: a page of equal bytes by Flask and waitress, a durable insert."""

import json
import multiprocessing
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from waitress import serve

from portal.commands.process import FORGETFUL
from tests.citizen import stopwatch

START_SECONDS = 10


def bare_page(port: int, size: int) -> None:
    """Serve one page of `size` bytes and a 304, as plain as Flask and waitress can."""
    app = Flask(__name__)
    page = "x" * size
    app.add_url_rule("/", "page", lambda: page)
    app.add_url_rule("/unchanged", "unchanged", lambda: ("", 304))
    serve(app, host="127.0.0.1", port=port, threads=16, _quiet=True)


@contextmanager
def bare_server(size: int) -> Iterator[int]:
    """Run `bare_page` in a process of its own; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = multiprocessing.Process(target=bare_page, args=(port, size), daemon=True)
    process.start()
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.join()


def bare_inserts(folder: Path, count: int) -> list[float]:
    """Return the milliseconds of single durable inserts into SQLite (WAL, synchronous=FULL)."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, words TEXT)")
    times: list[float] = []
    for _ in range(count):
        with stopwatch(times):
            connection.execute("INSERT INTO rows (words) VALUES (?)", ("x" * 200,))
    connection.close()
    return times


def primitives() -> dict[str, float]:
    """Return what `bench.primitives` prints, run with the memory settings of the public process."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.primitives"],
        env={**os.environ, **FORGETFUL},
        check=True,
        capture_output=True,
    )
    medians: dict[str, float] = json.loads(run.stdout)
    return medians


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise OSError("the bare server does not answer")
