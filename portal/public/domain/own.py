"""Whether a report may concern this commission itself, or somebody above it: only a question.

The citizen decides. Nothing here is stored but in the draft, which the citizen's cookie opens.
"""

from dataclasses import dataclass
from typing import Self

from portal.public.domain.drafts import SUPERIOR, Draft
from portal.reference.vocabulary import vocabulary
from portal.settings import Settings
from portal.text.normalise import comparable

OWN_STAFF = "own_staff"


@dataclass(frozen=True)
class Watch:
    """Names, as `comparable` gives them, and codes of the vocabulary that raise the question."""

    names: frozenset[str]
    codes: frozenset[str]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Watch for what the settings name, the commission's own name, and its own staff."""
        route = settings.superior_route
        names = (settings.body.name, *route.own_leaders, *route.own_units)
        return cls(
            names=frozenset(map(comparable, names)),
            codes=frozenset({*route.upper_levels, *_own_staff_codes()}),
        )

    def unknown_codes(self) -> set[str]:
        """Return codes that no level and no category of the vocabulary has."""
        known = vocabulary()
        levels = {one.code for one in known.levels}
        groups = {one.code for one in known.citizen_groups}
        categories = {code for one in known.categories for code in _codes_below(one.code)}
        return set(self.codes) - levels - groups - categories

    def found(self, draft: Draft) -> frozenset[str]:
        """Return what in a draft raises the question; empty when nothing does."""
        written = (draft.unit, draft.name, draft.post, draft.region, draft.story, draft.place)
        texts = [comparable(text) for text in written]
        names = {name for name in self.names if any(name in text for text in texts)}
        return frozenset(names | (self.codes & {draft.level, draft.category}))

    def asks(self, draft: Draft) -> bool:
        """Tell whether the citizen has yet to decide; what was answered is not asked again."""
        if draft.missing or draft.route == SUPERIOR:
            return False
        return not self.found(draft) <= set(draft.asked.split("\n"))

    def answered(self, draft: Draft, route: str) -> dict[str, str]:
        """Return the draft's answers that note what the citizen decided, and about what."""
        return {"route": route, "asked": "\n".join(sorted(self.found(draft)))}


def _own_staff_codes() -> set[str]:
    categories = vocabulary().citizen_group(OWN_STAFF).codes
    return {OWN_STAFF, *(code for one in categories for code in _codes_below(one))}


def _codes_below(category: str) -> set[str]:
    found = vocabulary().category(category)
    return {found.code, *(child.code for child in found.children)}
