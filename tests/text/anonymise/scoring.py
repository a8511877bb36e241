"""How much of what must be found was found, and how often something else was."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from portal.text.anonymise import Finding, Kind
from tests.text.anonymise.gold import Passage, Span

# Blanks and punctuation inside a name or a number need not be covered.
UNIMPORTANT = re.compile(r"[\s·•，,。.（）()“”\"‘’:：、/|-]")
ENOUGH = 0.7

Finder = Callable[[str], Sequence[Finding]]


@dataclass
class Score:
    """Counts over passages; `missed` and `alarms` name the places."""

    characters: int = 0
    passages: int = 0
    leaks: int = 0
    wanted: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def recall(self, label: str) -> float:
        """Return the share of places that are covered; `label` is a kind or a sort of persons."""
        return self.covered[label] / self.wanted[label] if self.wanted[label] else 1.0

    def alarms_per_thousand(self, *, person: bool) -> float:
        """Return false alarms for each 1,000 characters: of persons, or of all else."""
        persons = self.false[Kind.PERSON]
        return 1000 * (persons if person else self.false.total() - persons) / self.characters

    def leak_share(self) -> float:
        """Return the share of passages with something to hide in which something stays open."""
        return self.leaks / self.passages if self.passages else 0.0


def score(passages: Iterable[Passage], finder: Finder) -> Score:
    """Let a finder read passages and count."""
    total = Score()
    for passage in passages:
        _add(total, passage, finder(passage.text))
    return total


def _add(total: Score, passage: Passage, found: Sequence[Finding]) -> None:
    total.characters += len(passage.text)
    places = {place for one in found for place in range(one.start, one.end)}
    open_ = [span for span in passage.spans if not is_covered(passage.text, span, places)]
    for span in passage.spans:
        total.wanted.update(filter(None, (span.kind, span.sort)))
        if span not in open_:
            total.covered.update(filter(None, (span.kind, span.sort)))
    total.missed += [f"{passage.id} {passage.text[one.start : one.end]}" for one in open_]
    total.passages += bool(passage.spans)
    total.leaks += any(span.kind is not Kind.ORG for span in open_)
    harmless = {
        place for one in passage.spans + passage.neutral for place in range(one.start, one.end)
    }
    for one in found:
        if harmless.isdisjoint(range(one.start, one.end)):
            total.false[one.type] += 1
            total.alarms.append(f"{passage.id} {one.type} {passage.text[one.start : one.end]}")


def is_covered(text: str, span: Span, places: set[int]) -> bool:
    """Tell whether a place is hidden: wholly; addresses and units mostly, and from the start."""
    wanted = [place for place in range(span.start, span.end) if not UNIMPORTANT.match(text[place])]
    hidden = [place in places for place in wanted]
    if span.kind in {Kind.ADDRESS, Kind.ORG}:
        return sum(hidden) >= ENOUGH * len(hidden) and all(hidden[:2])
    return all(hidden)
