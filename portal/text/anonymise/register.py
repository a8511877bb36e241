"""The parties table: every way in which a registered name may stand in a text."""

import re
from collections.abc import Iterable, Iterator

from portal.text.anonymise import pinyin
from portal.text.anonymise.finding import Hit, Kind, Party, Source
from portal.text.anonymise.folding import folded
from portal.text.anonymise.surnames import family_length

# Blanks, line breaks and marks that split a name, whether typed or left by a copy.
BETWEEN = r"[\s,，、.。·•・∙‧\-_*]{0,3}"
HIDDEN = "某×xXＸ*○●〇□"


def find(copy: str, parties: Iterable[Party]) -> Iterator[Hit]:
    """Yield every place of a folded copy that names a party."""
    for party in parties:
        for name in (party.name, *party.other_names):
            plain = "".join(folded(name).split())
            if len(plain) < 2:
                continue
            for pattern in patterns(plain):
                for match in pattern.finditer(copy):
                    yield Hit(
                        *match.span(),
                        Kind.PERSON,
                        f"当事人表：{party.role}",
                        Source.REGISTER,
                        party.name,
                    )


def patterns(name: str) -> Iterator[re.Pattern[str]]:
    """Yield what finds a name: spaced, half masked, and in Latin letters."""
    yield re.compile(
        BETWEEN.join(re.escape(one) for one in name if not _is_dot(one)), re.IGNORECASE
    )
    if name.isascii():
        return
    yield from _half_masked(name)
    for spelling in pinyin.spellings(name):
        yield re.compile(rf"(?<![A-Za-z]){spelling}(?![A-Za-z])", re.IGNORECASE)


def _is_dot(character: str) -> bool:
    return character in "·•・∙‧."


def _half_masked(name: str) -> Iterator[re.Pattern[str]]:
    """Yield patterns with one or two characters hidden: 陈某华, 陈*华, *建华, 陈建某."""
    family = family_length(name)
    length = len(name)
    if not family or length - family < 2:
        if length == 2 and family:
            yield re.compile(rf"[×*○●□]{re.escape(name[1])}")
        return
    for hidden in range(length):
        parts = [
            f"[{re.escape(HIDDEN)}]" if place == hidden else re.escape(one)
            for place, one in enumerate(name)
        ]
        yield re.compile(r"\s{0,2}".join(parts))
