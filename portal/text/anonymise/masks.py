"""What is written instead: the house style of masks.

张三 becomes 张某, 李四光 李某某, several of one family name 张某甲 and 张某乙; names by sound keep
their first character; a unit becomes 某镇 or 某局, an address its county, a day of birth its year;
numbers go without a trace. Nothing depends on other texts, so masks link no two notices.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from portal.text.anonymise import places
from portal.text.anonymise.finding import Finding, Hit, Kind
from portal.text.anonymise.folding import folded
from portal.text.anonymise.surnames import COMPOUND, family_length, ranks
from portal.text.anonymise.units import COUNTY, PLACE

STEMS = "甲乙丙丁戊己庚辛壬癸"
BARE = re.compile(r"[^一-鿿A-Za-z0-9]")
TITLE = re.compile(
    r"(?:副)?(?:书记|支书|主任|镇长|村长|局长|站长|所长|会计|主席|经理|医生|大夫|院长|校长|科长|队长|组长|部长|乡长|县长|股长|委员|律师|法官|警官|干事|出纳|司机|教练|主管|秘书|老师|师傅|老板娘?)$"
)
YEAR = re.compile(
    r"(?:19|20)\d{2}|[一二三四五六七八九〇零○]{4}|[一二三四五六七八九〇零○\d]{2}(?=年)"
)
UNIT_END = re.compile(
    r"(?:党支部|党总支|党委|党组|居委会|村委会|委员会|联合社|信用社|合作社|供销社|公司|集团|银行|支行|中心|卫生院|医院|养老院|敬老院|小学|中学|学校|幼儿园|学院|派出所|大队|中队|办公室|政府|人大|政协|法院|检察院|超市|饭店|酒店|宾馆|协会|基金会|事务所|[一-鿿])$"
)
COUNTY_OF = re.compile(r"[一-鿿]{1,12}?(?:县|自治县|旗|区|市)(?![场民政内])")


def proposed(copy: str, hits: Sequence[Hit]) -> tuple[Finding, ...]:
    """Return the findings of non-overlapping hits with their masks, in the order of the text."""
    persons = person_masks(
        [(hit, copy[hit.start : hit.end]) for hit in hits if hit.kind is Kind.PERSON], copy
    )
    return tuple(
        Finding(
            hit.start, hit.end, hit.kind, hit.why, persons.get(hit) or _plain(hit, copy), hit.source
        )
        for hit in sorted(hits, key=lambda one: one.start)
    )


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with the mask of each finding in its place."""
    parts, place = [], 0
    for finding in sorted(findings, key=lambda one: one.start):
        parts += [text[place : finding.start], finding.mask]
        place = finding.end
    return "".join([*parts, text[place:]])


def person_masks(named: Sequence[tuple[Hit, str]], copy: str) -> dict[Hit, str]:
    """Return the mask of each place that names a person: one person, one mask."""
    families: dict[str, list[str]] = defaultdict(list)
    keys = {hit: person((hit.name and folded(hit.name)) or surface) for hit, surface in named}
    for hit, _surface in sorted(named, key=lambda one: one[0].start):
        key = keys[hit]
        family = _family(key)
        if not _is_address(key) and key not in families[family]:
            families[family].append(key)
    return {hit: _mask_of(keys[hit], families, copy) for hit, _surface in named}


def person(surface: str) -> str:
    """Return what one person's name has in common however it is split or hidden."""
    return BARE.sub("", surface)


def _is_address(key: str) -> bool:
    """Tell whether only a family name is said: 老张, 刘嫂, 李书记."""
    return (re.match(r"[老小大阿]", key) is not None and len(key) == 2) or (
        family_length(key) > 0 and TITLE.search(key) is not None
    )


def _family(key: str) -> str:
    """Return what a mask keeps of a name; 某 when nothing may be kept."""
    if len(key) > 1 and key[0] in "老小大" and key[1:2] in ranks():
        return key[1:3] if key[1:3] in COMPOUND else key[1]
    length = family_length(key)
    if length:
        return key[:length]
    if key[:1].isascii() or key[:1] == "阿" or len(key) < 3:
        return "某"
    return key[0]


def _mask_of(key: str, families: dict[str, list[str]], copy: str) -> str:
    family = _family(key)
    title = TITLE.search(key)
    if title and _is_address(key) and key[0] not in "老小":
        return f"某{title.group()}"
    same = families[family]
    if family == "某":
        return "某某" if len(same) < 2 or key not in same else f"某某{_stem(same.index(key))}"
    if key in same and (len(same) > 1 or f"{family}某" in copy):
        return f"{family}某{_stem(same.index(key))}"
    if key not in same:
        return f"{family}某"
    hidden = max(1, min(2, len(key) - len(family)))
    if key[0] in "老小大":
        hidden = 1
    return family + "某" * (2 if family in COMPOUND else hidden)


def _stem(place: int) -> str:
    return (
        STEMS[place]
        if place < len(STEMS)
        else f"{STEMS[place % len(STEMS)]}{place // len(STEMS) + 1}"
    )


def _plain(hit: Hit, copy: str) -> str:
    surface = copy[hit.start : hit.end]
    if hit.kind is Kind.ORG:
        return unit(surface)
    if hit.kind is Kind.ADDRESS:
        county = COUNTY_OF.match(surface)
        return county.group() if county and county.end() < len(surface) else "某处"
    if hit.kind is Kind.DOB:
        return _birth(surface)
    return ""


def _birth(surface: str) -> str:
    year = YEAR.search(surface)
    said = re.search("(?:出生|生人|生)$", surface)
    return (f"{year.group()}年" if year else "某年") + (said.group() if said else "")


def unit(surface: str) -> str:
    """Return the mask of a unit: 柳溪镇石桥村党支部 becomes 某镇某村党支部."""
    parts, place = [], 0
    for match in PLACE.finditer(surface):
        if match.end() - place < 2 or places.name_start(surface, match.start(), place) != place:
            continue
        if re.fullmatch(COUNTY, match.group()) is None or match.end() == len(surface):
            parts.append(f"某{match.group()}")
        place = match.end()
    rest = surface[place:]
    if not rest:
        return "".join(parts)
    end = UNIT_END.search(rest)
    kept = end.group() if end else rest[-1]
    branch = kept in {
        "党支部",
        "党总支",
        "党委",
        "党组",
        "居委会",
        "村委会",
        "委员会",
        "政府",
        "人大",
        "政协",
    }
    return "".join(parts) + (kept if branch and parts else f"某{kept}")
