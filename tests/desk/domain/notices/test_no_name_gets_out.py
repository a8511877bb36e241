"""Whatever is typed however: no registered name is in a byte that goes out.

PORTAL_TEST_ALL=1 draws 10,000 notices, a quick run a thousand.
"""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from portal.desk.domain.notices import inspecting
from portal.desk.domain.notices.documents import Release, published
from portal.desk.domain.notices.drafts import CaseEntry, Draft, Party
from portal.text import sanitise

NOTICES = 10_000 if os.environ.get("PORTAL_TEST_ALL") else 1_000
MASKED = NOTICES // 20
SEED = 20261121
TOKENS_TYPED = 0.75
RELEASE = Release("0" * 32, 1, "2026-0001", date(2026, 11, 20))
FAMILIES = "祁慕卞佟闫滕阮柏"
GIVEN = "山河川岚禾舟砚霜雁棠柯峤"
ROLES = ("subject", "reporter", "witness", "relative", "client", "other")
TEMPLATES = (
    "<p>{}系某村会计，虚报补贴。</p>",
    "<p>村民{}反映，账目两年没有公开。</p>",
    "<h2>{}问题</h2><p>经查，2023年，{}收受礼金。</p>",
    "<ul><li>{}，警告处分</li></ul>",
    "<table><tbody><tr><td>{}</td><td>记过</td></tr></tbody></table>",
    "<p>据{}、某某证实。</p>",
)
SPACINGS = ("", " ", "\u3000", "\u200b", "\n", "<br>", "</strong><strong>", "\u00ad", "  ")


def generated(rng: random.Random, count: int) -> Iterator[Draft]:
    """Give drafts as somebody in a hurry writes them: a token here, a name there, both anyhow."""
    for _ in range(count):
        people = tuple(_party(token, rng) for token in "甲乙丙"[: rng.randint(1, 3)])
        paragraphs = [_typed(rng.choice(TEMPLATES), rng.choice(people), rng) for _ in "12"]
        yield Draft(
            kind="N01",
            title=rng.choice(("典型问题的通报", "关于〔甲〕的通报")),
            summary=rng.choice(("", "〔甲〕受到处分。")),
            intro=paragraphs[0],
            cases=(CaseEntry(paragraph=paragraphs[1]),),
            closing="<p>〔甲〕被通报。</p>",
            parties=people,
        )


def _party(token: str, rng: random.Random) -> Party:
    name = rng.choice(FAMILIES) + "".join(rng.sample(GIVEN, rng.randint(1, 2)))
    return Party(token=token, role=rng.choice(ROLES), name=name, named=rng.random() < 0.5)


def _typed(template: str, party: Party, rng: random.Random) -> str:
    """A paragraph as it may have been typed or pasted: the token, or the name apart somehow."""
    if rng.random() < TOKENS_TYPED:
        return template.replace("{}", f"〔{party.token}〕")
    spacing = rng.choice(SPACINGS)
    spaced = spacing.join(party.name)
    inside = f"<strong>{spaced}</strong>" if "strong" in spacing else spaced
    return sanitise.from_typed(template.replace("{}", inside))


def _letters(text: str) -> str:
    """What is left of a text for somebody who reads nothing but characters."""
    return "".join(one for one in re.sub("<[^>]*>", "", text) if one.isalpha())


def test_the_gate_opens_for_exactly_the_notices_without_a_registered_name() -> None:
    opened = 0
    for draft in generated(random.Random(SEED), NOTICES):
        document = published(draft, RELEASE)
        said = _letters(document.to_bytes().decode())
        names = {party.token for party in draft.parties if party.name in said}
        assert set(inspecting.names_left(document, draft)) == names, (draft.intro, draft.parties)
        opened += not names
    assert NOTICES * 0.3 < opened < NOTICES * 0.9


def test_what_passes_after_the_proposed_masks_holds_no_name() -> None:
    passed = 0
    for draft in generated(random.Random(SEED + 1), MASKED):
        document = published(draft, RELEASE)
        found = inspecting.inspect(document, draft, "")
        put_right = inspecting.masked(draft, [(one, one.mask) for one in found if one.places])
        document = published(put_right, RELEASE)
        if inspecting.names_left(document, put_right):
            continue
        passed += 1
        said = "".join(document.to_bytes().decode().split())
        assert not any(party.name in said for party in draft.parties)
    assert passed > MASKED * 0.9


def test_masking_what_was_masked_changes_nothing() -> None:
    for draft in generated(random.Random(SEED + 2), MASKED):
        once = _masked(_masked(_masked(draft)))
        assert _masked(once) == once


def _masked(draft: Draft) -> Draft:
    found = inspecting.inspect(published(draft, RELEASE), draft, "")
    return replace(
        inspecting.masked(draft, [(one, one.mask) for one in found if one.places]),
        parties=draft.parties,
    )
