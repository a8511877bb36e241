"""Names that are known by the company they keep: in rows, in columns, at the heads of like lines."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.places import HAN
from portal.text.anonymise.surnames import family_length, given_score

ROW = re.compile(
    r"[一-鿿]{2,4}(?: *[、/] *[一-鿿]{2,4}|(?: {1,4}|\t)[一-鿿]{2,4})+(?![一-鿿、])"
    r"|[一-鿿]{2,4}(?: *[、/] *[一-鿿]{2,4}|(?: {1,4}|\t)[一-鿿]{2,4})+"
)
BETWEEN_CELLS = re.compile(r"[|]"), re.compile(" +")
HEADED = re.compile(
    r"[^一-鿿]*(?:[一-鿿]{0,4}姓名|责任人|户主|领取人|(?:被)?反映人|(?:被)?举报人|经办人|签名|签字|当事人|收款人|领款人|申请人|受助人|负责人|户名)[^一-鿿]*"
)
NAME_SHAPE = re.compile(r"[一-鿿]{2,4}|[一-鿿]{1,7}(?:[·•][一-鿿]{1,8}){1,2}")
ITEM = re.compile("[一-鿿]{2,4}")
# 辛弃：出席。陆游远：出席。 and 解忧，1.2亩；尤勇智，0.8亩。
HEAD = re.compile(
    r"(?:^|(?<=[。;、\n]))\s{0,2}(?P<name>[一-鿿]{2,4})(?P<mark>[:(]|[,，]?\s?(?=\d))"
)
FEWEST = 2
# Who is spoken of by such a word is not named: 我家.
NOBODY = frozenset("我你他她它咱俺各该本某这那")


def find(copy: str, found: Collection[Hit]) -> Iterator[Hit]:
    """Yield what stands in a row or a column with names and has the shape of a name."""
    persons = {(hit.start, hit.end) for hit in found if hit.kind is Kind.PERSON}
    for row in ROW.finditer(copy):
        items = [item.span() for item in ITEM.finditer(copy, *row.span())]
        # Where words follow the last item, nobody knows where it ends.
        if HAN.match(copy[row.end() : row.end() + 1]) or cues.right(copy, items[-1][0] + 2)[1]:
            items[-1:] = _up_to_a_cue(copy, *items[-1])
        yield from _beside(copy, items, persons)
    for column in _columns(copy):
        yield from _below(copy, column, persons)
    yield from _heads(copy, persons)


def _up_to_a_cue(copy: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the last item of a row up to the word of speech behind it: 冷热 in 冷热都交了."""
    for stop in range(start + 2, min(end, start + 4) + 1):
        if cues.right(copy, stop)[1]:
            return [(start, stop)]
    return []


def _beside(
    copy: str, items: list[tuple[int, int]], persons: Collection[tuple[int, int]]
) -> Iterator[Hit]:
    named = sum(_holds(item, persons) for item in items)
    for start, end in items:
        known = _holds((start, end), persons)
        if named and not known and _fits(copy[start:end], named, len(items)):
            yield Hit(start, end, Kind.PERSON, "与姓名并列", Source.CUE)


def _holds(item: tuple[int, int], persons: Collection[tuple[int, int]]) -> bool:
    return any(item[0] <= start and end <= item[1] for start, end in persons)


def _fits(name: str, named: int, of: int) -> bool:
    """Tell whether a name may be among so many items of which some are names."""
    if name[0] in NOBODY or name in cues.classes_before():
        return False
    if of > 2 and named * 2 >= of:
        return name not in lexicon.nobody() or named == of - 1
    if not family_length(name) or name in lexicon.nobody():
        return False
    if lexicon.words().get(name, 0) and named * 2 < of:
        return False
    return len(name) < 4 and sum(map(given_score, name[1:])) > -2


def _columns(copy: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the columns of tables: the places of the cells below one another."""
    table: list[list[tuple[int, int]]] = []
    for line in re.finditer(r"[^\n]*(?:\n|$)", copy):
        cells = _cells(copy, *line.span())
        if table and len(cells) != len(table[0]):
            yield from _as_columns(table)
            table = []
        if len(cells) > 1:
            table.append(cells)
    yield from _as_columns(table)


def _as_columns(table: list[list[tuple[int, int]]]) -> Iterator[list[tuple[int, int]]]:
    if len(table) > 1:
        yield from map(list, zip(*table, strict=True))


def _cells(copy: str, start: int, end: int) -> list[tuple[int, int]]:
    cells, place = [], start
    bars, blanks = BETWEEN_CELLS
    line = copy[start:end]
    for between in (bars if "|" in line else blanks).finditer(copy, start, end):
        cells.append(_stripped(copy, place, between.start()))
        place = between.end()
    return [*cells, _stripped(copy, place, end)]


def _stripped(copy: str, start: int, end: int) -> tuple[int, int]:
    cell = copy[start:end]
    start += len(cell) - len(cell.lstrip())
    return start, max(start, start + len(cell.strip()))


def _below(
    copy: str, column: list[tuple[int, int]], persons: Collection[tuple[int, int]]
) -> Iterator[Hit]:
    headed = HEADED.fullmatch(copy, *column[0]) is not None
    cells = column if _holds(column[0], persons) else column[1:]
    named = sum(_holds(cell, persons) for cell in cells)
    for start, end in cells:
        shaped = NAME_SHAPE.fullmatch(copy, start, end)
        if shaped and not _holds((start, end), persons) and (headed or named * 2 > len(cells)):
            yield Hit(start, end, Kind.PERSON, "与姓名同列", Source.CUE)


def _heads(copy: str, persons: Collection[tuple[int, int]]) -> Iterator[Hit]:
    """Yield what heads a line as names head the lines like it."""
    alike: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in HEAD.finditer(copy):
        alike[match["mark"].strip()].append(match.span("name"))
    for items in alike.values():
        named = sum(_holds(item, persons) for item in items)
        for start, end in items:
            name = copy[start:end]
            if name in cues.classes_before() or (
                name in lexicon.nobody() and named < len(items) - 1
            ):
                continue
            if named >= FEWEST and named * 2 > len(items):
                yield Hit(start, end, Kind.PERSON, "与姓名同样起头", Source.CUE)
