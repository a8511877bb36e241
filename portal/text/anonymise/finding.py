"""What the assistant found in a text, and what it proposes to write there instead."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a finding is; the values are those of `portal anonymise`."""

    PERSON = "PERSON"
    ID = "ID"
    PHONE = "PHONE"
    BANKCARD = "BANKCARD"
    PLATE = "PLATE"
    ADDRESS = "ADDRESS"
    EMAIL = "EMAIL"
    WECHAT_QQ = "WECHAT_QQ"
    DOB = "DOB"
    ORG = "ORG"


class Source(StrEnum):
    """Which finder spoke."""

    REGISTER = "register"
    UNITS = "units"
    PATTERN = "pattern"
    CUE = "cue"
    TAGGER = "tagger"
    REPEATED = "repeated"
    SPLIT = "split"


@dataclass(frozen=True)
class Hit:
    """A place that a finder reports: `text[start:end]` is of `kind`.

    `name` tells persons apart: hits with one name are one person. Without it the characters of
    the place are the name.
    """

    start: int
    end: int
    kind: Kind
    why: str
    source: Source
    name: str = ""


@dataclass(frozen=True)
class Finding:
    """A hit with a proposed mask; no two findings of one text overlap.

    A mask that equals the text it stands for says that the place is coarse enough already,
    such as a bare year of birth.
    """

    start: int
    end: int
    type: Kind
    why: str
    mask: str
    source: Source


@dataclass(frozen=True)
class Party:
    """A person of the parties table; `token` is what the draft writes instead, such as 甲."""

    role: str
    name: str
    other_names: tuple[str, ...] = ()
    unit: str = ""
    post: str = ""
    token: str = ""
