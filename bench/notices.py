"""Pages of notices at 100 and 100,000 of them, beside a bare page of equal bytes.

Each request follows one of the bare page (of a 304: of the bare 304), so that both meet the
machine in the same moment.
"""

import argparse
import http.client
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from bench import baselines
from portal.config import load
from portal.database import Database
from portal.exchange.host_key import HostKey
from portal.exchange.notices import Counts, Notice, sign_notice
from portal.public.domain.notices.documents import place_of
from portal.public.domain.notices.terms import facets
from portal.public.models.notices import FOREVER, NoticeDocument, NoticeVersion
from portal.text.pairs import pairs, searchable
from portal.text.readings import read
from tests.citizen import stopwatch
from tests.running import RunningPortal

FEW = 100
# What the demo's own desk releases arrives between the two fillings, soon after a start; and the
# desk is told once what is shown, for which every notice is verified.
ROOM = 1_000
SETTLING_SECONDS = 15
VERIFIED_A_SECOND = 1_000
BATCH = 5_000
SELDOM = 5_000
A_YEAR = 9_999
FIRST_DAY = date(2000, 1, 3)
WORDS = (
    *(
        "低保",
        "危房改造",
        "山林承包款",
        "村集体资金",
        "耕地补贴",
        "扶贫项目",
        "工程招标",
        "公车私用",
    ),
    *("虚报", "冒领", "截留", "挪用", "侵占", "优亲厚友", "收受礼金", "违规发放"),
    *("石桥村", "柳溪镇", "某局", "某公司", "会计", "党支部书记", "村委会主任", "镇干部"),
)


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
class Timed:
    """Milliseconds of a page and of the bare page that was asked for just before."""

    name: str
    ours: Sequence[float]
    bare: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.ours)

    @property
    def speed(self) -> float:
        """How many times as fast as the bare page."""
        return statistics.median(self.bare) / self.median


def invented(number: int, rng: random.Random) -> Notice:
    """Return a notice of about 150 characters."""
    year, serial = divmod(number, A_YEAR)
    day = FIRST_DAY + timedelta(days=365 * year + serial % 360)
    told = ["".join(rng.choices(WORDS, k=6)) for _ in range(5)]
    is_rare = number % SELDOM == SELDOM // 100
    return Notice(
        notice=f"{number:032x}",
        version=1,
        number=f"{2000 + year}-{serial + 1:04}",
        state="published",
        kind="N12" if is_rare else rng.choice(("N01", "N02", "N03", "N07")),
        mode=rng.choice(("named", "anonymised")),
        title=f"通报：{told[0]}",
        summary=f"{told[1]}{'𠮷老三' * is_rare}",
        body="".join(f"<p>{one}。</p>" for one in told[2:]),
        region=f"99{rng.randrange(300):04}",
        area=rng.choice(("A03", "A16", "A17")),
        published_on=day,
        not_before=None,
        counts=Counts(0, 1, 1),
        recovered="已追回2.3万元",
        review_on=None,
        answers=None,
        expires_on=None,
        corrections=(),
        reason="",
    )


def fill(database: Database, key: Ed25519PrivateKey, first: int, last: int) -> None:
    """Put the notices from one number up to another into an instance that does not run."""
    rng = random.Random(first)  # noqa: S311 — invented words
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        made = [(n + 1 + (ROOM if first else 0), invented(n, rng)) for n in numbers]
        texts = [(row, one, searchable(_read(one))) for row, one in made]
        found = sorted(
            (term, place_of(one), row) for row, one, words in texts for term in _terms(one, words)
        )
        with database.writing() as session:
            session.execute(insert(NoticeVersion), [_columns(row, one) for row, one in made])
            session.execute(
                insert(NoticeDocument),
                [
                    {"id": row, "document": sign_notice(one, key), "words": words}
                    for row, one, words in texts
                ],
            )
            # As many rows as this go straight to the driver.
            session.connection().exec_driver_sql("INSERT INTO notice_terms VALUES (?, ?, ?)", found)
    database.checkpoint()


def _read(one: Notice) -> str:
    return f"{one.number}\n{one.title}\n{one.summary}\n{read('body', one.body).text}"


def _terms(one: Notice, words: str) -> set[int]:
    chosen = (int(one.number[:4]), one.kind, one.area, one.region, one.mode)
    names = ("year", "kind", "area", "region", "mode")
    return pairs(words) | facets(**dict(zip(names, chosen, strict=True)))  # type: ignore[arg-type]  # by name


def _columns(row: int, one: Notice) -> dict[str, object]:
    return {
        "id": row,
        "notice": one.notice,
        "version": one.version,
        "number": one.number,
        "state": one.state,
        "kind": one.kind,
        "mode": one.mode,
        "area": one.area,
        "region": one.region,
        "year": int(one.number[:4]),
        "published_on": one.published_on,
        "place": place_of(one),
        "expires_on": None,
        "answers": None,
        "shown_from": 0,
        "shown_until": FOREVER,
        "changed_on": one.published_on,
    }


def ask(connection: http.client.HTTPConnection, path: str, etag: str = "") -> tuple[int, str, int]:
    """Ask for a page; return status, ETag and size."""
    connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
    answer = connection.getresponse()
    size = len(answer.read())
    return answer.status, answer.headers.get("ETag", ""), size


def timed(name: str, port: int, paths: Sequence[str], *, again: bool = False) -> Timed:
    """Ask for each path once; `again` asks as who has the page already.

    A first request of each, unmeasured, finds threads and connections that are there.
    """
    ours: list[float] = []
    bare: list[float] = []
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as to_us:
        _status, etag, size = ask(to_us, paths[0])
        bare_path = "/unchanged" if again else "/"
        with (
            baselines.bare_server(size) as bare_port,
            closing(http.client.HTTPConnection("127.0.0.1", bare_port)) as to_bare,
        ):
            ask(to_bare, bare_path)
            for path in paths:
                with stopwatch(bare):
                    ask(to_bare, bare_path)
                with stopwatch(ours):
                    status, _etag, _size = ask(to_us, path, etag if again else "")
                assert status == (304 if again else 200), f"{path}: {status}"
    return Timed(name, ours, bare)


def pages(port: int, count: int, each: int) -> Iterator[Timed]:
    """Measure every kind of page once there are `count` notices."""
    newest = f"/notices/{_number(count - 1)}"
    yield timed("list", port, ["/notices"] * each)
    yield timed("list, 304", port, ["/notices"] * each, again=True)
    yield timed("notice", port, [newest] * each)
    yield timed("notice, 304", port, [newest] * each, again=True)
    different = random.Random(count).sample(range(count), min(each, count))  # noqa: S311
    yield timed("notice, the first time", port, [f"/notices/{_number(n)}" for n in different])
    for name, query in ASKED.items():
        yield timed(name, port, [f"/notices{query}{_from(n, count)}" for n in range(each)])


def _from(n: int, count: int) -> str:
    """Return where the nth request goes on: anywhere, so that nothing is answered from memory."""
    return f"after={_number(random.Random(n).randrange(21, count))}&n={n}"  # noqa: S311


def _number(number: int) -> str:
    year, serial = divmod(number, A_YEAR)
    return f"{2000 + year}-{serial + 1:04}"


def measure(folder: Path, many: int, each: int) -> None:
    """Fill one demo instance twice and print one table."""
    portal = RunningPortal(folder / "instance")
    portal.command("demo", "make")
    settings = load(portal.instance)
    key = HostKey.load(settings.desk_folder / "host.key").signing
    found: dict[str, list[Timed]] = {}
    for first, last in ((0, FEW), (FEW, many)):
        began = time.monotonic()
        database = Database(settings.public_database)
        fill(database, key, first, last)
        database.dispose()
        print(f"{last} notices after {time.monotonic() - began:.0f} s", flush=True)
        portal.start()
        try:
            time.sleep(SETTLING_SECONDS + last / VERIFIED_A_SECOND)
            for one in pages(portal.public_port, last, each):
                found.setdefault(one.name, []).append(one)
        finally:
            portal.stop()
    print(f"{'':28} {FEW:>9} {many:>9} {'growth':>8} {'x bare':>8}")
    for name, (few, lots) in found.items():
        growth = lots.median / few.median
        print(f"{name:28} {few.median:9.2f} {lots.median:9.2f} {growth:8.2f} {lots.speed:8.2f}")


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
