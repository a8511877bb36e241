"""The stretches of a text that might be names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from portal.text.anonymise import cues, lexicon, sounds
from portal.text.anonymise.places import HAN
from portal.text.anonymise.sides import ROLES, TELLING, Sides
from portal.text.anonymise.surnames import COMPOUND, given_often, ranks

# No given name has such a character.
NEVER = frozenset(
    "某的了着吗呢吧啊们这那哪么谁嘛呀被不没很就都也还又再只仅该此其您把吃做例件款费税票账卡据个吨亩次份条块额岁"
    "俺咱恁侬户处员位号些什啥咋哦嗯喂届过去到说要让给"
)
# What somebody does, or how one is addressed, stands behind a name.
SPEAKING = frozenset({"act", "title", "open"})
BORDERS = frozenset({"stop", "mark", "digit"})
# What a name costs in bits, by its family name and by how often names have a character.
FAMILIES = (6, 9, 12, 12, 16)
GIVEN = 16
NO_FAMILY = 4
# What stands in the place of a family's length: one says how people are called, or a name by sound.
NICK, SOUND = 5, 6
CALLED_EACH, SOUNDING_EACH = 11, 8
# No name begins or ends so far inside a word; and no name that is no word costs so much more than words.
TORN = 10
DEAR = -2
NICK_FIRST = frozenset("老小阿大幺胖瘦黑光秃铁疯傻假歪烂")
NICK_LAST = frozenset(
    "哥姐叔婶嫂爷伯娘姨公婆总局工仔子头佬妹弟狗蛋娃毛皮嘴牙虎龙炮鬼精王霸仙麻瘸傻猴鼠猫鸡鱼刀疤眼腿脚手"
)


@dataclass(frozen=True)
class Candidate:
    """A stretch that begins with a family name of `family` characters; 0 for none."""

    start: int
    end: int
    family: int


def _in_names(character: str) -> bool:
    return character not in NEVER and HAN.match(character) is not None


class Stretches:
    """Finds the stretches of one folded copy, from what stands beside its places."""

    def __init__(self, sides: Sides) -> None:
        self.sides, self.copy, self.cuts = sides, sides.copy, sides.cuts
        self._run = _runs(sides.copy)

    def find(self) -> Iterator[Candidate]:
        """Yield every stretch that has the shape of a name."""
        copy, torn = self.copy, self.cuts.torn
        for start, character in enumerate(copy):
            left = torn(start)
            if left >= TORN or not HAN.match(character):
                continue
            done = set()
            for one in self._of_all_kinds(start, character):
                if one.end not in done and left + torn(one.end) < TORN and self._is_cheap(one):
                    done.add(one.end)
                    yield one

    def _of_all_kinds(self, start: int, character: str) -> Iterator[Candidate]:
        yield from self._with_family(start, character)
        for kind, end in (*self._nicknames(start, character), *self._sounding(start)):
            if all(map(_in_names, self.copy[start:end])):
                yield Candidate(start, end, kind)

    def _is_cheap(self, one: Candidate) -> bool:
        name = self.copy[one.start : one.end]
        return name in lexicon.words() or one.family == NICK or self.gain(one, name) > DEAR

    def _nicknames(self, start: int, character: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches that look like what people are called: 老皮, 发哥, 油耗子."""
        for end in range(start + 2, min(start + 3, len(self.copy)) + 1):
            if character in NICK_FIRST or self.copy[end - 1] in NICK_LAST:
                yield NICK, end

    def _sounding(self, start: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a run of sounds that could be a name: most of the run, or all."""
        begin, end = self._run[start]
        if start - begin < 3:
            for stop in range(max(start + 2, end - 2), min(end, start + 8) + 1):
                yield SOUND, stop

    def _with_family(self, start: int, character: str) -> Iterator[Candidate]:
        """Yield the stretches that begin with a family name, or stand where one needs none."""
        known = ranks()
        copy = self.copy
        if copy[start : start + 2] in COMPOUND:
            yield from self._of_lengths(start, int(character in known), (2,))
            yield from self._of_lengths(start, 2, (3, 4))
        elif character in known:
            yield from self._of_lengths(start, 1, (2, 3))
            double = copy[start + 1 : start + 2] in known
            yield from self._of_lengths(start, 1 + double, (4,))
        elif character in NEVER:
            return
        elif (
            copy[start - 1 : start] in _last_of_cues() and self.sides.before(start).kind in TELLING
        ):
            yield from self._of_lengths(start, 0, (2, 3))
        elif copy[start + 2 : start + 3] in _first_of_titles() and self._is_addressed(start + 2):
            yield from self._of_lengths(start, 0, (2,))

    def _of_lengths(self, start: int, family: int, lengths: tuple[int, ...]) -> Iterator[Candidate]:
        first, words = start + family, lexicon.nobody()
        begun = not words.isdisjoint((self.copy[first : first + 2], self.copy[first : first + 3]))
        for length in lengths:
            end = start + length
            if end > len(self.copy) or not all(map(_in_names, self.copy[first:end])):
                continue
            if (begun or self.copy[start:end] in words) and not self._is_told(start, end):
                continue
            yield Candidate(start, end, family)

    def _is_addressed(self, place: int) -> bool:
        """Tell whether two people or a 同志 are spoken of behind a place."""
        right = self.sides.after(place)
        return right.kind == "title" and len(right.cue) > 1

    def _is_told(self, start: int, end: int) -> bool:
        """Tell whether even a word of notices that is nobody's name might be a name here."""
        left = self.sides.before(start).kind
        if left in TELLING or left == "、":
            return True
        return left in BORDERS and self.sides.after(end).kind in SPEAKING | {"、", "mark", ":"}

    def gain(self, one: Candidate, name: str) -> int:
        """Return how much cheaper the sentence is when the stretch is a name, in steps of 4 bits."""
        if one.family >= NICK:
            each = CALLED_EACH if one.family == NICK else SOUNDING_EACH
            return max(-3, min(6, (self.cuts.spared(one.start, one.end) - each * len(name)) // 4))
        cost = FAMILIES[rank(name, one.family)] + sum(
            GIVEN - given_often(character) for character in name[one.family :]
        )
        return max(-3, min(6, (self.cuts.spared(one.start, one.end) - cost) // 4))


@cache
def _last_of_cues() -> frozenset[str]:
    """Return how the words end behind which a name may begin with any character."""
    cued = {word[-1] for word, kind in cues.classes_before().items() if kind in TELLING}
    return ROLES | cued | {":"}


@cache
def _first_of_titles() -> frozenset[str]:
    return frozenset(word[0] for word, kind in cues.classes_after().items() if kind == "title")


def _runs(copy: str) -> list[tuple[int, int]]:
    """Return for each place the run of characters of names by sound around it, or nothing."""
    runs = [(0, 0)] * len(copy)
    for match in sounds.RUN.finditer(copy):
        runs[match.start() : match.end()] = [match.span()] * len(match.group())
    return runs


def rank(name: str, family: int) -> int:
    """Return how common a family name is: 0 common … 2 rare, 3 compound, more for none."""
    if family == 1:
        return ranks()[name[0]]
    if family >= NICK:
        return family
    return 3 if family else NO_FAMILY
