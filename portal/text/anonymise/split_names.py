"""Names with a blank or a line break inside, and names that stand in a row with others."""

import re
from collections.abc import Collection, Iterator

from portal.text.anonymise import cues, lexicon, tagger
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.surnames import COMMON, COMPOUND, FAIR, RARE, family_length, given_score

ONE = f"[{COMMON}{FAIR}{RARE}]"
TWO = "|".join(sorted(COMPOUND))
# 周 启 明 is one name; 张 三 李 四 are two.
SPLIT = re.compile(
    rf"(?=(?P<name>(?:{TWO}|{ONE})[ \n]{{1,4}}[一-鿿](?: {{0,3}}[一-鿿](?! {{1,3}}[一-鿿](?![一-鿿])))?"
    rf"|{ONE}[一-鿿][ \n]{{1,3}}[一-鿿]))"
)
# A comma inside a name is a slip of the pen; the words around must speak for a name.
SLIP = re.compile(rf"(?P<name>{ONE}[，,、.][一-鿿])(?=[一-鿿])")
REACH = 8
LIKELY = 0.3
ROW = re.compile(r"[一-鿿]{2,4}(?: *[、/] *[一-鿿]{2,4}|(?: {1,4}|\t)[一-鿿]{2,4})+")
ITEM = re.compile("[一-鿿]{2,4}")


def find(copy: str) -> Iterator[Hit]:
    """Yield the names of a folded copy that a blank or a line break splits."""
    for match in SPLIT.finditer(copy):
        start, end = match.span("name")
        for stop in range(end, start + 2, -1):
            joined = re.sub(r"\s", "", copy[start:stop])
            if (
                stop > start + 2
                and copy[stop - 1].strip()
                and len(joined) > 1
                and _is_name(copy, start, stop, joined)
            ):
                yield Hit(start, stop, Kind.PERSON, "中间有空格或换行的姓名", Source.SPLIT)
                break
    for match in SLIP.finditer(copy):
        start, end = match.span("name")
        told = cues.left(copy, start)[1] in {"verb", "kin", "post", "label"}
        if told and _is_name(copy, start, end, copy[start] + copy[end - 1]):
            yield Hit(start, end, Kind.PERSON, "中间有标点的姓名", Source.SPLIT)


def _is_name(copy: str, start: int, end: int, joined: str) -> bool:
    head = copy[max(0, start - REACH) : start]
    local = head + joined + copy[end : end + REACH]
    wanted = (len(head), len(head) + len(joined))
    best = {(one.start, one.end): chance for chance, one in tagger.judged(local)}
    mine = best.get(wanted, 0)
    return mine >= LIKELY and all(
        mine >= chance for place, chance in best.items() if place[0] == wanted[0]
    )


def rows(copy: str, found: Collection[Hit]) -> Iterator[Hit]:
    """Yield what stands in a row with a name and has the shape of a name."""
    persons = {(hit.start, hit.end) for hit in found if hit.kind is Kind.PERSON}
    for row in ROW.finditer(copy):
        items = [item.span() for item in ITEM.finditer(copy, *row.span())]
        named = sum(
            any(start <= one[0] and one[1] <= end for one in persons) for start, end in items
        )
        if not named:
            continue
        for start, end in items:
            if family_length(copy[start:end]) and _fits(copy[start:end], named, len(items)):
                yield Hit(start, end, Kind.PERSON, "与姓名并列", Source.CUE)


def _fits(name: str, named: int, of: int) -> bool:
    if name in lexicon.nobody():
        return False
    if lexicon.words().get(name, 0) and named * 2 < of:
        return False
    return len(name) < 4 and sum(map(given_score, name[1:])) > -2
