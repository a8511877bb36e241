"""Where somebody lives is found down to the door, or to the third house from the east."""

import pytest

from portal.text.anonymise import Kind, find, masked
from tests.text.anonymise import gold
from tests.text.anonymise.scoring import is_covered


def lived(text):
    return [one for one in find(text) if one.type is Kind.ADDRESS]


@pytest.mark.parametrize(
    "marked",
    [
        "住[[址:竹河县柳岸镇石桥村三组18号]]",
        "家住[[址:柳岸镇石桥村5组]]，",
        "住址：[[址:竹河县城关镇幸福路128号锦绣花园3幢2单元501室]]",
        "地址 | [[址:柳岸镇石桥村上坪自然村9号]] |",
        "租住在[[址:清湾区湖滨路199号翠湖名邸6幢1103室]]同居",
        "现住[[址:沿河东路7弄3号402室]]。",
        "住在[[址:村东头第三家]]",
        "房子在[[址:龙湖壹号A3-1702]]",
        "停放于[[址:襄河区檀溪北路300号暂扣车辆停车场]]。",
        "住[[址:沅北区桃花仑东路256号沁园春5座2202]]",
        "铺子开在[[址:西门菜市场进口左手第一间]]",
        "搬到了[[址:安置区B区9栋]]",
        "家住[[址:菜市场后门对面二楼]]",
        "住[[址:学校旁边]]的那栋楼",
        "搬到[[址:阳光小区12栋3单元502]]去了",
        "寄到[[址:青云大道88号]]",
        "户籍地[[址:柳岸镇书院巷甲5号]]",
        "在[[址:湖滨路66号金桂花园5栋1单元302]]开会所",
    ],
)
def test_an_address_is_found(marked):
    passage = gold.read("", marked)
    places = {place for one in find(passage.text) for place in range(one.start, one.end)}
    assert all(is_covered(passage.text, one, places) for one in passage.spans)
    assert lived(passage.text)


@pytest.mark.parametrize(
    "text",
    [
        "住院治疗期间，住房补贴按月发放",
        "记住教训，抓住重点",
        "第3组讨论，2号会议室",
        "网址：见公告",
        "道路硬化3公里",
        "全县共有居民小组218个",
    ],
)
def test_other_places_stay(text):
    assert lived(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("住竹河县柳岸镇石桥村三组18号。", "住竹河县。"),
        ("住在村东头第三家。", "住在某处。"),
    ],
)
def test_an_address_keeps_its_county(text, left):
    assert masked(text) == left
