"""Whatever is typed however: no registered name is in a byte that goes out.

PORTAL_TEST_ALL=1 draws 10,000 notices, a quick run a few hundred.
"""

import os
import random
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
    for _ in range(count):
        people = tuple(_party(token, rng) for token in "甲乙丙"[: rng.randint(1, 3)])
        paragraphs = [_typed(rng.choice(TEMPLATES), rng.choice(people).name, rng) for _ in "12"]
        yield Draft(
            kind="N01",
            title="典型问题的通报",
            intro=paragraphs[0],
            cases=(CaseEntry(paragraph=paragraphs[1]),),
            closing="<p>〔甲〕被通报。</p>",
            parties=people,
        )


def _party(token: str, rng: random.Random) -> Party:
    name = rng.choice(FAMILIES) + "".join(rng.sample(GIVEN, rng.randint(1, 2)))
    return Party(token=token, role=rng.choice(ROLES), name=name, named=rng.random() < 0.5)


def _typed(template: str, name: str, rng: random.Random) -> str:
    """A paragraph as an editor may have typed or pasted it: the name, apart somehow."""
    spacing = rng.choice(SPACINGS)
    spaced = spacing.join(name)
    inside = f"<strong>{spaced}</strong>" if "strong" in spacing else spaced
    return sanitise.from_typed(template.replace("{}", inside))


def test_no_registered_name_passes_the_gate_in_any_spelling() -> None:
    for draft in generated(random.Random(SEED), NOTICES):
        left = inspecting.names_left(published(draft, RELEASE), draft)
        assert left, (draft.intro, draft.parties)


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
