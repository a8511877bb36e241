"""Invented names, places and units, and sentences filled with them."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from portal.text.anonymise import lexicon
from portal.text.anonymise.cues import BEFORE
from portal.text.anonymise.surnames import (
    COMMON,
    COMPOUND,
    FAIR,
    RARE,
    given_often,
    given_score,
    given_scores,
    ranks,
)

HERE = Path(__file__).parent
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
        scored = [(one, *scores) for one, scores in given_scores().items() if scores[1] > 0]
        self.given = [one for one, _ratio, _often in scored]
        # Half by how a character differs from words, half by how often names have it.
        self.given_weights = list(
            accumulate(1.8**ratio * 1.7**often for _one, ratio, often in scored)
        )
        self.often = list(accumulate(2.0**often for _one, _ratio, often in scored))
        self.deeds = _words("deeds.txt")
        known = lexicon.words()
        self.word_names = [word for word in _words("word_names.txt") if _could_name(word)]
        self.words = [word for word, common in known.items() if common >= 2]
        self.frequent = list(accumulate(1.6 ** known[word] for word in self.words))
        self.could_be = [word for word in self.words if word[0] in ranks() and len(word) < 4]
        self.frequent_could_be = list(accumulate(1.6 ** known[word] for word in self.could_be))
        self.seldom_words = [word for word in self.could_be if _could_name(word)]
        self.pairs = [
            word for word in self.words if len(word) == 2 and min(map(given_score, word)) >= -2
        ]
        self.posts, self.kin = BEFORE["post"].split(), BEFORE["kin"].split()

    def name(self) -> str:
        """Invent a name; one in four is an ordinary word."""
        draw = self.chance.random()
        if draw < 0.2:
            return self.chance.choice(self.word_names)
        if draw < 0.25:
            return self.chance.choice(self.seldom_words)
        family = self._family()
        if draw < 0.35:
            return family + self.chance.choice(self.pairs)
        length = 1 if self.chance.random() < 0.35 else 2
        weights = self.chance.choice((self.given_weights, self.often))
        given = "".join(self.chance.choices(self.given, cum_weights=weights, k=length))
        if length == 2 and self.chance.random() < 0.03:
            given = given[0] * 2
        return family + given

    def _another(self, people: dict[str, str]) -> str:
        """Invent a name, sometimes that of a brother: 郑大海, 郑小海, or 晏小春, 晏小秋."""
        name = self.name()
        first = next(iter(people.values()), "")
        if len(first) == 3 and len(name) == 3 and self.chance.random() < 0.15:
            return self.chance.choice((first[:2] + name[2], first[0] + name[1] + first[2]))
        return name

    def _family(self) -> str:
        draw = self.chance.random()
        if draw < 0.6:
            return self.chance.choice(COMMON)
        if draw < 0.88:
            return self.chance.choice(FAIR)
        if draw < 0.93:
            return self.chance.choice(RARE)
        if draw < 0.98:
            return self.chance.choice(sorted(COMPOUND))
        return self.chance.choice(COMMON) + self.chance.choice(COMMON)

    def _word(self, words: list[str], weights: list[float]) -> str:
        return self.chance.choices(words, cum_weights=weights)[0]

    def place(self) -> str:
        """Invent the proper name of a place."""
        return "".join(self.chance.choices(PLACE_LETTERS, k=2))

    def fill(self, template: str) -> Sentence:
        """Fill the slots of a template; one letter of P Q R S is one name throughout."""
        people: dict[str, str] = {}
        parts: list[str] = []
        names: set[tuple[int, int]] = set()
        length = 0
        for place, part in enumerate(SLOT.split(template)):
            piece = self._piece(part, people) if place % 2 else part
            if place % 2 and part in "PQRS":
                names.add((length, length + len(piece)))
            parts.append(piece)
            length += len(piece)
        return Sentence("".join(parts), frozenset(names))

    def _piece(self, slot: str, people: dict[str, str]) -> str:
        if slot in "PQRS":
            if slot not in people:
                people[slot] = self._another(people)
            return people[slot]
        number = str(self.chance.randint(1, 90000))
        return {
            "p": lambda: self.chance.choice(self.posts),
            "k": lambda: self.chance.choice(self.kin),
            "d": lambda: self.chance.choice(self.deeds),
            "w": lambda: self._word(self.words, self.frequent),
            "W": lambda: self.chance.choice(
                (
                    self._word(self.could_be, self.frequent_could_be),
                    self.chance.choice(self.word_names),
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


def _could_name(word: str) -> bool:
    """Tell whether parents would take a word for a name: 高峰, not 单位."""
    return all(given_often(one) >= 5 for one in word[1:])


def templates(name: str) -> list[str]:
    """Return the lines of a file of templates."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _words(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").split()


def sentences(chance: random.Random, count: int) -> Iterator[Sentence]:
    """Yield invented sentences: two in three with names."""
    inventor = Inventor(chance)
    named, plain = templates("sentences.txt"), templates("plain.txt")
    for _ in range(count):
        lists = chance.choice((named, plain, None))
        wanted = chance.choices(lists, k=chance.choice((1, 1, 2))) if lists else [jumble(chance)]
        yield inventor.fill("".join(wanted))


def jumble(chance: random.Random) -> str:
    """Return a template of names among words in no order, so that names are known by themselves."""
    return "".join(chance.choices(PIECES, PIECE_WEIGHTS, k=chance.randint(4, 12)))
