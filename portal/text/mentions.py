"""Whether a text names a person or a unit, however it was typed: wide, spaced, or masked by 某.

One match too many costs a colleague's time, one too few costs trust: where a mask hides
characters, the name counts as named.
"""

import re
import unicodedata

MASKS = re.compile(r"[*×●○＊✕]")
MASK = "某"
NAME = re.compile(r"[\u3400-\u9fff·\U00020000-\U0003ffff]{2,4}")
COMPOUND = frozenset(
    (
        *("欧阳", "上官", "司马", "诸葛", "东方", "尉迟", "公孙", "令狐", "慕容"),
        *("司徒", "夏侯", "皇甫", "宇文", "长孙", "端木", "南宫"),
    )
)
# What ends like this is a place or a body, not a person.
UNIT_ENDS = tuple("村镇乡局县市区委办站所院校厂队组社司处科部会")
SHORTEST_PART = 3


def plain(text: str) -> str:
    """Return what compares: letters and digits alone, of one width and case, masks as 某."""
    wide = unicodedata.normalize("NFKC", MASKS.sub(MASK, text)).casefold()
    return "".join(one for one in MASKS.sub(MASK, wide) if one.isalnum())


def mentions(entry: str, text: str) -> bool:
    """Tell whether a text names the person or unit of an entry; an empty entry is never named."""
    wanted, where = plain(entry), plain(text)
    if not wanted:
        return False
    if wanted in where:
        return True
    return _is_name(wanted) and _masked(wanted).search(where) is not None


def is_part_of(unit: str, entry: str) -> bool:
    """Tell whether a unit, written short, may be the one that an entry writes in full."""
    short = plain(unit)
    return len(short) >= SHORTEST_PART and short in plain(entry)


def _is_name(wanted: str) -> bool:
    unit = len(wanted) > 2 and wanted.endswith(UNIT_ENDS)
    return NAME.fullmatch(wanted) is not None and not unit


def _masked(name: str) -> re.Pattern[str]:
    family = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    given = "".join(f"[{re.escape(one)}{MASK}]" for one in name[family:])
    return re.compile(f"{re.escape(name[:family])}(?:{given}|{MASK})")
