"""Measure filing and tracking beside bare baselines, and what the anonymising assistant finds."""

import argparse
import http.client
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import anonymise, baselines, restarts
from tests.citizen import Citizen, Failed, stopwatch
from tests.running import RunningPortal

Work = Callable[[int, list[float]], int]


def spread(port: int, clients: int, each: int, work: Work) -> tuple[list[float], int]:
    """Let `clients` threads do the work `each` times; return all times and the failures."""
    times: list[float] = []

    def one(_number: int) -> int:
        return sum(work(port, times) for _ in range(each))

    with ThreadPoolExecutor(clients) as pool:
        failures = sum(pool.map(one, range(clients)))
    return times, failures


def file_once(port: int, times: list[float]) -> int:
    """Write a report and time its last POST; return 1 for a failure."""
    citizen = Citizen(port)
    try:
        page, groups = citizen.write()
        with stopwatch(times):
            citizen.press(page, groups)
    except (Failed, OSError, http.client.HTTPException):
        return 1
    finally:
        citizen.close()
    return 0


def looker(groups: list[str]) -> Work:
    """Return work that looks one report up and times it."""

    def look_once(port: int, times: list[float]) -> int:
        citizen = Citizen(port)
        try:
            page = citizen.get("/track")
            with stopwatch(times):
                citizen.look_up(page, groups)
        except (Failed, OSError, http.client.HTTPException):
            return 1
        finally:
            citizen.close()
        return 0

    return look_once


def page_once(port: int, times: list[float]) -> int:
    """Open the bare page and time it."""
    citizen = Citizen(port)
    with stopwatch(times):
        citizen.get("/")
    citizen.close()
    return 0


def report(name: str, times: list[float], failures: int, base: float) -> None:
    """Print one line: median, 95th percentile, ratio to the bare page of the same load."""
    median = statistics.median(times)
    tail = statistics.quantiles(times, n=20)[18]
    print(
        f"{name:34} {len(times):6} {median:9.2f} {tail:9.2f} {median / base:8.2f} {failures:8}",
        flush=True,
    )


def main() -> None:
    """Run everything and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--filings", type=int, default=2000, help="filings at 16 clients")
    parser.add_argument("--anonymise", action="store_true", help="measure the assistant alone")
    options = parser.parse_args()
    anonymise.report()
    if options.anonymise:
        return
    wanted = options.filings
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), wanted)


def measure(folder: Path, wanted: int) -> None:
    """Measure one fresh demo instance."""
    parts = baselines.primitives()
    insert = statistics.median(baselines.bare_inserts(folder, 300))
    portal = RunningPortal(folder / "instance")
    portal.command("demo", "make")
    portal.start()
    try:
        _table(portal.public_port, wanted, parts, insert)
        restarts.report(portal, 20)
    finally:
        portal.stop()


def _table(port: int, wanted: int, parts: dict[str, float], insert: float) -> None:
    citizen = Citizen(port)
    page, groups = citizen.write()
    size = len(page.encode())
    citizen.press(page, groups)
    print(f"{'':34} {'n':>6} {'median ms':>9} {'95 % ms':>9} {'ratio':>8} {'failures':>8}")
    for clients, each, filings in ((1, 300, 300), (16, 60, -(-wanted // 16))):
        with baselines.bare_server(size) as bare_port:
            bare, _ = spread(bare_port, clients, each, page_once)
        base = statistics.median(bare)
        report(f"bare page, {clients} clients", bare, 0, base)
        filed, failures = spread(port, clients, filings, file_once)
        report(f"last POST, {clients} clients", filed, failures, base)
        if clients == 1:
            beyond = statistics.median(filed) - parts["argon2id"]
        looked, failures = spread(port, clients, each, looker(groups))
        report(f"/track and /track/case, {clients} clients", looked, failures, base)
    print(f"bare durable insert             {insert:8.2f} ms")
    print(f"Argon2id of a code              {parts['argon2id']:8.2f} ms")
    print(f"sealing one report              {parts['sealing']:8.2f} ms")
    print(f"last POST beyond Argon2id       {beyond:8.2f} ms, {beyond / insert:.1f} x the insert")


if __name__ == "__main__":
    main()
