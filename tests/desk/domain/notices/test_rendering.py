"""Tokens become masks: the same person the same mask, and names only where a notice may name."""

from dataclasses import replace

import pytest

from portal.desk.domain.notices.drafts import Party
from portal.desk.domain.notices.rendering import appearances, render, unknown_tokens
from portal.exchange.notices import NAMED
from tests.desk.newsroom import DRAFT, TAKER, WITNESS


def masks(*names: str) -> list[str]:
    parties = tuple(
        Party(token=token, role="subject", name=name)
        for token, name in zip("甲乙丙丁", names, strict=False)
    )
    return list(appearances(replace(DRAFT, parties=parties)).values())


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["张三"], ["张某"]),
        (["李四光"], ["李某某"]),
        (["欧阳振华"], ["欧阳某某"]),
        (["欧阳华"], ["欧阳某"]),
        (["巴特尔"], ["巴某某"]),
        (["买买提·艾力"], ["买某某"]),
        (["𠮷田"], ["𠮷某"]),
        (["张三", "张四"], ["张某甲", "张某乙"]),
        (["张三", "李四", "张四", "张五六"], ["张某甲", "李某", "张某乙", "张某某"]),
    ],
)
def test_house_style(names: list[str], shown: list[str]) -> None:
    assert masks(*names) == shown


def test_a_notice_shows_masks_where_tokens_stood() -> None:
    public = render(replace(DRAFT, title="〔甲〕被查处", summary="〔甲〕"))
    assert public.title == "祁某某被查处"
    assert "党支部原书记祁某某侵占" in public.body
    for text in (public.title, public.summary, public.body):
        assert "祁山河" not in text
        assert "〔" not in text


def test_only_a_grown_subject_of_a_naming_notice_is_named() -> None:
    named = replace(TAKER, named=True)
    assert appearances(replace(DRAFT, parties=(named,))) == {"甲": "祁某某"}
    naming = replace(DRAFT, mode=NAMED, parties=(named, replace(WITNESS, named=True)))
    assert appearances(naming) == {"甲": "祁山河", "乙": "慕容某"}
    for hidden in ({"minor": True}, {"role": "reporter"}, {"named": False}):
        changed = replace(named, **hidden)
        assert appearances(replace(naming, parties=(changed,))) == {"甲": "祁某某"}


def test_a_token_of_nobody_is_told() -> None:
    draft = replace(DRAFT, closing="<p>〔丙〕和〔乙〕</p>")
    assert unknown_tokens(draft) == ["丙"]
    assert "〔丙〕和慕容某" in render(draft).body
