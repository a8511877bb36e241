"""Invented names, places and units, and sentences filled with them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from portal.text.anonymise import lexicon
from portal.text.anonymise.cues import BEFORE
from portal.text.anonymise.surnames import ranks
from portal.text.anonymise.training.people import People, could_name, templates, words_of

SLOT = re.compile(r"\{(\w)\}")
PLACE_LETTERS = (
    "青柳石白清云南北东西新长双大金龙桥溪河岭山塘坪湖湾沙水竹松梅花岗坝林田沟寨洞井湘桃杨荷榆枫"
)
PIECES = (
    "{w}",
    "{W}",
    "{p}",
    "{k}",
    "{d}",
    "{P}",
    "{Q}",
    "，",
    "。",
    "、",
    "的",
    "了",
    "在",
    "和",
    "是",
    "把",
    "给",
    "说",
    "也",
    "就",
)
PIECE_WEIGHTS = (40, 8, 7, 4, 4, 9, 5, 8, 4, 3, 7, 4, 3, 3, 3, 1, 1, 1, 1, 1)
BODIES = [
    "民政办",
    "财政所",
    "司法所",
    "派出所",
    "卫生院",
    "农业农村局",
    "住建局",
    "教育局",
    "水利局",
    "交通运输局",
    "便民服务中心",
    "中心小学",
    "林业站",
    "自然资源局",
    "卫健局",
    "供销社",
    "党委",
    "村委会",
    "党支部",
    "信访办",
    "综合执法队",
    "社保所",
    "文化站",
]


@dataclass(frozen=True)
class Sentence:
    """A text and where its names stand."""

    text: str
    names: frozenset[tuple[int, int]]


class Inventor:
    """Invents from a source of chance; the same chance gives the same sentences."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = People(chance)
        self.plain, self.disorder = False, 0.6
        self._of_words()
        self.deeds = words_of("deeds.txt")
        self.posts, self.kin = BEFORE["post"].split(), BEFORE["kin"].split()
        self.spoken, self.official = templates("spoken.txt"), templates("official.txt")
        self.phrases = {line[0]: line[2:].split("|") for line in templates("openings.txt")}

    def _of_words(self) -> None:
        known = lexicon.words()
        self.words = [word for word, common in known.items() if common >= 2]
        self.frequent = list(accumulate(1.6 ** known[word] for word in self.words))
        could_be = [word for word in self.words if word[0] in ranks() and len(word) < 4]
        self.could_be = [word for word in could_be if not could_name(word) or known[word] > 8]
        levels = lexicon.entries()
        self.frequent_could_be = list(accumulate(1.8 ** levels[word][0] for word in self.could_be))
        self.nobody = sorted(lexicon.nobody())
        self.sorted = {
            slot: _of_sort(sorts, least)
            for slot, (sorts, least) in {
                "v": ("v", 4),
                "N": ("nz", 4),
                "a": ("a", 3),
                "A": ("d", 4),
                "i": ("i", 1),
            }.items()
        }

    def _word(self, words: list[str], weights: list[float]) -> str:
        return self.chance.choices(words, cum_weights=weights)[0]

    def place(self) -> str:
        """Invent the proper name of a place."""
        return "".join(self.chance.choices(PLACE_LETTERS, k=2))

    def fill(self, template: str, *, named: bool = True) -> Sentence:
        """Fill the slots of a template; one letter of P Q R S is one name throughout.

        Not `named`, ordinary words stand in the places of persons, so that a place alone is no proof.
        """
        people: dict[str, str] = {}
        parts: list[str] = []
        names: set[tuple[int, int]] = set()
        length = 0
        # Among words in no order, nothing but itself tells a name.
        self.plain = "{w}" in template or self.chance.random() < self.disorder * ("{v}" in template)
        for place, part in enumerate(SLOT.split(self._opened(template))):
            piece = self._piece(part, people, named=named) if place % 2 else part
            if named and place % 2 and part in "PQRS":
                names.add((length, length + len(piece)))
            parts.append(piece)
            length += len(piece)
        return Sentence("".join(parts), frozenset(names))

    def _opened(self, template: str) -> str:
        """Put phrases, which have slots themselves, in the places for them."""
        return re.sub(r"\{([xX])\}", self._phrase, template)

    def _phrase(self, slot: re.Match[str]) -> str:
        phrase = self.chance.choice(self.spoken if slot[1] == "x" else self.official)
        if slot[1] == "X" and self.chance.random() < 0.2:
            return "{d}"
        return phrase

    def _piece(self, slot: str, people: dict[str, str], *, named: bool) -> str:
        if slot in "PQRS":
            if slot not in people:
                people[slot] = (
                    self.people.another(people, plain=self.plain) if named else self._nobody()
                )
            return people[slot]
        if slot in self.sorted:
            words, weights = self.sorted[slot]
            return self._word(words, weights)
        if slot in self.phrases:
            return self.fill(self.chance.choice(self.phrases[slot])).text
        number = str(self.chance.randint(1, 90000))
        return {
            "p": lambda: self.chance.choice(self.posts),
            "k": lambda: self.chance.choice(self.kin),
            "d": lambda: self.chance.choice(self.deeds),
            "w": lambda: self._word(self.words, self.frequent),
            "W": lambda: self.chance.choice(
                (
                    self._word(self.could_be, self.frequent_could_be),
                    self.chance.choice(self.nobody),
                )
            ),
            "n": lambda: number,
            "y": lambda: str(self.chance.randint(2008, 2025)),
            "m": lambda: str(self.chance.randint(1, 12)),
            "T": lambda: self.place() + self.chance.choice("镇乡"),
            "V": lambda: self.place() + "村",
            "U": lambda: (
                self.place()
                + self.chance.choice(("县", "镇", "乡", "村", "市"))
                + self.chance.choice(BODIES)
            ),
        }[slot]()

    def _nobody(self) -> str:
        draw = self.chance.random()
        if draw < 0.35:
            return self.chance.choice(self.phrases["s"])
        if draw < 0.5:
            return self.chance.choice(self.nobody)
        words, weights = self.sorted["N"]
        return next(
            word
            for word in iter(lambda: self._word(words, weights), "")
            if word[0] not in ranks() or not could_name(word)
        )


def _of_sort(sorts: str, least: int) -> tuple[list[str], list[float]]:
    """Return the words of classes that are common enough, and how often each is to be drawn."""
    found = [
        (word, level)
        for word, (level, sort) in lexicon.entries().items()
        if sort in sorts and level >= least and (len(word) > 1 or (sort in "vd" and level > 9))
    ]
    # Idioms teach how characters stand together, so each counts as much as the next.
    weight = 1.0 if sorts == "i" else 1.5
    return [word for word, _level in found], list(
        accumulate(weight**level for _word, level in found)
    )


def sentences(chance: random.Random, count: int) -> Iterator[Sentence]:
    """Yield invented sentences: two in three with names."""
    inventor = Inventor(chance)
    named = [templates("sentences.txt"), templates("frames.txt"), templates("frames.txt")]
    plain = [templates(name) for name in ("plain.txt", "plain_more.txt", "plain_quotes.txt")]
    for _ in range(count):
        draw = chance.random()
        if draw < 0.1:
            yield inventor.fill(jumble(chance))
            continue
        lists = named if draw < 0.68 else plain
        wanted = [chance.choice(chance.choice(lists)) for _ in range(chance.choice((1, 1, 2, 3)))]
        yield inventor.fill("".join(wanted), named=draw < 0.57)


def jumble(chance: random.Random) -> str:
    """Return a template of names among words in no order, so that names are known by themselves."""
    return "".join(chance.choices(PIECES, PIECE_WEIGHTS, k=chance.randint(4, 12)))
