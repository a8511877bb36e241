"""The masks of persons: one person, one mask within a text, and nothing that links two texts."""

import re
from collections import defaultdict
from collections.abc import Iterable

from portal.text.anonymise.finding import Hit
from portal.text.anonymise.folding import folded
from portal.text.anonymise.surnames import COMPOUND, family_length, ranks

STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
NOBODY = "某"
BARE = re.compile(r"[^㐀-鿿A-Za-z0-9]")
FAMILIAR = frozenset("老小大")
TITLE = re.compile(
    r"(?:副)?(?:书记|支书|主任|镇长|村长|局长|站长|所长|会计|主席|经理|医生|大夫|院长|校长|科长|队长"
    r"|组长|部长|乡长|县长|股长|委员|律师|法官|警官|干事|出纳|司机|教练|主管|秘书|老师|师傅|老板娘?)$"
)


class Persons:
    """Everybody whom one text names, in the order of the text."""

    def __init__(self, copy: str, hits: Iterable[Hit]) -> None:
        in_order = sorted(hits, key=lambda one: one.start)
        self._keys = {hit: _key(hit, copy) for hit in in_order}
        self._families: dict[str, list[str]] = defaultdict(list)
        for key in dict.fromkeys(self._keys.values()):
            if not _is_address(key):
                self._families[_family(key)].append(key)
        self._standing = _without(copy, in_order)

    def mask(self, hit: Hit) -> str:
        """Return what is written instead of a name."""
        key = self._keys[hit]
        family = _family(key)
        title = TITLE.search(key)
        if title and key[0] not in FAMILIAR and _is_address(key):
            return f"{NOBODY}{title.group()}"
        same = self._families[family]
        if key not in same:
            return f"{family}{NOBODY}"
        if family == NOBODY:
            return NOBODY * 2 + (_stem(same.index(key)) if len(same) > 1 else "")
        if len(same) > 1 or f"{family}{NOBODY}" in self._standing:
            return f"{family}{NOBODY}{_stem(same.index(key))}"
        return family + NOBODY * _hidden(key, family)


def _key(hit: Hit, copy: str) -> str:
    """Return what one person's name has in common however it is split or hidden."""
    return BARE.sub("", folded(hit.name) if hit.name else copy[hit.start : hit.end])


def _without(copy: str, hits: list[Hit]) -> str:
    parts, place = [], 0
    for hit in hits:
        parts.append(copy[place : hit.start])
        place = hit.end
    return " ".join([*parts, copy[place:]])


def _is_address(key: str) -> bool:
    """Tell whether only a family name is said: 老张, 李书记."""
    familiar = len(key) == 2 and key[0] in FAMILIAR
    return familiar or (family_length(key) > 0 and TITLE.search(key) is not None)


def _family(key: str) -> str:
    """Return what a mask keeps of a name; 某 when nothing may be kept."""
    if key[:1] in FAMILIAR and key[1:2] in ranks():
        return key[1:3] if key[1:3] in COMPOUND else key[1]
    if key[:1] == "阿" and len(key) == 2:
        return NOBODY
    length = family_length(key)
    if length:
        return key[:length]
    return NOBODY if key[:1].isascii() or len(key) < 3 else key[0]


def _hidden(key: str, family: str) -> int:
    if family in COMPOUND:
        return 2
    return 1 if key[0] in FAMILIAR else max(1, min(2, len(key) - len(family)))


def _stem(place: int) -> str:
    return STEMS[place % len(STEMS)] * (place // len(STEMS) + 1)
