"""What the tagger sees of a stretch of text that might be a name."""

from collections.abc import Iterator
from itertools import groupby

from portal.text.anonymise import cuts, lexicon, sounds
from portal.text.anonymise.sides import Sides, strength
from portal.text.anonymise.stretches import NICK, SOUND, Candidate, Stretches, rank
from portal.text.anonymise.surnames import AMBIGUOUS, given_often, given_score

# Features of single words and characters; training leaves half of them out each time, so that
# the model does not lean on the few words of our sentences.
WORDY = frozenset("abABCDEFfgGH")


class Reader(Sides):
    """Reads one folded copy; what stands beside a place is worked out once."""

    def __init__(self, copy: str) -> None:
        super().__init__(copy)
        self._shapes = Stretches(self)
        self.stretches = list(self._shapes.find())

    def places(self) -> Iterator[list[Candidate]]:
        """Yield the stretches that begin at one place, place by place."""
        for _start, here in groupby(self.stretches, key=lambda one: one.start):
            yield list(here)

    def features(self, one: Candidate) -> list[str]:
        """Return what speaks for or against a stretch being a name."""
        return [*self.inside(one), *self.around(one)]

    def inside(self, one: Candidate) -> Iterator[str]:
        """Yield what a stretch itself says."""
        name = self.copy[one.start : one.end]
        family = one.family if one.family < NICK else 0
        given, length = name[family:], f"{len(name)}{one.family}"
        known = lexicon.words()
        common = known.get(name, 0)
        family_rank = rank(name, one.family)
        scores = [given_score(character) for character in given]
        often = [given_often(character) for character in given]
        yield f"n{length}"
        yield f"f{name[: family or 1]}{one.family}"
        yield f"r{family_rank}{int(name[0] in AMBIGUOUS)}{length}"
        level = _level(name[0]) // 2 if one.family in {1, NICK} else 0
        yield f"l{family_rank}{level}{length}"
        yield f"s{length}{min(scores)}"
        yield f"m{length}{sum(scores)}"
        yield f"o{length}{min(often)}"
        yield f"O{length}{sum(often)}"
        yield f"g{given}"
        yield f"G{given[0]}"
        yield f"H{given[-1]}"
        yield f"w{length}{_level(name)}{cuts.sort(name)}"
        yield f"ww{_level(name)}"
        words = self.cuts.inside(one.start, one.end)
        yield f"j{one.family}{''.join(f'{len(word)}{cuts.sort(word)}' for word in words)}"
        yield f"jj{one.family}{''.join(f'{len(word)}{_level(word) // 3}' for word in words)}"
        if one.family == SOUND:
            yield from _sounds(name)
        if len(name) == 3:
            yield f"p{known.get(name[:2], 0)}{max(-1, scores[-1])}"
            yield f"q{known.get(name[1:], 0)}"
        if len(name) == 4:
            yield f"p4{known.get(name[:2], 0) // 2}{known.get(name[2:], 0) // 2}"
        nobody = lexicon.nobody()
        if name in nobody:
            yield f"k{length}"
        if not nobody.isdisjoint((given[:2], given[:3], name[:2])):
            yield f"kk{length}"
        if common > 3:
            yield f"S{common // 2}{min(often) // 2}"

    def around(self, one: Candidate) -> Iterator[str]:
        """Yield what stands around a stretch says."""
        left, right = self.before(one.start), self.after(one.end)
        name = self.copy[one.start : one.end]
        length = f"{min(4, len(name))}{one.family}"
        strong = strength(name[one.family if one.family < NICK else 0 :])
        common = lexicon.words().get(name, 0)
        word = (common + 1) // 2
        gain = self._shapes.gain(one, name)
        sides = f"{left.kind}{left.sort}", f"{right.kind}{right.sort}"
        yield f"a{left.near}"
        yield f"b{right.near}"
        yield f"A{left.two}"
        yield f"B{right.two}"
        yield f"C{left.cue}"
        yield f"D{right.cue}"
        yield f"E{left.word}"
        yield f"F{right.word}"
        yield f"z{gain}{length}"
        yield f"Q{gain}{left.kind}"
        yield f"T{gain}{right.kind}"
        yield f"U{gain}{word}"
        yield f"V{left.torn}{right.torn}{length}"
        yield f"K{strong}{left.torn}{right.torn}"
        yield f"I{length}{strong}{left.kind}"
        yield f"J{length}{strong}{right.kind}"
        yield f"P{length}{right.strong}{right.torn}"
        yield f"M{length}{strong}{word}"
        yield f"N{left.kind}{left.torn}{right.kind}{right.torn}"
        yield f"L{sides[0]}{length}"
        yield f"R{sides[1]}{length}"
        yield f"h{left.sort}{left.beyond}{word and 1}"
        yield f"i{right.sort}{right.beyond}{word and 1}"
        yield f"X{left.kind}{right.kind}"
        yield f"x{sides[0]}{sides[1]}"
        yield f"Y{left.kind}{right.kind}{word}"
        yield f"Z{sides[1]}{word}{length}"
        yield f"W{sides[0]}{word}{length}"
        yield f"t{left.torn}{left.kind}"
        yield f"u{right.torn}{right.kind}"
        yield f"y{len(left.word)}{len(right.word)}{left.sort}{right.sort}"


def _sounds(name: str) -> Iterator[str]:
    """Say how much a name by sound sounds like one, and how much of it is of known parts."""
    heard = [sounds.sound(one) for one in name]
    yield f"Ya{min(6, len(name))}{round(sum(heard) / len(heard))}"
    yield f"Yb{max(-3, min(9, round(sum(heard) / 2)))}"
    yield f"Yc{round(min(heard))}"
    yield f"Yd{round(4 * sounds.known(name) / len(name))}"


def _level(word: str) -> int:
    return lexicon.entries().get(word, (0, ""))[0]
