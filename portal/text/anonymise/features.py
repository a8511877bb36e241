"""What the tagger sees of a stretch of text that might be a Han name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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
    for length in lengths:
        given = copy[start + family : start + length]
        if copy[start : start + length] in lexicon.nobody():
            continue
        if start + length <= len(copy) and all(map(_in_names, given)):
            yield Candidate(start, start + length, family)


def _in_names(character: str) -> bool:
    return HAN.match(character) is not None and character not in NEVER


def counted(copy: str, all_of: list[Candidate]) -> Counter[str]:
    """Return how often each stretch occurs."""
    return Counter(copy[one.start : one.end] for one in all_of)


# Features of single words and characters; training leaves half of them out each time, so that
# the model does not lean on the few words of our sentences.
WORDY = frozenset("abABCDEFfgGH")


def features(copy: str, one: Candidate, counts: Counter[str]) -> list[str]:
    """Return what speaks for or against a stretch being a name."""
    return [*_inside(copy, one, counts), *_around(copy, one)]


def _inside(copy: str, one: Candidate, counts: Counter[str]) -> Iterator[str]:
    name = copy[one.start : one.end]
    given = name[one.family :]
    length = len(name)
    known = lexicon.words()
    rank = 3 if one.family == 2 else ranks()[name[0]]
    doubt = int(name[0] in AMBIGUOUS)
    scores = [given_score(character) for character in given]
    yield f"n{length}{one.family}"
    yield f"f{name[: one.family]}"
    yield f"r{rank}{doubt}{length}"
    yield f"s{length}{min(scores)}"
    yield f"m{length}{sum(scores)}"
    often = [given_often(character) for character in given]
    yield f"o{length}{min(often)}"
    yield f"O{length}{sum(often)}"
    yield f"g{given}"
    yield f"G{given[0]}"
    yield f"H{given[-1]}"
    yield f"w{length}{min(9, known.get(name, 0))}"
    if len(given) == 2 and one.family == 1:
        yield f"p{min(9, known.get(name[:2], 0))}{max(-1, scores[1])}"
        yield f"q{min(9, known.get(name[1:], 0))}"
    if known.get(name, 0) > 3:
        yield f"S{known[name] // 2}{min(often) // 2}"
    more = int(strength(copy[one.end : one.end + 1]) > 2)
    yield f"c{min(4, counts[name])}{int(known.get(name, 0) > 0)}{more}{length}"
    longer = counts.get(copy[one.start : one.end + 1], 0)
    yield f"d{length}{min(3, counts[name])}{min(3, longer)}"


def _around(copy: str, one: Candidate) -> Iterator[str]:
    start, end = one.start, one.end
    before = copy[start - 1] if start else EDGE
    after = copy[end] if end < len(copy) else EDGE
    cue, kind = cues.left(copy, start)
    said, sort = cues.right(copy, end)
    kind = kind or _shape(before)
    sort = sort or _shape(after)
    left, right = lexicon.ending_at(copy, start), lexicon.beginning_at(copy, end)
    torn_left, torn_right = lexicon.across(copy, start), lexicon.across(copy, end)
    word = lexicon.words().get(copy[start:end], 0) // 2
    yield f"a{before}"
    yield f"b{after}"
    yield f"A{copy[max(0, start - 2) : start]}"
    yield f"B{copy[end : end + 2]}"
    if kind == "han" and left[-1:] in ROLES:
        kind = "role" if len(left) > 1 else "rolelet"
    strong = strength(copy[start + one.family : end])
    length = end - start
    yield f"I{length}{strong}{kind}"
    yield f"J{length}{strong}{sort}"
    yield f"P{length}{strength(after)}{min(4, torn_right)}"
    yield f"K{length}{strong}{min(2, torn_left // 3)}{min(2, torn_right // 3)}"
    yield f"M{length}{strong}{word}"
    yield f"N{kind}{min(3, torn_left // 2)}{sort}{min(3, torn_right // 2)}"
    yield f"L{kind}{end - start}"
    yield f"R{sort}{end - start}"
    yield f"X{kind}{sort}"
    yield f"Y{kind}{sort}{word}"
    yield f"Z{sort}{word}{end - start}"
    yield f"W{kind}{word}{end - start}"
    yield f"C{cue}"
    yield f"D{said}"
    yield f"E{left}"
    yield f"F{right}"
    yield f"t{torn_left}{kind[:1]}"
    yield f"u{torn_right}{sort[:1]}"
    yield f"v{max(torn_left, torn_right)}"
    yield f"y{len(left)}{len(right)}"


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
