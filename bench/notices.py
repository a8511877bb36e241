"""Pages of notices at 100 and 100,000 of them, beside a bare page of equal bytes.

Three servers run at once and each is asked in turn (for a 304, the bare one for a bare 304), so
that all of them meet the machine in the same moments.
"""

import argparse
import http.client
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench import baselines
from bench.shelf import fill, number_of
from portal.config import load
from portal.database import Database
from portal.exchange.host_key import HostKey
from tests.citizen import stopwatch
from tests.running import RunningPortal

FEW = 100
# Soon after a start the desk is told what is shown, for which every notice is verified, and
# compares: what else the machine has to do then is not what is measured.
SETTLING_SECONDS = 20
IDLE_SHARE = 0.1
IDLE_SECONDS = 3
MOST_IDLE_TRIES = 200

ASKED = {
    "list, any page": "?",
    "filter, common": "?kind=N01&",
    "filter, rare": "?kind=N12&",
    "filter, region": "?region=990007&",
    "filter, three": "?year=2000&area=A17&mode=named&",
    "search, common": f"?q={quote('低保')}&",
    "search, long": f"?q={quote('村委会主任')}&",
    "search, two words": f"?q={quote('截留 石桥村')}&",
    "search, a common character": f"?q={quote('村')}&",
    "search, a rare character": f"?q={quote('𠮷')}&",
    "search, nowhere": f"?q={quote('龘')}&",
    "search, common in rare": f"?q={quote('低保')}&kind=N12&",
}


@dataclass(frozen=True)
class Served:
    """A portal that runs, with so many notices."""

    portal: RunningPortal
    count: int


@dataclass(frozen=True)
class Timed:
    """Milliseconds of a page at both sizes, and of the bare one in the same moments."""

    name: str
    few: list[float]
    many: list[float]
    bare: list[float]

    @property
    def growth(self) -> float:
        """How many times as long it takes with many notices."""
        return statistics.median(self.many) / statistics.median(self.few)

    @property
    def speed(self) -> float:
        """How many times as fast as the bare page it is with many notices."""
        return statistics.median(self.bare) / statistics.median(self.many)


def ask(connection: http.client.HTTPConnection, path: str, etag: str = "") -> tuple[int, str, int]:
    """Ask for a page; return status, ETag and size."""
    connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
    answer = connection.getresponse()
    size = len(answer.read())
    return answer.status, answer.headers.get("ETag", ""), size


def timed(
    name: str, both: Sequence[Served], paths: Sequence[Sequence[str]], *, again: bool = False
) -> Timed:
    """Ask each of two portals for its own paths in turn; `again` asks as who has the page already.

    A first request of each, unmeasured, finds threads and connections that are there.
    """
    times = Timed(name, [], [], [])
    with ExitStack() as held:
        ports = [one.portal.public_port for one in both]
        few, many = (held.enter_context(_connection(port)) for port in ports)
        etags = [ask(to, mine[0])[1] for to, mine in zip((few, many), paths, strict=True)]
        size = ask(many, paths[1][0])[2]
        bare = held.enter_context(_connection(held.enter_context(baselines.bare_server(size))))
        bare_path = "/unchanged" if again else "/"
        ask(bare, bare_path)
        turns = [(few, times.few), (many, times.many)]
        for asked in zip(*paths, strict=True):
            with stopwatch(times.bare):
                ask(bare, bare_path)
            for (to, taken), path, etag in zip(turns, asked, etags, strict=True):
                with stopwatch(taken):
                    status, _etag, _size = ask(to, path, etag if again else "")
                assert status == (304 if again else 200), f"{path}: {status}"
    return times


def pages(both: Sequence[Served], each: int) -> Iterator[Timed]:
    """Measure every kind of page at both sizes."""
    lists = [["/notices"] * each] * 2
    newest = [[f"/notices/{number_of(one.count - 1)}"] * each for one in both]
    yield timed("list", both, lists)
    yield timed("list, 304", both, lists, again=True)
    yield timed("notice", both, newest)
    yield timed("notice, 304", both, newest, again=True)
    few = min(each, both[0].count - 1)
    different = [random.Random(1).sample(range(one.count - 1), few) for one in both]  # noqa: S311
    firsts = [[f"/notices/{number_of(n)}" for n in mine] for mine in different]
    yield timed("notice, the first time", both, firsts)
    for name, query in ASKED.items():
        deep = [[f"/notices{query}{_from(n, one.count)}" for n in range(each)] for one in both]
        yield timed(name, both, deep)


def measure(folder: Path, many: int, each: int) -> None:
    """Fill two demo instances and print one table."""
    both = [_filled(folder / str(count), count) for count in (FEW, many)]
    try:
        for one in both:
            one.portal.start()
        time.sleep(SETTLING_SECONDS)
        for one in both:
            _wait_until_idle(one.portal)
        print(f"{'':28} {FEW:>9} {many:>9} {'growth':>8} {'x bare':>8}")
        for page in pages(both, each):
            medians = f"{statistics.median(page.few):9.2f} {statistics.median(page.many):9.2f}"
            print(f"{page.name:28} {medians} {page.growth:8.2f} {page.speed:8.2f}", flush=True)
    finally:
        for one in both:
            one.portal.stop()


def _filled(folder: Path, count: int) -> Served:
    portal = RunningPortal(folder / "instance")
    portal.command("demo", "make")
    settings = load(portal.instance)
    began = time.monotonic()
    database = Database(settings.public_database)
    fill(database, HostKey.load(settings.desk_folder / "host.key").signing, count)
    database.dispose()
    print(f"{count} notices after {time.monotonic() - began:.0f} s", flush=True)
    return Served(portal, count)


def _wait_until_idle(portal: RunningPortal) -> None:
    for _try in range(MOST_IDLE_TRIES):
        before = _worked(portal)
        time.sleep(IDLE_SECONDS)
        if _worked(portal) - before < IDLE_SHARE * IDLE_SECONDS:
            return
    print("the portal is still at work", flush=True)


def _worked(portal: RunningPortal) -> float:
    """Return the seconds of processor time that both sides took."""
    fields = [
        Path(f"/proc/{portal.pid(side)}/stat")
        .read_text(encoding="ascii")
        .rpartition(")")[2]
        .split()
        for side in ("public", "desk")
    ]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def _connection(port: int) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60))


def _from(n: int, count: int) -> str:
    """Return where the nth request goes on: anywhere, so that nothing is answered from memory."""
    return f"after={number_of(random.Random(n).randrange(21, count))}&n={n}"  # noqa: S311


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.notices")
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.many, given.each)


if __name__ == "__main__":
    main()
