"""Names of peoples that do not begin with a Han family name: 巴特尔, 扎西次仁, 叶尔兰·别克."""

import re
from collections.abc import Iterator

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.sounds import LETTERS, PARTS, RUN, SOUNDING, SOUNDING_EACH, sound
from portal.text.anonymise.surnames import family_length

# Family names that Mongols, Koreans and others took.
FAMILIES = frozenset("包白韩吴金席佟何赵王李陈马杨田")
TAIL = "汗|江|洪|罕|古|甫|娜|尔|拉|孜|提|图|格|勒|玛|措|珍|姆|杰|嘎|呷|布|惹|莫|依|木"
DOTTED = re.compile(
    r"(?<![一-鿿])?(?P<name>[一-鿿]{1,7}(?:[·•・∙‧．](?=[一-鿿])[一-鿿]{1,8}){1,3})"
)
PEOPLE = re.compile(
    r"(?:蒙古|藏|维吾尔|哈萨克|柯尔克孜|乌孜别克|塔吉克|塔塔尔|彝|壮|苗|侗|瑶|傣|哈尼|傈僳|拉祜|佤|景颇|布朗|羌|土|撒拉|裕固|达斡尔|鄂温克|鄂伦春|锡伯|朝鲜|满|回|纳西|普米|怒|独龙|门巴|珞巴)族|牧民|牧户|僧人|阿訇|苏木|嘎查|旗"
)
TITLES = re.compile(r"(?:大叔|大爷|大妈|阿妈|阿爸|老人|同志|书记|主任|夫妇|家|老师|一家)")


def find(copy: str) -> Iterator[Hit]:
    """Yield the names of a folded copy that are written by sound."""
    for match in DOTTED.finditer(copy):
        start = _dotted_start(copy, match)
        end = _dotted_end(copy, match)
        yield Hit(start, end, Kind.PERSON, "带间隔号的姓名", Source.CUE)
    for match in RUN.finditer(copy):
        yield from _parted(copy, match)


def _dotted_start(copy: str, match: re.Match[str]) -> int:
    """Leave out the words before a dotted name: 牧民 in 牧民叶尔兰·别克."""
    first = copy.index(match.group(), match.start())
    dot = next(place for place in range(first, match.end()) if not "一" <= copy[place] <= "鿿")
    for start in range(first, dot):
        word, kind = cues.left(copy, start)
        if (start == first and not kind) or not _sounding(copy[start:dot]):
            continue
        if kind or word or start == first or copy[start - 1] not in LETTERS:
            return start
    shorter = [
        place for place in range(first, dot) if all(one in LETTERS for one in copy[place:dot])
    ]
    return shorter[0] if shorter else max(first, dot - 3)


def _sounding(part: str) -> bool:
    return all(one in LETTERS for one in part)


def _dotted_end(copy: str, match: re.Match[str]) -> int:
    """Leave out the words after a dotted name: 反映 in 叶尔兰·别克反映."""
    text = match.group()
    last = match.start() + max(text.rfind(dot) for dot in "·•・∙‧．") + 1
    for end in range(last + 1, match.end()):
        if cues.right(copy, end)[1] and len(cues.right(copy, end)[0]) > 1:
            return end
        if copy[end] not in LETTERS and _sounding(copy[last:end]):
            return end
        if (
            len(lexicon.beginning_at(copy, end)) > 1
            and _sounding(copy[last:end])
            and not _sounding(copy[end : end + 2])
        ):
            return end
    return match.end()


def _parted(copy: str, match: re.Match[str]) -> Iterator[Hit]:
    """Cover a run of sound characters with known parts; what is covered enough is a name."""
    start = _after_cue(copy, *match.span())
    if _is_told(copy, start, match.end()) or _is_sounding(copy, start, match.end()):
        yield Hit(start, match.end(), Kind.PERSON, "按音写的姓名", Source.CUE)
        return
    place = match.start()
    while place < match.end() - 1:
        end, parts = _cover(copy, place, match.end())
        if parts and _is_name(copy, place, end, parts):
            place = _with_family(copy, place)
            yield Hit(place, end, Kind.PERSON, "少数民族姓名", Source.CUE)
            place = end
        else:
            place += 1


def _with_family(copy: str, start: int) -> int:
    """Return where a name begins that has a Han family name before it: 包格日乐."""
    before = copy[start - 1 : start]
    edge = start == 1 or not "一" <= copy[start - 2 : start - 1] <= "鿿"
    return start - 1 if before and before in FAMILIES and edge else start


def _after_cue(copy: str, start: int, end: int) -> int:
    """Return where a run begins without the word that tells of it: 达 in 苏木达苏日图."""
    for place in range(start + 1, end - 1):
        word, kind = cues.left(copy, place)
        if kind in {"post", "kin", "label"} and len(word) > 1 and place - len(word) < start:
            return place
    return start


def _is_sounding(copy: str, start: int, end: int) -> bool:
    """Tell whether a run sounds so foreign that no cue is needed, and is no place or word."""
    if end - start < 3 or _is_of_place(copy, end):
        return False
    if any(
        lexicon.words().get(copy[place : place + n], 0) > 4 and copy[place : place + n] not in PARTS
        for place in range(start, end - 1)
        for n in (2, 3)
        if place + n <= end
    ):
        return False
    sounds = [sound(one) for one in copy[start:end]]
    torn = max(lexicon.across(copy, start), lexicon.across(copy, end))
    return torn < 5 and sum(sounds) >= max(SOUNDING, SOUNDING_EACH * len(sounds))


def _is_told(copy: str, start: int, end: int) -> bool:
    """Tell whether a whole run of three sounds or more stands where a name must stand."""
    if end - start < 3 or _is_of_place(copy, end) or lexicon.words().get(copy[start:end], 0) > 2:
        return False
    if sum(map(sound, copy[start:end])) < 2:
        return False
    told = cues.left(copy, start)[1] in {"post", "kin", "label"} or PEOPLE.search(
        copy, max(0, start - 5), start
    )
    closed = end == len(copy) or bool(cues.right(copy, end)[1]) or not "一" <= copy[end] <= "鿿"
    return bool(told) and closed and family_length(copy[start:end]) != 1


def _cover(copy: str, start: int, limit: int) -> tuple[int, int]:
    end, parts = start, 0
    while end < limit:
        longest = next(
            (n for n in (4, 3, 2) if end + n <= limit and copy[end : end + n] in PARTS), 0
        )
        if longest:
            end, parts = end + longest, parts + 1
            continue
        bridge = next(
            (
                n
                for n in (1, 2)
                if copy[end + n : end + n + 2] in PARTS or copy[end + n : end + n + 3] in PARTS
            ),
            0,
        )
        if parts and bridge and end + bridge + 2 <= limit:
            end += bridge
            continue
        break
    tail = re.compile(TAIL).match(copy, end, limit) if parts else None
    if tail and not lexicon.words().get(copy[end : end + 2], 0):
        end = tail.end()
    return end, parts


def _is_name(copy: str, start: int, end: int, parts: int) -> bool:
    if _is_of_place(copy, end):
        return False
    _word, kind = cues.left(copy, start)
    edge = start == 0 or not "一" <= copy[start - 1] <= "鿿"
    told = (
        bool(kind)
        or PEOPLE.search(copy, max(0, start - 12), start) is not None
        or bool(TITLES.match(copy, end))
    )
    length = end - start
    if length >= 4 or (parts and length == 3 and lexicon.words().get(copy[start:end], 0) < 4):
        return told or edge or length >= 4 or bool(cues.right(copy, end)[1])
    return told and lexicon.words().get(copy[start:end], 0) < 4


def _is_of_place(copy: str, end: int) -> bool:
    return (
        re.compile(
            r"(?![在到从和与])[一-鿿]{0,2}?(?:苏木|嘎查|旗|县|乡|镇|村(?![民干会支])|州|盟|街|路|草原|牧场|市)"
        ).match(copy, end)
        is not None
    )
