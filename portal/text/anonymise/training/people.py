"""Invented names: as parents gave them, as neighbours call people, by sound, and words as names."""

import random
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from portal.text.anonymise import lexicon
from portal.text.anonymise.sounds import PARTS
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
# Up to here names are words.
WORDS = 0.24


class People:
    """Invents names from a source of chance; the same chance gives the same names."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._as_given()
        self._as_called()
        self._as_words()

    def _as_given(self) -> None:
        scored = [(one, *scores) for one, scores in given_scores().items() if scores[1] > 0]
        self.given = [one for one, _ratio, _often in scored]
        # Half by how a character differs from words, half by how often names have it.
        self.given_weights = list(
            accumulate(1.8**ratio * 1.7**often for _one, ratio, often in scored)
        )
        self.often = list(accumulate(2.0**often for _one, _ratio, often in scored))
        self.lived = [
            one for line in templates("given_names.txt") for one in line.split() if len(one) < 3
        ]

    def _as_called(self) -> None:
        called = dict(line.split(" ", 1) for line in templates("called.txt"))
        self.crafts, self.hails = called["crafts"].split(), called["hails"].split()
        self.fellows, self.looks = called["fellows"].split(), called["looks"].split()
        self.seconds = called["seconds"].split()
        self.parts = sorted(PARTS)
        self.letters = sorted("".join(self.parts))

    def _as_words(self) -> None:
        known = lexicon.words()
        words = [word for word, common in known.items() if common >= 2]
        self.word_names = [word for word in words_of("word_names.txt") if could_name(word)]
        could_be = [word for word in words if word[0] in ranks() and len(word) < 4]
        self.seldom_words = [word for word in could_be if could_name(word)]
        self.any_words = [word for word in could_be if len(word) == 2 and known[word] > 3]
        self.pairs = [
            word for word in words if len(word) == 2 and min(map(given_score, word)) >= -2
        ]

    def name(self, *, plain: bool = False) -> str:
        """Invent a name; one in five is an ordinary word, unless the name must be plain."""
        draw = self.chance.uniform(WORDS if plain else 0, 1)
        return next(kind for share, kind in self._kinds() if draw < share)()

    def _kinds(self) -> tuple[tuple[float, Callable[[], str]], ...]:
        """Return how to invent a name of each kind, and up to which share of all names it goes."""
        choose = self.chance.choice
        return (
            (0.12, lambda: choose(self.word_names)),
            # Half of them as parents choose, half as chance would.
            (0.22, lambda: choose(choose((self.seldom_words, self.any_words)))),
            # Of a people without family names, or a family name that no list has.
            (WORDS, lambda: choose((choose(self.pairs), self._given(2)))),
            (0.33, self._nickname),
            (0.38, self._by_sound),
            (0.43, lambda: self._family() + choose(self.pairs)),
            (0.45, self._long),
            (0.72, lambda: self._family() + choose(self.lived)),
            (2, lambda: self._family() + self._given(1 if self.chance.random() < 0.4 else 2)),
        )

    def _long(self) -> str:
        """Invent a name of four characters; with a family name of two, the given name has two."""
        family = self._family()
        if len(family) == 1:
            return family + self._given(1) + self.chance.choice(self.pairs)
        return family + self.chance.choice(self.lived)

    def _nickname(self) -> str:
        """Invent what somebody is called: 老皮, 周麻子, 发哥, 油耗子."""
        choose = self.chance.choice
        family, given = (
            choose((COMMON, COMMON, FAIR)),
            self.chance.choices(self.given, cum_weights=self.often),
        )
        one = choose(family)
        return choose(
            (
                lambda: choose("老老老小小小小阿大") + one,
                lambda: choose("小小阿大老") + given[0],
                lambda: one + choose(self.crafts),
                lambda: one + choose(self.hails),
                lambda: given[0] + choose(self.hails),
                lambda: choose(self.fellows),
                lambda: choose("大二三四五六小老") + choose(self.seconds),
                lambda: choose(self.looks) + choose((one, choose(self.seconds))),
            )
        )()

    def _by_sound(self) -> str:
        """Invent a name by sound, of parts that are known or of their characters."""
        if self.chance.random() < 0.6:
            return "".join(self.chance.choices(self.parts, k=self.chance.choice((1, 2, 2))))
        return "".join(self.chance.choices(self.letters, k=self.chance.choice((2, 3, 3, 4, 4, 5))))

    def _given(self, length: int) -> str:
        weights = self.chance.choice((self.given_weights, self.often))
        given = "".join(self.chance.choices(self.given, cum_weights=weights, k=length))
        doubled = length == 2 and self.chance.random() < 0.03
        return given[0] * 2 if doubled else given

    def another(self, people: dict[str, str], *, plain: bool) -> str:
        """Invent a name, sometimes that of a brother: 郑大海, 郑小海, or 晏小春, 晏小秋."""
        name = self.name(plain=plain)
        first = next(iter(people.values()), "")
        if len(first) == 3 and len(name) == 3 and self.chance.random() < 0.15:
            return self.chance.choice((first[:2] + name[2], first[0] + name[1] + first[2]))
        return name

    def _family(self) -> str:
        draw = self.chance.random()
        if draw < 0.55:
            return self.chance.choice(COMMON)
        if draw < 0.86:
            return self.chance.choice(FAIR)
        if draw < 0.92:
            return self.chance.choice(RARE)
        if draw < 0.98:
            return self.chance.choice(sorted(COMPOUND))
        return self.chance.choice(COMMON) + self.chance.choice(COMMON)


def could_name(word: str) -> bool:
    """Tell whether parents would take a word for a name: 高峰, not 单位."""
    return all(given_often(one) >= 5 for one in word[1:])


def templates(name: str) -> list[str]:
    """Return the lines of a file of templates."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def words_of(name: str) -> list[str]:
    """Return the words of a file."""
    return (HERE / name).read_text(encoding="utf-8").split()
