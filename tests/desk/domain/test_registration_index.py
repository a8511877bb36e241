"""Tokens: equal words are equal however they were typed, and mean nothing without the key."""

import pytest

from portal.desk.domain.registration_index import same_fields, strength, tokens

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
FULL = {"unit": "柳溪镇石桥村", "name": "江望川", "post": "会计", "category": "village"}


def shared(one: dict[str, str], other: dict[str, str]) -> tuple[str, ...]:
    """What two sheets are found to have in common."""
    first, second = (tokens(KEY, {**dict.fromkeys(FULL, ""), **each}) for each in (one, other))
    return same_fields([kind for kind in first if first[kind] == second.get(kind)])


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("柳溪镇石桥村", "柳溪镇 石桥村"),
        ("柳溪镇石桥村", "柳溪镇（石桥村）"),
        ("江湾合作社ＡＢ１", "江湾合作社ab1"),
        ("青岚县教育局", "教育局"),
        ("云河市青岚县教育局", "县教育局"),
        ("青岚县市场监督管理局", "市场监督管理局"),
        ("𠮷水乡卫生院", "𠮷水乡卫生院"),
    ],
)
def test_one_unit_is_one_however_it_is_typed(typed: str, again: str) -> None:
    assert shared({"unit": typed}, {"unit": again}) == ("unit",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("柳溪镇人民政府", "长桥镇人民政府"),
        ("柳溪镇市场管理所", "长桥镇市场管理所"),
        ("石桥村", "石桥村小学"),
        ("县局", "市局"),
    ],
)
def test_other_units_are_others(one: str, other: str) -> None:
    assert shared({"unit": one}, {"unit": other}) == ()


def test_a_post_or_a_category_says_nothing_by_itself() -> None:
    assert shared({"post": "会计", "category": "village"}, {**FULL, "unit": "", "name": ""}) == ()
    assert shared({"unit": "石桥村", "post": "会计"}, {"unit": "石桥村", "post": "会计"}) == (
        "unit",
        "post",
    )


def test_not_being_sure_is_no_agreement() -> None:
    unsure = {"unit": "石桥村", "category": "unsure"}
    assert shared(unsure, unsure) == ("unit",)


def test_a_masked_name_counts_beside_its_unit_only() -> None:
    one, other = {"name": "江某", "unit": "石桥村"}, {"name": "江*", "unit": "望江村"}
    assert shared(one, other) == ()
    assert shared(one, {**other, "unit": "石桥村"}) == ("unit", "name")


def test_the_more_is_the_same_the_stronger_the_match() -> None:
    pairs = [
        ("unit",),
        ("name",),
        ("unit", "post"),
        ("unit", "name"),
        ("unit", "name", "post", "category"),
    ]
    weights = [strength(fields) for fields in pairs]
    assert weights == sorted(set(weights))
    assert shared(FULL, FULL) == pairs[-1]


def test_no_token_is_made_of_nothing_and_none_says_anything_under_another_key() -> None:
    assert tokens(KEY, dict.fromkeys(FULL, " ")) == {}
    ours, theirs = tokens(KEY, FULL), tokens(OTHER_KEY, FULL)
    assert not set(ours.values()) & set(theirs.values())
    assert len(set(ours.values())) == len(ours) == 7
