"""Who can be told without a name: what is fine and what is coarse enough."""

import pytest

from portal.text.reidentify import Described, K, fits, warnings


@pytest.mark.parametrize(
    ("unit", "post", "few"),
    [
        ("柳溪镇石桥村", "党支部书记", True),
        ("柳溪镇", "副镇长", True),
        ("柳溪镇", "工作人员", False),
        ("某村", "党支部书记", False),
        ("某镇", "镇长", False),
        ("某局", "会计", False),
    ],
)
def test_unit_and_post_together(unit: str, post: str, few: bool) -> None:
    assert (fits(unit, post) < K) is few
    found = warnings([Described("1", unit, post, "2024年")], [])
    assert [one.kind for one in found] == (["unit-post"] if few else [])


def test_a_named_unit_is_made_coarser() -> None:
    (one,) = warnings([Described("1", "青岚县柳溪镇石桥村", "会计", "")], [])
    assert one.coarser == "某村"
    (one,) = warnings([Described("1", "云河集团", "主任", "")], [])
    assert one.coarser == "某单位"


def test_post_and_month_point_to_one_where_the_year_does_not() -> None:
    (one,) = warnings([Described("2", "某镇", "党委书记", "2024年3月")], [])
    assert (one.kind, one.where, one.coarser) == ("post-month", "2", "2024年")
    assert warnings([Described("2", "某镇", "党委书记", "2024年")], []) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年3月5日收受礼金", "day"),
        ("收受31257.40元", "amount"),
        ("收受31,257元", "amount"),
        ("张某，52岁", "age"),
        ("张某，女，汉族", "sex"),
        ("系全县首例", "unusual"),
    ],
)
def test_what_nobody_else_has(text: str, kind: str) -> None:
    assert kind in [one.kind for one in warnings([], [("body", text)])]


@pytest.mark.parametrize("text", ["2024年收受3万余元", "50余岁", "男女老少", "第一书记"])
def test_what_is_coarse_is_left_alone(text: str) -> None:
    assert warnings([], [("body", text)]) == []
