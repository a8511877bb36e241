"""All finders together, and which of two that overlap is believed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portal.text.anonymise import (
    accounts,
    addresses,
    dates,
    fields,
    masks,
    minorities,
    nicknames,
    numbers,
    phrases,
    pinyin,
    register,
    repeats,
    rows,
    split_names,
    tagger,
    units,
)
from portal.text.anonymise.finding import Finding, Hit, Kind, Party, Source
from portal.text.anonymise.folding import folded

# Who is believed first: numbers and addresses, which may hold a name; then the register, the staff's
# units, what a rule knows, what is guessed.
RANKS = {
    Kind.ID: 1,
    Kind.EMAIL: 2,
    Kind.PLATE: 2,
    Kind.BANKCARD: 3,
    Kind.PHONE: 4,
    Kind.DOB: 5,
    Kind.WECHAT_QQ: 6,
    Kind.ADDRESS: 7,
    Kind.PERSON: 10,
    Kind.ORG: 10,
}
SOURCES = {
    Source.REGISTER: 8,
    Source.UNITS: 9,
    Source.REPEATED: 11,
    Source.TAGGER: 12,
    Source.SPLIT: 13,
}
LOOSE = frozenset({Source.TAGGER, Source.CUE})
GUESSES = frozenset({Source.TAGGER, Source.SPLIT, Source.REPEATED})
ROUNDS = 20


def find(
    text: str, *, parties: Iterable[Party] = (), units: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return everything in a text that may tell who somebody is, in order, without overlaps."""
    copy = folded(text)
    return masks.proposed(copy, _believed(copy, tuple(parties), tuple(units)))


def masked(text: str, *, parties: Iterable[Party] = (), units: Iterable[str] = ()) -> str:
    """Return the text with all masks in place; masking it again changes nothing."""
    known, listed = tuple(parties), tuple(units)
    for _ in range(ROUNDS):
        again = masks.mask(text, find(text, parties=known, units=listed))
        if again == text:
            break
        text = again
    return text


def _believed(copy: str, parties: Sequence[Party], listed: Sequence[str]) -> list[Hit]:
    first = without_overlaps(_outside(copy, _whole(list(_first(copy, parties, listed)))))
    second = without_overlaps(_outside(copy, [*first, *rows.find(copy, first)]))
    known = {(hit.start, hit.end) for hit in second}
    again = [hit for hit in repeats.find(copy, second) if (hit.start, hit.end) not in known]
    return without_overlaps(_outside(copy, [*second, *again]))


def _first(copy: str, parties: Sequence[Party], listed: Sequence[str]) -> Iterator[Hit]:
    yield from register.find(copy, parties)
    yield from numbers.find(copy)
    yield from accounts.find(copy)
    yield from dates.find(copy)
    yield from addresses.find(copy)
    yield from units.find(copy, listed)
    yield from fields.find(copy)
    yield from nicknames.find(copy)
    yield from minorities.find(copy)
    yield from pinyin.find(copy)
    yield from tagger.find(copy)
    yield from split_names.find(copy)


def _whole(found: list[Hit]) -> Iterator[Hit]:
    """Leave out what is only part of a name, or begins in one: 小凤 in 俞小凤, 周启 in 周启 明."""
    names = [hit for hit in found if hit.source is Source.TAGGER]
    split = [hit for hit in found if hit.source is Source.SPLIT]
    for hit in found:
        if (
            hit.kind is not Kind.PERSON
            or hit.source not in LOOSE
            or (
                not any(_is_cut_off(hit, whole) for whole in split)
                and (hit.source is not Source.CUE or not any(_is_part(hit, name) for name in names))
            )
        ):
            yield hit


def _is_cut_off(hit: Hit, whole: Hit) -> bool:
    """Tell whether a hit is what a gap left of a name: it begins with it, or inside a sure one."""
    if hit.start == whole.start:
        return hit.end < whole.end
    return whole.why == split_names.SURELY and whole.start < hit.start < whole.end


def _is_part(hit: Hit, of: Hit) -> bool:
    """Tell whether a hit lies in a longer one, or begins inside one that is sure."""
    if of.why == tagger.SURELY and of.start < hit.start < of.end:
        return True
    return of.start <= hit.start and hit.end <= of.end and of.end - of.start > hit.end - hit.start


def _outside(copy: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out what touches a set phrase or holds a mask already, unless the register knows it."""
    kept = _marked(copy, phrases.kept(copy))
    common = _marked(copy, phrases.common(copy))
    for hit in hits:
        registered = hit.source is Source.REGISTER
        guessed = hit.source in GUESSES and any(common[hit.start : hit.end])
        set_aside = guessed or any(kept[hit.start : hit.end]) or _is_masked(copy, hit)
        if registered or not set_aside:
            yield hit


def _marked(copy: str, places: Iterable[tuple[int, int]]) -> bytearray:
    marked = bytearray(len(copy))
    for start, end in places:
        marked[start:end] = b"\1" * (end - start)
    return marked


def _is_masked(copy: str, hit: Hit) -> bool:
    if hit.kind in {Kind.ID, Kind.PHONE, Kind.BANKCARD, Kind.EMAIL}:
        return False
    return phrases.MASK.search(copy, hit.start, hit.end) is not None


def rank(hit: Hit) -> tuple[int, int, int]:
    """Return how early a hit is believed; of equal ones the longer."""
    return SOURCES.get(hit.source, RANKS[hit.kind]), hit.start - hit.end, hit.start


def without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that are believed, in the order of the text.

    No part of a registered name is left over: what it overlaps grows around it.
    """
    believed: dict[Hit, None] = {}
    owner: dict[int, Hit] = {}
    for hit in sorted(set(hits), key=rank):
        crossed = {owner[place]: None for place in range(hit.start, hit.end) if place in owner}
        if crossed and hit.source is not Source.REGISTER:
            continue
        for one in crossed:
            del believed[one]
        whole = _around(hit, list(crossed)) if crossed else hit
        believed[whole] = None
        owner.update(dict.fromkeys(range(whole.start, whole.end), whole))
    return sorted(believed, key=lambda one: one.start)


def _around(hit: Hit, crossed: list[Hit]) -> Hit:
    start = min(hit.start, *(one.start for one in crossed))
    end = max(hit.end, *(one.end for one in crossed))
    return replace(crossed[0], start=start, end=end)
