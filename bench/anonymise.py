"""What the assistant finds and how fast: goals, own passages, the shared set where it is there."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from portal.text.anonymise import Finding, Kind, Party, find
from tests.citizen import stopwatch
from tests.text.anonymise.gold import LABELS, Passage, Span, passages
from tests.text.anonymise.scoring import Score, score

SHARED = Path(__file__).parents[2] / "shared/data/anonymise/dev.jsonl"
BUILDING = ("notices", "letters", "forms", "minutes", "plain")
APART = ("apart", "second_author_seen")
UNSEEN = ("second_author_unseen",)
GOALS = {
    "PERSON": 0.97,
    "word": 0.90,
    "minority": 0.95,
    **dict.fromkeys(("ID", "PHONE", "BANKCARD", "PLATE", "EMAIL", "DOB"), 0.99),
    "WECHAT_QQ": 0.95,
    "ADDRESS": 0.90,
    "ORG": 0.90,
}
SHARED_SORTS = {"min": "minority"}
LENGTH = 2000
TIMES = 20


def shared(file: Path) -> list[Passage]:
    """Return the passages of the shared set."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [
        Passage(
            row["id"],
            row["text"],
            tuple(map(_span, row["spans"])),
            tuple(map(_span, row["neutral"])),
        )
        for row in rows
    ]


def _span(row: dict[str, str]) -> Span:
    sort = row.get("sub", "")
    kind = Kind(row.get("type", Kind.PERSON))
    return Span(int(row["start"]), int(row["end"]), kind, SHARED_SORTS.get(sort, sort))


def with_parties(text: str, passage_of: dict[str, Passage]) -> Sequence[Finding]:
    """Find with all persons of a passage entered."""
    spans = passage_of[text].spans
    names = {text[one.start : one.end] for one in spans if one.kind is Kind.PERSON}
    return find(
        text, parties=[Party("", name) for name in sorted(names)], units=units(passage_of.values())
    )


def units(of: Iterable[Passage]) -> tuple[str, ...]:
    """Return the units of passages, as a list that staff keep would have them."""
    return tuple(
        sorted(
            {
                one.text[span.start : span.end]
                for one in of
                for span in one.spans
                if span.kind is Kind.ORG
            }
        )
    )


def table(name: str, of: list[Passage]) -> None:
    """Print the goals' table of one set, without and with parties and units entered."""
    alone = score(of, find)
    entered = score(of, partial(with_parties, passage_of={one.text: one for one in of}))
    print(f"{name}: {len(of)} passages, {alone.characters} characters")
    print(f"{'':12} {'n':>5} {'alone':>7} {'entered':>8} {'goal':>6}")
    for label in dict.fromkeys((*GOALS, *LABELS.values())):
        if alone.wanted[label]:
            goal = GOALS.get(label, "")
            shares = f"{alone.recall(label):7.3f} {entered.recall(label):8.3f}"
            print(f"{label:12} {alone.wanted[label]:5} {shares} {goal:>6}")
    _rest(alone, entered)


def _rest(alone: Score, entered: Score) -> None:
    for title, person, goal in (("person", True, 3), ("other", False, 0.3)):
        some, more = (
            alone.alarms_per_thousand(person=person),
            entered.alarms_per_thousand(person=person),
        )
        print(f"false, {title:10} {some:7.2f} {more:8.2f} {goal:6} for 1,000 characters")
    print(f"passages leaking  {alone.leak_share():7.3f} {entered.leak_share():8.3f} {0.08:6}\n")


def speed() -> None:
    """Print the time for a notice of 2,000 characters and the memory of a process that does it."""
    run = subprocess.run([sys.executable, "-m", "bench.anonymise"], check=True, capture_output=True)
    print(run.stdout.decode())


def alone() -> None:
    """Measure in a process of its own."""
    text = "".join(one.text for one in passages("notices"))[:LENGTH]
    find(text)
    times: list[float] = []
    began = time.process_time()
    for _ in range(TIMES):
        with stopwatch(times):
            find(text)
    busy = 1000 * (time.process_time() - began) / TIMES
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median = statistics.median(times)
    print(f"{LENGTH} characters: median {median:.0f} ms ({busy:.0f} ms of processor), goal 150")
    print(f"memory of the process: {memory:.0f} MB, goal 200")


def report() -> None:
    """Print everything."""
    table("own passages, seen while building", list(passages(*BUILDING)))
    table("passages written apart, looked at since", list(passages(*APART)))
    table("a second author's passages, never looked at", list(passages(*UNSEEN)))
    file = Path(os.environ.get("PORTAL_ANONYMISE_DEV") or SHARED)
    if file.exists():
        table(file.name, shared(file))
    else:
        print(f"{file} is not there; name it in PORTAL_ANONYMISE_DEV to measure the shared set.")
    speed()


if __name__ == "__main__":
    alone()
