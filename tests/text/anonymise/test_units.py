"""Units are found by the staff's list, and by place and suffix."""

import pytest

from portal.text.anonymise import Kind, find
from tests.text.anonymise import gold


def units(text, *listed):
    return [text[one.start : one.end] for one in find(text, units=listed) if one.type is Kind.ORG]


@pytest.mark.parametrize(
    "marked",
    [
        "群众反映[[位:柳岸镇便民服务中心]]窗口",
        "[[位:柳岸镇石桥村党支部]]原书记",
        "其子为[[位:阿勒坦旗税务局]]干部",
        "[[位:竹河县水利局河道管理站]]站长",
        "在[[位:柳岸镇]]分管民政",
        "接受[[位:永固建筑公司]]宴请",
        "[[位:白石镇鼎盛砂石有限公司]]负责人",
        "[[位:西湾区自然资源和规划分局]]党委委员",
        "[[位:竹河县人民医院]]骨科",
        "均为[[位:山口乡人民政府]]干部",
        "走访[[位:石鼓村]]村民",
        "[[位:哈日苏木巴音嘎查]]会计",
    ],
)
def test_a_unit_is_found(marked):
    passage = gold.read("", marked)
    wanted = [passage.text[one.start : one.end] for one in passage.spans]
    assert units(passage.text) == wanted


def test_a_listed_unit_is_found_whatever_it_is_called():
    assert units("在听涛轩喝茶，又到听 涛轩", "听涛轩", "轩") == ["听涛轩", "听 涛轩"]


@pytest.mark.parametrize(
    "text",
    [
        "全县各乡镇、村（社区）共218个",
        "查处了市第二医院肾内科原主任",
        "县教育局和乡政府要加强配合，村委会要公开",
        "某镇某村党支部书记",
        "一名村干部到镇上办事",
        "推行村务公开，召开村民会议或者村民代表会议",
        "农业技术人员下乡指导",
        "绑定银行卡",
    ],
)
def test_other_words_stay(text):
    assert units(text) == []
