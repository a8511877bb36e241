"""The staff's list of units: which of them words mean, and how many people have a post there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SOME = "某"
# The list may leave the county out, which all of its units have in common.
COUNTY = re.compile("^.{1,6}?(?:县|市|旗|(?<!社)区)(?=.)")
# Posts that stand for whoever works there: the size of the unit says how many.
ANYBODY = frozenset({"工作人员", "干部", "职工", "党员干部", "人员"})
# What is added to a post for who no longer has it: 党支部原书记, 时任镇长.
FORMERLY = "原"
FORMER = re.compile(f"{FORMERLY}|时任|（[^）]*）")


@dataclass(frozen=True)
class ListedUnit:
    """A unit: its names, how many work there, and each post with how many people have it."""

    name: str
    other_names: tuple[str, ...] = ()
    size: int | None = None
    posts: tuple[tuple[str, int], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by."""
        return self.name, *self.other_names

    def people(self, post: str) -> int | None:
        """Return how many people have a post there; None when the list does not say."""
        plain, listed = FORMER.sub("", post), dict(self.posts)
        if plain in ANYBODY:
            return self.size
        return listed.get(post, listed.get(plain))


@dataclass(frozen=True)
class Holding:
    """A post in a text, and how many people of the list it may mean; `said` is how it is put."""

    said: str
    post: str
    people: int
    unit: ListedUnit | None


@dataclass(frozen=True)
class UnitList:
    """All units of the list."""

    units: tuple[ListedUnit, ...] = ()
    _everywhere: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        everywhere: dict[str, int] = {}
        for unit in self.units:
            for post, people in unit.posts:
                everywhere[post] = everywhere.get(post, 0) + people
        object.__setattr__(self, "_everywhere", everywhere)

    def meant(self, said: str) -> tuple[ListedUnit, ...]:
        """Return what words mean: the unit that they name, or all that a coarse word covers."""
        if SOME in said:
            covers = _covering(said)
            return tuple(unit for unit in self.units if any(map(covers.search, unit.names)))
        return tuple(unit for unit, _name in self._named(said))

    def canonical(self, said: str) -> str:
        """Return the name under which the list has a unit; words that name none stay."""
        named = [] if SOME in said else self._named(said)
        return named[0][0].name if named else said

    def holders(self, said: str, post: str) -> int | None:
        """Return how many people have a post in what words mean; None when the list does not say.

        A post that no unit of these has on the list is looked for nowhere else.
        """
        known = [unit.people(post) for unit in self.meant(said)]
        told = [people for people in known if people is not None]
        return sum(told) if told else None

    def places_of(self, post: str) -> tuple[ListedUnit, ...]:
        """Return the units that have a post."""
        return tuple(unit for unit in self.units if post in dict(unit.posts))

    def in_text(self, text: str) -> Iterator[Holding]:
        """Yield each post of the list in a text: that of the unit before it, or of the list."""
        if not self._everywhere:
            return
        for match in _any_of(self._everywhere).finditer(text):
            before = re.split("[，。；、：\n]", text[: match.start()])[-1]
            post = match.group().replace(FORMERLY, "")
            post = post if post in self._everywhere else match.group()
            named = self._named(before, at_end=True)
            people = named[0][0].people(post) if named else None
            if people is None:
                yield Holding(post, post, self._everywhere[post], None)
            else:
                yield Holding(f"{named[0][1]}{post}", post, people, named[0][0])

    def _named(self, said: str, *, at_end: bool = False) -> list[tuple[ListedUnit, str]]:
        """Return the units with the longest of their names that stands in some words."""
        found = [
            (unit, name)
            for unit in self.units
            for name in unit.names
            if (said.endswith(name) if at_end else name in said)
        ]
        longest = max((len(name) for _unit, name in found), default=0)
        return [one for one in found if len(one[1]) == longest]


def _covering(said: str) -> re.Pattern[str]:
    """Return what finds the names that a coarse word stands for: 某镇卫生院 means all of them."""
    parts = map(re.escape, COUNTY.sub("", said).split(SOME))
    return re.compile(".{0,12}".join(parts) + "$")


def _any_of(posts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds posts in a text, the longest first, for who no longer has them too."""
    longest_first = sorted(posts, key=len, reverse=True)
    spelled = (f"{FORMERLY}?".join(map(re.escape, post)) for post in longest_first)
    return re.compile("|".join(f"(?:{FORMERLY}?{one})" for one in spelled))
