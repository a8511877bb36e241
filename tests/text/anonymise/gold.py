"""Passages with what is to be found in them marked by hand: [[人:张三]] and the like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.text.anonymise import Kind

FOLDER = Path(__file__).parent / "passages"
MARK = re.compile(r"\[\[(?P<label>.):(?P<words>[^\[\]]+)\]\]")
# Persons come in sorts, so that each hard sort is measured by itself.
SORTS = {
    "人": "plain",
    "词": "word",
    "号": "nick",
    "族": "minority",
    "稀": "rare",
    "拼": "latin",
    "裂": "split",
}
LABELS = {
    **dict.fromkeys(SORTS, Kind.PERSON),
    "证": Kind.ID,
    "话": Kind.PHONE,
    "卡": Kind.BANKCARD,
    "牌": Kind.PLATE,
    "址": Kind.ADDRESS,
    "邮": Kind.EMAIL,
    "网": Kind.WECHAT_QQ,
    "生": Kind.DOB,
    "位": Kind.ORG,
}


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: Kind
    sort: str = ""


@dataclass(frozen=True)
class Passage:
    """A text, what must be found in it, and where a finding is neither right nor wrong (略)."""

    id: str
    text: str
    spans: tuple[Span, ...]
    neutral: tuple[Span, ...] = ()


def passages(*names: str) -> Iterator[Passage]:
    """Yield the passages of files of the folder, without their suffix."""
    for name in names:
        page = FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8")
        blocks = [block.strip("\n") for block in page.split("\n\n")]
        for number, block in enumerate((one for one in blocks if one[0] != "#"), 1):
            yield read(f"{name}-{number}", block)


def read(ident: str, marked: str) -> Passage:
    """Return a passage without its marks."""
    parts: list[str] = []
    spans: list[Span] = []
    neutral: list[Span] = []
    place = length = 0
    for match in MARK.finditer(marked):
        before, words, label = marked[place : match.start()], match["words"], match["label"]
        start = length + len(before)
        length = start + len(words)
        parts += [before, words]
        place = match.end()
        if label == "略":
            neutral.append(Span(start, length, Kind.PERSON))
        else:
            spans.append(Span(start, length, LABELS[label], SORTS.get(label, "")))
    return Passage(ident, "".join([*parts, marked[place:]]), tuple(spans), tuple(neutral))
