"""What is written instead: the house style of masks.

张三 becomes 张某, 李四光 李某某, several of one family name 张某甲 and 张某乙; names by sound keep
their first character; a unit becomes 某镇 or 某局, an address its county, a day of birth its year;
numbers go without a trace. Nothing depends on other texts, so masks link no two notices.
"""

import re
from collections.abc import Iterable, Sequence

from portal.text.anonymise import places
from portal.text.anonymise.finding import Finding, Hit, Kind
from portal.text.anonymise.person_masks import Persons
from portal.text.anonymise.units import COUNTY, PLACE

YEAR = re.compile(
    r"(?:19|20)\d{2}|[一二三四五六七八九〇零○]{4}|[一二三四五六七八九〇零○\d]{2}(?=年)"
)
UNIT_END = re.compile(
    r"(?:党支部|党总支|党委|党组|居委会|村委会|委员会|联合社|信用社|合作社|供销社|公司|集团|银行|支行|中心|卫生院|医院|养老院|敬老院|小学|中学|学校|幼儿园|学院|派出所|大队|中队|办公室|政府|人大|政协|法院|检察院|超市|饭店|酒店|宾馆|协会|基金会|事务所|[一-鿿])$"
)
COUNTY_OF = re.compile(r"[一-鿿]{1,12}?(?:县|自治县|旗|区|市)(?![场民政内])")


def proposed(copy: str, hits: Sequence[Hit]) -> tuple[Finding, ...]:
    """Return the findings of non-overlapping hits with their masks, in the order of the text."""
    persons = Persons(copy, (hit for hit in hits if hit.kind is Kind.PERSON))
    return tuple(
        Finding(
            hit.start,
            hit.end,
            hit.kind,
            hit.why,
            persons.mask(hit) if hit.kind is Kind.PERSON else _plain(hit, copy),
            hit.source,
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
