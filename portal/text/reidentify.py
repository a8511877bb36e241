"""How many people a description may mean: unit and post, post and month, and what nobody else has.

No name need stand in a text to tell who somebody is. Where the staff's list of units knows a post,
its number counts; elsewhere the numbers are rough on purpose: what matters is whether they lie
below K. A warning says what points to somebody, and what is coarser.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.text.unit_list import SOME, UnitList

K = 5
# How many people of a unit usually have a post; what is not listed counts as many.
POSTS = (
    (re.compile(r"副(?:书记|主任|局长|镇长|乡长|院长|校长|站长|所长|主席|县长|科长)"), 3),
    (
        re.compile(
            r"书记|主任|局长|镇长|乡长|村长|院长|校长|站长|所长|主席|县长|科长|会计|出纳|园长"
        ),
        1,
    ),
    (re.compile(r"委员|副职|班子成员"), 5),
)
MANY = 30
# How many units of a county a coarse word stands for.
UNITS = (
    (re.compile(r"某(?:村|社区|居)"), 100),
    (re.compile(r"某(?:镇|乡|街道|校|学校|小学|中学|公司|企业|卫生院|站|所)"), 12),
    (re.compile(r"某(?:局|单位|委|办|中心|医院|银行)"), 20),
)
MONTH = re.compile(r"[0-9]{4}年[0-9]{1,2}月|[0-9]{4}-[0-9]{2}")
DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}-[0-9]{2}-[0-9]{2}")
EXACT = re.compile(
    r"[0-9][0-9,]*\.[0-9]{2,}\s*万?元|[1-9][0-9]*[1-9][0-9]{2}元|[0-9]{1,3}(?:,[0-9]{3})+元"
)
AGE = re.compile(
    r"[0-9]{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁|(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:出?生)"
)
SEX = re.compile(r"(?<![一-鿿])[男女](?=[，,、（(])|女(?:干部|书记|主任|会计|党员)")
UNUSUAL = re.compile(
    r"首例|唯一(?:一名|的)?|全[县市省国](?:首|第一|最)|第一[位个名]|最年轻|双胞胎|劳模|残疾|少数民族|博士|归国|独生"
)


NOBODY = UnitList()


@dataclass(frozen=True)
class Described:
    """What a case says of somebody: unit, post, and when something happened."""

    where: str
    unit: str
    post: str
    when: str


@dataclass(frozen=True)
class Pointer:
    """What points to somebody: `where`, the words, about how many they fit, and what is coarser."""

    where: str
    kind: str
    text: str
    people: int
    coarser: str


def warnings(
    cases: Iterable[Described], texts: Iterable[tuple[str, str]], units: UnitList = NOBODY
) -> list[Pointer]:
    """Return what in cases and texts points to fewer than K people, each way of putting it once.

    :param units: the staff's list, which knows better how many people have a post
    """
    found = [one for case in cases for one in _of_case(case, units)]
    for where, text in texts:
        found += [*_of_text(where, text), *_listed(where, text, units)]
    return list({(one.kind, one.text): one for one in reversed(found)}.values())[::-1]


def fits(unit: str, post: str, units: UnitList = NOBODY) -> int:
    """Return about how many people have this post in units that are told like this."""
    listed = units.holders(unit, post)
    return _units(unit) * _holders(post) if listed is None else listed


def _of_case(case: Described, units: UnitList) -> Iterator[Pointer]:
    people, said = fits(case.unit, case.post, units), f"{case.unit}{case.post}"
    if case.post and case.unit and people < K:
        kind = "unique-post" if SOME in case.unit else "unit-post"
        yield Pointer(case.where, kind, said, people, _coarser(case.unit, case.post, units))
    elif case.post and MONTH.search(case.when) and people // 12 < K:
        year = case.when[:4] + "年"
        yield Pointer(case.where, "post-month", f"{case.post}，{case.when}", people // 12, year)


def _listed(where: str, text: str, units: UnitList) -> Iterator[Pointer]:
    """Yield what the list of units tells about a text, paragraph by paragraph."""
    for line in text.splitlines():
        month = MONTH.search(line)
        for one in units.in_text(line):
            if one.people < K and one.unit is not None:
                coarser = _coarser(one.unit.name, one.post, units)
                yield Pointer(where, "unit-post", one.said, one.people, coarser)
            elif one.people < K:
                coarser = _workers(units.places_of(one.post)[0].name)
                yield Pointer(where, "unique-post", one.said, one.people, coarser)
            elif month and one.people // 12 < K:
                said, year = f"{one.said}，{month.group()}", month.group()[:4] + "年"
                yield Pointer(where, "post-month", said, one.people // 12, year)


def _coarser(unit: str, post: str, units: UnitList) -> str:
    """Return a coarser word for a unit; where it still means too few, whoever works there."""
    coarse = _coarser_unit(unit)
    return coarse if fits(coarse, post, units) >= K else _workers(unit)


def _workers(unit: str) -> str:
    coarse = _coarser_unit(unit)
    return coarse + ("干部" if coarse.endswith(("村", "镇", "乡", "社区")) else "工作人员")


def _of_text(where: str, text: str) -> Iterator[Pointer]:
    for kind, pattern, coarser in (
        ("day", DAY, "只写年份或者月份"),
        ("amount", EXACT, "写成“3万余元”"),
        ("age", AGE, "不写年龄"),
        ("sex", SEX, "不写性别"),
        ("unusual", UNUSUAL, "去掉，或者换成一般的说法"),
    ):
        for match in pattern.finditer(text):
            yield Pointer(where, kind, match.group(), 1, coarser)


def _units(unit: str) -> int:
    return next((many for pattern, many in UNITS if pattern.search(unit)), 1)


def _holders(post: str) -> int:
    return next((many for pattern, many in POSTS if pattern.search(post)), MANY)


def _coarser_unit(unit: str) -> str:
    end = re.search(
        r"(镇|乡|村|社区|局|学校|小学|中学|公司|医院|银行|站|所|委|办)[^镇乡村局]*$", unit
    )
    return f"某{end[1]}" if end else "某单位"
