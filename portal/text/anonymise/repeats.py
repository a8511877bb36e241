"""Names that were found once are found everywhere in the text, also when they are split there."""

import re
from collections.abc import Iterable, Iterator

from portal.text.anonymise import lexicon, tagger
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.places import HAN

BETWEEN = r"[\s,，、.。·\-]{0,2}"


def find(copy: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield further places of the persons whose names were found."""
    persons = [hit for hit in hits if hit.kind is Kind.PERSON]
    names = {copy[hit.start : hit.end] for hit in persons if not _is_doubtful(copy, hit)}
    longer = {hit.start: hit.end for hit in persons}
    for name in sorted(names):
        letters = [one for one in name if not one.isspace() and one not in ",，、.。-"]
        if len(letters) < 2:
            continue
        between = (
            BETWEEN if len(letters) > 2 or lexicon.words().get("".join(letters), 0) < 2 else ""
        )
        for match in re.finditer(between.join(map(re.escape, letters)), copy):
            if longer.get(match.start(), 0) <= match.end() and _is_again(copy, match, name):
                yield Hit(*match.span(), Kind.PERSON, "同一姓名再次出现", Source.REPEATED, name)


def _is_doubtful(copy: str, hit: Hit) -> bool:
    """Tell of an ordinary word that may be a name here; elsewhere it means what it means."""
    guessed = hit.source is Source.TAGGER and hit.why != tagger.SURELY
    return guessed and lexicon.words().get(copy[hit.start : hit.end], 0) >= tagger.ORDINARY


def _is_again(copy: str, match: re.Match[str], name: str) -> bool:
    """Tell whether a repeated word is the person again and no part of an ordinary word."""
    if match.group() != name:
        # A split name; it must not run over the end of a sentence between two words.
        return "。" not in match.group() or len(name) > 2
    if not HAN.match(name[0]):
        return not (
            copy[match.start() - 1 : match.start()].isalnum()
            or copy[match.end() : match.end() + 1].isalnum()
        )
    common = lexicon.words().get(name, 0)
    limit = 4 if common else 6
    return lexicon.across(copy, match.start()) < limit and lexicon.across(copy, match.end()) < limit
