"""How a text is best cut into words, and what it costs to cut it elsewhere, in bits."""

from portal.text.anonymise import lexicon
from portal.text.anonymise.places import HAN

# A word of level n of the lexicon costs RARE - n; a character that is in no dictionary costs most.
RARE = 23
UNKNOWN = 25
FOREIGN = 6
LONGEST = 4


class Cuts:
    """The cheapest ways to cut a text, from its start to each place and from each place to its end.

    Between two stops, cuts do not depend on what stands beyond, so costs are those of a sentence.
    """

    def __init__(self, copy: str) -> None:
        self.copy = copy
        size = len(copy)
        self.ahead = [0] * (size + 1)
        self.behind = [0] * (size + 1)
        self.last = [0] * (size + 1)
        self.first = [size] * (size + 1)
        costs = self._costs = [_costs(copy, start) for start in range(size)]
        for start in range(size - 1, -1, -1):
            options = [(cost + self.behind[start + n], start + n) for n, cost in costs[start]]
            self.behind[start], self.first[start] = min(options)
        self._from_the_start(costs)

    def _from_the_start(self, costs: list[list[tuple[int, int]]]) -> None:
        size = len(self.copy)
        best = [(0, 0)] + [(1 << 30, 0)] * size
        for start in range(size):
            before = best[start][0]
            for n, cost in costs[start]:
                if before + cost < best[start + n][0]:
                    best[start + n] = (before + cost, start)
        self.ahead = [cost for cost, _start in best]
        self.last = [start for _cost, start in best]

    @property
    def whole(self) -> int:
        """Return what the cheapest cutting of all the text costs."""
        return self.ahead[-1]

    def torn(self, place: int) -> int:
        """Return how much dearer it is to cut here; 0 when the cheapest cutting does."""
        return self.ahead[place] + self.behind[place] - self.whole

    def spared(self, start: int, end: int) -> int:
        """Return what need not be paid when a stretch is a name and is no cut of words."""
        return self.whole - self.ahead[start] - self.behind[end]

    def inside(self, start: int, end: int) -> list[str]:
        """Return the words into which a stretch by itself is best cut."""
        best: list[tuple[int, list[str]]] = [(0, [])]
        for stop in range(start + 1, end + 1):
            best.append(
                min(
                    (
                        best[first - start][0] + cost,
                        [*best[first - start][1], self.copy[first:stop]],
                    )
                    for first in range(start, stop)
                    for n, cost in self._costs[first]
                    if first + n == stop
                )
            )
        return best[-1][1]

    def word_before(self, place: int) -> str:
        """Return the word that ends at a place in the cheapest cutting up to it."""
        return self.copy[self.last[place] : place]

    def word_after(self, place: int) -> str:
        """Return the word that begins at a place in the cheapest cutting from it."""
        return self.copy[place : self.first[place]] if place < len(self.copy) else ""


def _costs(copy: str, start: int) -> list[tuple[int, int]]:
    """Return the lengths of the words that begin at a place and what each costs."""
    if not HAN.match(copy[start]):
        return [(1, FOREIGN)]
    known = lexicon.entries()
    found = [(1, RARE - known[copy[start]][0] if copy[start] in known else UNKNOWN)]
    for length in range(2, min(LONGEST, len(copy) - start) + 1):
        entry = known.get(copy[start : start + length])
        if entry:
            found.append((length, RARE - entry[0]))
    return found


def sort(word: str) -> str:
    """Return the class of a word: that of the lexicon, or # for one that it does not know."""
    entry = lexicon.entries().get(word)
    return entry[1] if entry else "#"
