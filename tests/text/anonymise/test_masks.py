"""Masks in the house style."""

import pytest

from portal.text.anonymise import Party, find, mask, masked
from portal.text.anonymise.masks import unit


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("张三", "张某"),
        ("李四光", "李某某"),
        ("欧阳振华", "欧阳某某"),
        ("欧阳锋", "欧阳某某"),
        ("巴特尔", "巴某某"),
        ("扎西次仁", "扎某某"),
        ("叶尔兰·别克", "叶某某"),
        ("老周", "周某"),
        ("王麻子", "王某某"),
        ("Zhang Weiguo", "某某"),
        ("阿彪", "某某"),
    ],
)
def test_the_mask_of_one_person(name, left):
    parties = [Party("证人", name)]
    assert mask(name, find(name, parties=parties)) == left


def test_persons_of_one_family_name_get_stems_in_the_order_of_the_text():
    text = "组长张建国，副组长张小燕、李红梅，张建国主持。"
    assert masked(text) == "组长张某甲，副组长张某乙、李某某，张某甲主持。"


def test_a_mask_that_stands_already_is_not_given_to_somebody_else():
    assert (
        masked("张某已受处分。证人张建国说，他不知情。") == "张某已受处分。证人张某甲说，他不知情。"
    )


def test_more_than_ten_of_one_family_name():
    names = [f"张{one}国" for one in "建卫爱振兴保治安定富强民"]
    text = "、".join(names)
    masks = mask(text, find(text, parties=[Party("", one) for one in names]))
    assert len(set(masks.split("、"))) == len(names)


def test_a_title_stays_when_only_a_family_name_is_said():
    assert masked("昨天找了李书记，他让我去问王会计。") == "昨天找了某书记，他让我去问某会计。"


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("柳岸镇", "某镇"),
        ("柳岸镇石桥村党支部", "某镇某村党支部"),
        ("竹河县交通运输局", "某局"),
        ("清湾区自然资源和规划分局", "某局"),
        ("竹河县永固建筑有限公司", "某公司"),
        ("永固建筑公司", "某公司"),
        ("柳岸镇财政所", "某镇某所"),
        ("巴音旗哈日苏木", "某苏木"),
        ("北关社区居委会", "某社区居委会"),
    ],
)
def test_the_mask_of_a_unit(name, left):
    assert unit(name) == left


def test_conduct_amounts_and_sanctions_stay():
    text = "2019年1月至2021年6月，龚建华违规发放补贴3.6万元，受到党内严重警告处分，违纪所得已收缴。"
    assert masked(text) == text.replace("龚建华", "龚某某")


def test_numbers_go_without_a_trace():
    text = "电话13900000017，身份证990123197011290012，车牌浙A·K7M20。"
    assert masked(text) == "电话，身份证，车牌。"


@pytest.mark.parametrize(
    "text",
    [
        "张某某、李某受到处分。",
        "〔甲〕与〔乙〕在场。",
        "**村原党支部书记*某",
        "学习贯彻习近平新时代中国特色社会主义思想，弘扬焦裕禄精神",
    ],
)
def test_what_is_masked_or_set_stays(text):
    assert masked(text) == text
