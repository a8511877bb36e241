"""What the tagger sees of a stretch of text that might be a Han name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.places import HAN
from portal.text.anonymise.surnames import AMBIGUOUS, COMPOUND, given_often, given_score, ranks

EDGE = "^"
# Words that end like this are often what somebody is: 药商, 抄表员, 户籍民警.
ROLES = frozenset("员长人师商主工民手户夫者生导家警贩妻父母子女弟兄哥姐妹婿媳舅叔伯姑姨友官吏匠医")
# No given name has such a character.
NEVER = frozenset(
    "某的了着吗呢吧啊们这那哪么谁嘛呀被不没很就都也还又再只仅该此其您把吃做例件款费税票账卡据个吨亩次份条块额岁"
    "户处员位号些什啥咋哦嗯喂届过去到能说要让给会"
)


@dataclass(frozen=True)
class Candidate:
    """A stretch that begins with a family name of `family` characters."""

    start: int
    end: int
    family: int


def candidates(copy: str) -> Iterator[Candidate]:
    """Yield every stretch of a folded copy that has the shape of a name."""
    known = ranks()
    for start, character in enumerate(copy):
        if character in known:
            yield from _of_lengths(copy, start, 1, (2, 3))
            if copy[start + 1 : start + 2] in known:
                yield from _of_lengths(copy, start, 2, (4,))
        if copy[start : start + 2] in COMPOUND:
            yield from _of_lengths(copy, start, 2, (3, 4))


def _of_lengths(
    copy: str, start: int, family: int, lengths: tuple[int, ...]
) -> Iterator[Candidate]:
    words, first = lexicon.nobody(), start + family
    if not words.isdisjoint((copy[first : first + 2], copy[first : first + 3])):
        return
    for length in lengths:
        if copy[start : start + length] in words or start + length > len(copy):
            continue
        if all(map(_in_names, copy[first : start + length])):
            yield Candidate(start, start + length, family)


def _in_names(character: str) -> bool:
    return HAN.match(character) is not None and character not in NEVER


# Features of single words and characters; training leaves half of them out each time, so that
# the model does not lean on the few words of our sentences.
WORDY = frozenset("abABCDEFfgGH")


@dataclass(frozen=True)
class Side:
    """What stands on one side of a stretch: nearest character, two of them, cue, class, word."""

    near: str
    two: str
    cue: str
    kind: str
    word: str
    torn: int


class Reader:
    """Reads one folded copy; what stands beside a place is worked out once."""

    def __init__(self, copy: str) -> None:
        self.copy = copy
        self.stretches = list(candidates(copy))
        self._counts = Counter(copy[one.start : one.end] for one in self.stretches)
        self._before: dict[int, Side] = {}
        self._after: dict[int, Side] = {}

    def places(self) -> Iterator[list[Candidate]]:
        """Yield the stretches that begin at one place, place by place."""
        for _start, here in groupby(self.stretches, key=lambda one: one.start):
            yield list(here)

    def features(self, one: Candidate) -> list[str]:
        """Return what speaks for or against a stretch being a name."""
        return [*self._inside(one), *self._around(one)]

    def before(self, place: int) -> Side:
        """Return what stands before a place."""
        if place not in self._before:
            near = self.copy[place - 1] if place else EDGE
            cue, kind = cues.left(self.copy, place)
            word = lexicon.ending_at(self.copy, place)
            kind = _role(kind or _shape(near), word)
            two = self.copy[max(0, place - 2) : place]
            torn = lexicon.across(self.copy, place)
            self._before[place] = Side(near, two, cue, kind, word, torn)
        return self._before[place]

    def after(self, place: int) -> Side:
        """Return what stands after a place."""
        if place not in self._after:
            near = self.copy[place] if place < len(self.copy) else EDGE
            cue, kind = cues.right(self.copy, place)
            word = lexicon.beginning_at(self.copy, place)
            two = self.copy[place : place + 2]
            torn = lexicon.across(self.copy, place)
            self._after[place] = Side(near, two, cue, kind or _shape(near), word, torn)
        return self._after[place]

    def _inside(self, one: Candidate) -> Iterator[str]:
        name = self.copy[one.start : one.end]
        given, length = name[one.family :], len(name)
        known = lexicon.words()
        common = known.get(name, 0)
        rank = 3 if one.family == 2 else ranks()[name[0]]
        scores = [given_score(character) for character in given]
        often = [given_often(character) for character in given]
        yield f"n{length}{one.family}"
        yield f"f{name[: one.family]}"
        yield f"r{rank}{int(name[0] in AMBIGUOUS)}{length}"
        yield f"s{length}{min(scores)}"
        yield f"m{length}{sum(scores)}"
        yield f"o{length}{min(often)}"
        yield f"O{length}{sum(often)}"
        yield f"g{given}"
        yield f"G{given[0]}"
        yield f"H{given[-1]}"
        yield f"w{length}{common}"
        if len(given) == 2 and one.family == 1:
            yield f"p{known.get(name[:2], 0)}{max(-1, scores[1])}"
            yield f"q{known.get(given, 0)}"
        if common > 3:
            yield f"S{common // 2}{min(often) // 2}"
        yield from self._counted(one, common)

    def _counted(self, one: Candidate, common: int) -> Iterator[str]:
        length = one.end - one.start
        times = self._counts[self.copy[one.start : one.end]]
        longer = self._counts.get(self.copy[one.start : one.end + 1], 0)
        more = int(strength(self.copy[one.end : one.end + 1]) > 2)
        yield f"c{min(4, times)}{int(common > 0)}{more}{length}"
        yield f"d{length}{min(3, times)}{min(3, longer)}"

    def _around(self, one: Candidate) -> Iterator[str]:
        left, right = self.before(one.start), self.after(one.end)
        length = one.end - one.start
        strong = strength(self.copy[one.start + one.family : one.end])
        word = lexicon.words().get(self.copy[one.start : one.end], 0) // 2
        yield f"a{left.near}"
        yield f"b{right.near}"
        yield f"A{left.two}"
        yield f"B{right.two}"
        yield f"I{length}{strong}{left.kind}"
        yield f"J{length}{strong}{right.kind}"
        yield f"P{length}{strength(right.near)}{min(4, right.torn)}"
        yield f"K{length}{strong}{min(2, left.torn // 3)}{min(2, right.torn // 3)}"
        yield f"M{length}{strong}{word}"
        yield f"N{left.kind}{min(3, left.torn // 2)}{right.kind}{min(3, right.torn // 2)}"
        yield f"L{left.kind}{length}"
        yield f"R{right.kind}{length}"
        yield f"X{left.kind}{right.kind}"
        yield f"Y{left.kind}{right.kind}{word}"
        yield f"Z{right.kind}{word}{length}"
        yield f"W{left.kind}{word}{length}"
        yield f"C{left.cue}"
        yield f"D{right.cue}"
        yield f"E{left.word}"
        yield f"F{right.word}"
        yield f"t{left.torn}{left.kind[:1]}"
        yield f"u{right.torn}{right.kind[:1]}"
        yield f"v{max(left.torn, right.torn)}"
        yield f"y{len(left.word)}{len(right.word)}"


def _role(kind: str, word: str) -> str:
    if kind == "han" and word[-1:] in ROLES:
        return "role" if len(word) > 1 else "rolelet"
    return kind


def strength(given: str) -> int:
    """Return how much a given name looks like one: 0 … 6, whatever its length."""
    scores = [given_score(one) + given_often(one) / 2 for one in given]
    return max(0, min(6, round(sum(scores) / max(1, len(scores))) + 1))


def _shape(character: str) -> str:
    if character in "，。；！？\n" + EDGE:
        return "stop"
    if character in "、：:":
        return character
    if HAN.match(character):
        return "han"
    return "digit" if character.isalnum() else "mark"
