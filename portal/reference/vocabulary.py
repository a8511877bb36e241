"""Fixed choices and their words; a stored record keeps the code and the version of its day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from portal.reference.texts import text

# A villager's own officials come first, 不清楚 last.
LEVEL_ORDER = ("L6", "L5", "L4", "L3", "L2", "L1", "L9", "L7", "L8", "L10", "L0")


# The public states of a report that somebody here still works on.
OPEN_STATES = frozenset({"received", "need_more", "accepted", "in_progress", "under_review"})


class UnknownCode(LookupError):
    """A code is not in this version of the vocabulary."""


class Coded(Protocol):
    """Anything that carries a code of the vocabulary."""

    @property
    def code(self) -> str:
        """The stable code."""
        ...


Entry = TypeVar("Entry", bound=Coded)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem, in a citizen's words and in the official term of art."""

    code: str
    plain: str
    official: str
    children: tuple["Category", ...] = ()


@dataclass(frozen=True, slots=True)
class CitizenGroup:
    """What a citizen chooses from; `codes` are the categories that it may turn out to be."""

    code: str
    label: str
    example: str
    codes: tuple[str, ...]
    first_screen: bool


@dataclass(frozen=True, slots=True)
class NotOurs:
    """A matter for another body; `text` is the key of the words that say where to go."""

    code: str
    label: str
    text: str

    @property
    def kind(self) -> str:
        """The last part of its address under /report/not-ours: `wages` for `to-wages`."""
        return self.code.removeprefix("to-")


@dataclass(frozen=True, slots=True)
class Level:
    """The rank of the person reported; `plain` is what a citizen reads."""

    code: str
    label: str
    plain: str


@dataclass(frozen=True, slots=True)
class Channel:
    """How a report reached the commission."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """Another body, by its telephone number or name, and what it is for."""

    phone: str
    label: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A kind of notice (通报曝光), an area of life that it may be about, or a kind of unit."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction; `review_months` is how long it has effect, None for one without an end.

    `group` is `party`, `administrative` or `non_punitive`.
    """

    code: str
    label: str
    group: str
    review_months: int | None = None


@dataclass(frozen=True, slots=True)
class PublicState:
    """Where a report stands: what it says, what to do, and the states that may follow.

    `text` and `hint` may hold {blanks}; fill them with `portal.reference.texts.text` through
    `text_key` and `hint_key`.
    """

    code: str
    label: str
    text: str
    hint: str
    next: tuple[str, ...]

    @property
    def text_key(self) -> str:
        """Key of the sentence that says where the report stands."""
        return f"progress.{self.code}.text"

    @property
    def hint_key(self) -> str:
        """Key of the sentence that says what the citizen may do."""
        return f"progress.{self.code}.next"


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What a citizen is asked after a report ended, as code or value and label.

    `scale` runs from 5, the best, to 1.
    """

    scale: tuple[tuple[int, str], ...]
    questions: tuple[tuple[str, str], ...]
    solved: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One version of all choices."""

    version: str
    categories: tuple[Category, ...]
    citizen_groups: tuple[CitizenGroup, ...]
    not_ours: tuple[NotOurs, ...]
    levels: tuple[Level, ...]
    channels: tuple[Channel, ...]
    public_states: tuple[PublicState, ...]
    satisfaction: Satisfaction
    redirects: tuple[Redirect, ...]
    notice_kinds: tuple[Labelled, ...]
    areas: tuple[Labelled, ...]
    sanctions: tuple[Sanction, ...]
    unit_types: tuple[Labelled, ...]

    def category(self, code: str) -> Category:
        """Return a category of either level; :raises UnknownCode:."""
        return _with_code(_all_levels(self.categories), code)

    def citizen_group(self, code: str) -> CitizenGroup:
        """Return what a citizen chose; :raises UnknownCode:."""
        return _with_code(self.citizen_groups, code)

    def not_our(self, code: str) -> NotOurs:
        """Return a matter for another body; :raises UnknownCode:."""
        return _with_code(self.not_ours, code)

    def level(self, code: str) -> Level:
        """Return a rank; :raises UnknownCode:."""
        return _with_code(self.levels, code)

    def channel(self, code: str) -> Channel:
        """Return a way in; :raises UnknownCode:."""
        return _with_code(self.channels, code)

    def notice_kind(self, code: str) -> Labelled:
        """Return a kind of notice; :raises UnknownCode:."""
        return _with_code(self.notice_kinds, code)

    def unit_type(self, code: str) -> Labelled:
        """Return a kind of unit; :raises UnknownCode:."""
        return _with_code(self.unit_types, code)

    def sanction(self, code: str) -> Sanction:
        """Return a sanction; :raises UnknownCode:."""
        return _with_code(self.sanctions, code)

    def public_state(self, code: str) -> PublicState:
        """Return where a report stands; :raises UnknownCode:."""
        return _with_code(self.public_states, code)

    def may_follow(self, state: str, following: str) -> bool:
        """Tell whether a report may move from one public state to another.

        A reply to `need_more` leads back to the state before it, which only the desk knows.
        """
        return following in self.public_state(state).next

    def category_label(self, code: str) -> str:
        """Return the words for whatever a report's category field holds; :raises UnknownCode:."""
        for group in self.citizen_groups:
            if group.code == code:
                return group.label
        return self.category(code).plain


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that new records use."""
    document = files(__package__).joinpath("data/vocabulary.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(document)
    return Vocabulary(
        version=data["version"],
        categories=tuple(map(_category, data["problem_categories"])),
        citizen_groups=tuple(map(_citizen_group, data["citizen_groups"])),
        not_ours=tuple(NotOurs(**entry) for entry in data["not_ours"]),
        levels=_levels(data["level"]),
        channels=tuple(Channel(**entry) for entry in data["channel"]),
        public_states=tuple(map(_public_state, data["public_status"])),
        satisfaction=_satisfaction(data["satisfaction"]),
        redirects=tuple(Redirect(**entry) for entry in data["redirect"]),
        notice_kinds=tuple(Labelled(**entry) for entry in data["notice_type"]),
        areas=tuple(Labelled(**entry) for entry in data["wenzheng_domain"]),
        sanctions=_sanctions(data["sanction"]),
        unit_types=tuple(Labelled(**entry) for entry in data["reported_unit_type"]),
    )


def _category(entry: dict[str, Any]) -> Category:
    children = tuple(map(_category, entry.get("children", [])))
    return Category(entry["code"], entry["plain"], entry["official"], children)


def _citizen_group(entry: dict[str, Any]) -> CitizenGroup:
    return CitizenGroup(**{**entry, "codes": tuple(entry["codes"])})


def _levels(entries: list[dict[str, str]]) -> tuple[Level, ...]:
    labels = {entry["code"]: entry["label"] for entry in entries}
    return tuple(Level(code, labels[code], text(f"level.{code}")) for code in LEVEL_ORDER)


def _public_state(entry: dict[str, Any]) -> PublicState:
    return PublicState(**{**entry, "next": tuple(entry["next"])})


def _sanctions(data: dict[str, Any]) -> tuple[Sanction, ...]:
    groups = {name: entries for name, entries in data.items() if not name.startswith("_")}
    return tuple(Sanction(group=name, **one) for name, entries in groups.items() for one in entries)


def _satisfaction(data: dict[str, Any]) -> Satisfaction:
    return Satisfaction(
        scale=tuple((entry["value"], entry["label"]) for entry in data["scale"]),
        questions=tuple((entry["code"], entry["label"]) for entry in data["dims_report"]),
        solved=tuple((entry["code"], entry["label"]) for entry in data["solved"]),
    )


def _all_levels(categories: Iterable[Category]) -> list[Category]:
    return [one for category in categories for one in (category, *category.children)]


def _with_code(entries: Iterable[Entry], code: str) -> Entry:
    for entry in entries:
        if entry.code == code:
            return entry
    raise UnknownCode(code)
