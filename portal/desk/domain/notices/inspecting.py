"""What in a document may tell who somebody is: found in the words exactly as they will be read."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.desk.domain.notices.drafts import ROLES, Draft
from portal.desk.domain.notices.rendering import appearances
from portal.exchange.notices import Notice
from portal.text import anonymise
from portal.text.anonymise.folding import folded
from portal.text.readings import NOTHING, Place, Reading, addresses, put, read

AROUND = 8


@dataclass(frozen=True)
class Problem:
    """One finding: in which field of the document, what, why, and what to write instead.

    `places` says where in the draft it was typed; empty for what cannot be put right there.
    `before` and `after` are the characters around it, so that the same word elsewhere is another.
    """

    field: str
    type: str
    text: str
    why: str
    mask: str
    before: str
    after: str
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What says that two findings are the same one, in this version or a later one."""
        return self.type, self.before, self.text, self.after


def inspect(
    document: Notice, draft: Draft, own: str, units: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return everything that is found in a document.

    :param draft: what it was made from
    :param own: the name of the commission that speaks, which is no finding
    :param units: the names of the staff's list of units; a notice 点名 says the unit too
    """
    typed, listed = _typed(draft), {} if draft.is_named else _comparable(units)
    return tuple(
        problem
        for field, text in texts(document)
        for problem in _found(field, text, typed.get(field, NOTHING), draft, listed)
        if problem.text != own
    )


def texts(document: Notice) -> Iterator[tuple[str, str]]:
    """Give every text of a document that can hold words, with its field, as it is read."""
    yield "title", document.title
    yield "summary", document.summary
    yield "recovered", document.recovered
    yield "body", read("body", document.body).text
    yield from (("address", address) for address in addresses(document.body))
    for one in document.corrections:
        yield from (("why", one.why), ("was", one.before), ("is", one.after))
    yield "reason", document.reason


def names_left(document: Notice, draft: Draft) -> list[str]:
    """Return the tokens of people whose registered name stands in a document all the same.

    Spaces, line ends, invisible characters and width hide no name here.
    """
    read_as = [packed(text) for _field, text in texts(document)] + [packed(document.body)]
    hidden = [party for party in draft.parties if not draft.shows_name(party)]
    return [
        party.token
        for party in hidden
        if any(
            packed(name) in text
            for name in (party.name, *party.other_names)
            if len(packed(name)) > 1
            for text in read_as
        )
    ]


def masked(draft: Draft, chosen: Iterable[tuple[Problem, str]]) -> Draft:
    """Return the draft with findings replaced where they were typed, each by its own mask.

    :raises portal.text.sanitise.Disputed: when what is left cannot be made harmless.
    """
    wanted = defaultdict(list)
    for problem, mask in chosen:
        for field in dict.fromkeys(place.field for place in problem.places):
            wanted[field].append(([one for one in problem.places if one.field == field], mask))
    sources = dict(draft.sources())
    for field, replaced in wanted.items():
        source = sources[field]
        for places, mask in sorted(replaced, key=lambda one: one[0][0].start, reverse=True):
            source = put(source, places, mask)
        draft = draft.with_source(field, source)
    return draft


def _typed(draft: Draft) -> dict[str, Reading]:
    spoken = appearances(draft)

    def said(token: str) -> str:
        return spoken.get(token, f"〔{token}〕")

    body = NOTHING
    for field, source in draft.body():
        body += read(field, source, said)
    plain = ("title", "summary", "recovered")
    found = {name: read(name, source, said) for name, source in draft.sources() if name in plain}
    return {**found, "body": body}


def _comparable(units: Iterable[str]) -> dict[str, str]:
    """Return names as the assistant reads them, by what is left of them without blanks."""
    read_as = map(folded, units)
    return {key: name for name in read_as if len(key := packed(name)) > 1}


def _units(text: str, draft: Draft, listed: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units to look for: those of the parties, and those of the list that stand there.

    A county has hundreds of units, and the assistant looks for each by itself.
    """
    here = packed(folded(text))
    standing = {name for key, name in listed.items() if key in here}
    return tuple(standing | {party.unit for party in draft.parties if party.unit})


def _found(
    field: str, text: str, typed: Reading, draft: Draft, listed: Mapping[str, str]
) -> Iterator[Problem]:
    places = typed.places if typed.text == text else (None,) * len(text)
    shown = appearances(draft)
    named = {shown[party.token] for party in draft.parties if draft.shows_name(party)}
    units = _units(text, draft, listed)
    for one in anonymise.find(text, parties=_registered(draft), units=units):
        surface = text[one.start : one.end]
        standing = tuple(place for place in places[one.start : one.end] if place)
        ours = not standing and surface in shown.values() and typed.text == text
        if one.mask == surface or surface in named or ours:
            continue
        yield Problem(
            field=field,
            type=str(one.type),
            text=surface,
            why=one.why,
            mask=_token_of(surface, draft) or one.mask,
            before=_line_before(text, one.start),
            after=_line_after(text, one.end),
            places=standing,
        )


def _token_of(surface: str, draft: Draft) -> str:
    """Return the token of who is registered under this very name: it keeps to one mask."""
    for party in draft.parties:
        if packed(surface) in {packed(name) for name in (party.name, *party.other_names)}:
            return f"〔{party.token}〕"
    return ""


def _registered(draft: Draft) -> tuple[anonymise.Party, ...]:
    return tuple(
        anonymise.Party(
            role=ROLES.get(party.role, party.role),
            name=party.name,
            other_names=party.other_names,
            unit=party.unit,
            post=party.post,
            token=party.token,
        )
        for party in draft.parties
    )


def _line_before(text: str, start: int) -> str:
    return text[:start].rpartition("\n")[2][-AROUND:]


def _line_after(text: str, end: int) -> str:
    return text[end:].partition("\n")[0][:AROUND]


def packed(text: str) -> str:
    """Return what compares: no spaces, no line ends, nothing invisible, one width and case."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        one for one in wide if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"}
    )
