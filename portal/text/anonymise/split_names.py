"""Names with a blank, a line break or a slip of the pen inside."""

import re
from collections.abc import Iterator

from portal.text.anonymise import cues, tagger
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.surnames import COMMON, COMPOUND, FAIR, RARE

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


# Blanks and line breaks between characters, which a copy may have left inside a name.
GAP = re.compile(r"(?<=[一-鿿])(?: {1,4}|\n)(?=[一-鿿])")
AROUND = 12
# A gap speaks against a name, so it must be so many times likelier than another.
SCALE = 6
SURELY = "姓名中间有空格或换行"


def find(copy: str) -> Iterator[Hit]:
    """Yield the names of a folded copy that a blank or a line break splits."""
    yield from _across_gaps(copy)
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
        told = cues.left(copy, start)[1] in {"verb", "prep", "join", "kin", "post", "label"}
        if told and _is_name(copy, start, end, copy[start] + copy[end - 1]):
            yield Hit(start, end, Kind.PERSON, "中间有标点的姓名", Source.SPLIT)


def _across_gaps(copy: str) -> Iterator[Hit]:
    """Yield the names that are seen when the blanks between characters are left out."""
    for start, end in _near_gaps(copy):
        kept = _without_gaps(copy, start, end)
        joined = "".join(copy[place] for place in kept)
        for hit in tagger.find(joined, SCALE):
            first, last = kept[hit.start], kept[hit.end - 1]
            if last - first >= hit.end - hit.start:
                why = SURELY if hit.why == tagger.SURELY else "中间有空格或换行的姓名"
                yield Hit(first, last + 1, Kind.PERSON, why, Source.SPLIT)


def _near_gaps(copy: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around gaps; those that overlap are one."""
    begin, end = 0, -1
    for gap in GAP.finditer(copy):
        if gap.start() - AROUND > end:
            if end > begin:
                yield begin, end
            begin = max(0, gap.start() - AROUND)
        end = min(len(copy), gap.end() + AROUND)
    if end > begin:
        yield begin, end


def _without_gaps(copy: str, start: int, end: int) -> list[int]:
    left_out = {
        place for gap in GAP.finditer(copy, start, end) for place in range(gap.start(), gap.end())
    }
    return [place for place in range(start, end) if place not in left_out]


def _is_name(copy: str, start: int, end: int, joined: str) -> bool:
    head = copy[max(0, start - REACH) : start]
    local = head + joined + copy[end : end + REACH]
    wanted = (len(head), len(head) + len(joined))
    best = {(one.start, one.end): chance for chance, one in tagger.judged(local)}
    mine = best.get(wanted, 0)
    return mine >= LIKELY and all(
        mine >= chance for place, chance in best.items() if place[0] == wanted[0]
    )
