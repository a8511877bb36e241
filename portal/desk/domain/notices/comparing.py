"""Two versions of a notice side by side: only the fields that changed, in words."""

from dataclasses import dataclass
from functools import cache

from portal.desk.domain.notices.drafts import ROLES, CaseEntry, Draft, Party
from portal.exchange.notices import ANONYMISED, NAMED
from portal.reference.vocabulary import vocabulary
from portal.text.differences import Piece, pieces
from portal.text.readings import read

PLAIN = (
    *("kind", "mode", "title", "summary", "region", "area", "recovered"),
    *("sheet", "legal_basis", "answers", "expires_on", "correcting"),
)
OF_A_CASE = tuple(name for name in CaseEntry.__dataclass_fields__ if name != "paragraph")


@dataclass(frozen=True)
class FieldChange:
    """A field that changed: its name, the number of its case or party, and its pieces."""

    field: str
    which: str
    pieces: list[Piece]


def changes(before: Draft, after: Draft) -> list[FieldChange]:
    """Return what changed from one version to another, field by field."""
    compared = [
        FieldChange(field, which, pieces(old, new))
        for (field, which), (old, new) in _pairs(before, after).items()
        if old != new
    ]
    return [change for change in compared if change.pieces]


def _pairs(before: Draft, after: Draft) -> dict[tuple[str, str], tuple[str, str]]:
    old, new = _fields(before), _fields(after)
    return {key: (old.get(key, ""), new.get(key, "")) for key in dict.fromkeys([*old, *new])}


def _fields(draft: Draft) -> dict[tuple[str, str], str]:
    found = {(name, ""): said(getattr(draft, name)) for name in PLAIN}
    found["intro", ""] = read("", draft.intro).text
    for n, case in enumerate(draft.cases, 1):
        found |= {(name, str(n)): said(getattr(case, name)) for name in OF_A_CASE}
        found["paragraph", str(n)] = read("", case.paragraph).text
    found["closing", ""] = read("", draft.closing).text
    found["references", ""] = " ".join(draft.references)
    return found | {("party", party.token): _party(party) for party in draft.parties}


def _party(party: Party) -> str:
    flags = f"{' 未成年' if party.minor else ''}{' 点名' if party.named else ''}"
    names = " ".join([party.name, *party.other_names])
    return f"{ROLES.get(party.role, party.role)} {names} {party.unit} {party.post}{flags}"


def said(value: str) -> str:
    """Return a code of a notice in words; anything else is words already."""
    return _labels().get(value, value)


@cache
def _labels() -> dict[str, str]:
    known = vocabulary()
    kinds = {one.code: one.label for one in (*known.notice_kinds, *known.areas)}
    sanctions = {one.code: one.label for one in known.sanctions}
    return {**kinds, **sanctions, ANONYMISED: "匿名", NAMED: "点名"}
