"""From a draft to what everybody reads: each token becomes the mask of its person, or the name."""

import html
import re
from collections import Counter
from dataclasses import dataclass

from portal.desk.domain.notices.drafts import TOKENS, Draft, Party
from portal.text.mentions import COMPOUND

TOKEN = re.compile(r"〔(.)〕")
SOME = "某"
DOT = "·"


@dataclass(frozen=True)
class PublicText:
    """The words of a notice without a token; `body` is clean HTML, the rest is plain."""

    title: str
    summary: str
    body: str
    recovered: str


def render(draft: Draft) -> PublicText:
    """Return the public text; a token that stands for nobody stays as it is."""
    spoken = appearances(draft)

    def said(source: str) -> str:
        return TOKEN.sub(lambda one: html.escape(spoken.get(one[1], one[0]), quote=False), source)

    texts = dict(draft.sources())
    return PublicText(
        title=html.unescape(said(texts["title"])),
        summary=html.unescape(said(texts["summary"])),
        body="".join(said(source) for _field, source in draft.body()),
        recovered=html.unescape(said(texts["recovered"])),
    )


def unknown_tokens(draft: Draft) -> list[str]:
    """Return the tokens in the text that stand for nobody."""
    used = [token for _field, source in draft.sources() for token in TOKEN.findall(source)]
    return [token for token in dict.fromkeys(used) if draft.party(token) is None]


def appearances(draft: Draft) -> dict[str, str]:
    """Return what is printed for each token: a mask, the same for the same person, or the name."""
    masked = [party for party in draft.parties if not draft.shows_name(party)]
    plain = {party.token: _mask(party.name) for party in masked}
    shared = Counter(plain.values())
    shown = {party.token: party.name for party in draft.parties if draft.shows_name(party)}
    return shown | {
        party.token: plain[party.token]
        if shared[plain[party.token]] == 1
        else _numbered(party, masked, plain)
        for party in masked
    }


def family_name(name: str) -> str:
    """Return the part of a name that its mask keeps: a compound surname is kept whole."""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def _mask(name: str) -> str:
    kept = family_name(name)
    return kept + SOME * (2 if DOT in name or len(name) - len(kept) > 1 else 1)


def _numbered(party: Party, masked: list[Party], plain: dict[str, str]) -> str:
    alike = [one.token for one in masked if plain[one.token] == plain[party.token]]
    return f"{family_name(party.name)}{SOME}{TOKENS[alike.index(party.token)]}"
