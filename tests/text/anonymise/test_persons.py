"""Persons are found by what people call them; words that only look like names stay."""

import pytest

from portal.text.anonymise import Kind, find
from tests.text.anonymise import gold
from tests.text.anonymise.scoring import is_covered


def persons(text):
    return [text[one.start : one.end] for one in find(text) if one.type is Kind.PERSON]


@pytest.mark.parametrize(
    "marked",
    [
        "村里的[[号:老周]]收了烟",
        "[[号:小李]]不在，[[号:老张]]也不在",
        "有个叫[[号:王老二]]的人",
        "是[[号:李瘸子]]干的",
        "外号“[[号:大头]]”",
        "绰号[[号:铁算盘]]，",
        "大家都喊他[[号:三哥]]",
        "人称[[号:彪爷]]的人",
        "小名[[号:铁蛋]]",
        "这事[[号:二狗子]]知道",
        "[[号:张家老二]]打的",
        "[[号:刘嫂]]和[[号:陈婆婆]]看见的",
        "[[号:黄总]]请的客",
        "网名“[[号:清风]]”",
        "手下[[号:阿彪]]、[[号:三毛]]",
        "那个人姓[[号:夏]]，",
        "老师姓[[号:鲁]]",
        "群主“[[号:一叶知秋]]”发的",
        "[[号:丽丽]]说的",
        "他老公[[号:小军]]在站上",
        "牧民[[族:叶尔兰·别克]]反映",
        "苏木达[[族:苏日图]]违规",
        "[[族:扎西次仁]]和[[族:格桑梅朵]]夫妇",
        "会计[[族:努尔兰]]没有公开",
        "其子[[族:宝音德力格尔]]在旗里上班",
        "[[族:买买提·依明]]提出",
        "组长[[族:吉克木呷]]签字",
        "签名是[[拼:Zhang Weiguo]]",
        "署名[[拼:LI XIAOMING]]的邮件",
        "经办人[[拼:wangxf]]录入",
        "外教[[拼:John Smith]]上课",
        "与[[拼:Ahmet Kaya]]签了合同",
        "与[[裂:孟，洁]]存在交集",
        "旧货店老板[[号:破烂王]]收的",
        "由发布者[[号:湄滩爆料哥]]自行删除",
        "网友[[号:大山里的客]]说路坏了",
        "我跟[[号:大老黑]]在饭庄",
        "包工头[[号:小苏北]]（大名[[人:薛有根]]）",
        "答：[[号:小靳]]进来倒过一次水",
        "宿管[[号:胖婶]]每学期收钱",
        "通讯录里有“[[号:发哥]]”",
        "开黑车的[[号:刀疤刘]]打人",
        "护林员[[族:曲木拉洛]]旷工",
        "我家、[[族:叶斯木]]家、[[族:古丽夏提]]家只发了两袋",
        "[[族:阿库史铁]]身为场长",
        "指使文员[[人:单小倩]]虚列会议费",
        "[[人:佘秀兰]]女士：您来信收悉",
        "参会人员：[[裂:张　伟]]、[[人:王建民]]",
    ],
)
def test_a_person_is_found(marked):
    passage = gold.read("", marked)
    places = {place for one in find(passage.text) for place in range(one.start, one.end)}
    assert all(is_covered(passage.text, one, places) for one in passage.spans)


@pytest.mark.parametrize(
    "text",
    [
        "小时候的事，老师和老板都知道",
        "花了三毛钱买大头菜",
        "一个阿姨在小区门口",
        "使用WPS和Word编辑，连上wifi",
        "用Microsoft Word打开，型号Model Y",
        "阿勒泰草原牧场辽阔",
        "某某说，某人来过",
        "乌兰苏木下辖三个嘎查",
    ],
)
def test_other_words_stay(text):
    assert persons(text) == []


def test_a_name_that_was_found_once_is_found_wherever_it_stands():
    text = "证人罗建国说不知道。后来查明，罗 建 国拿走了账本，罗\n建国没有还。"
    assert persons(text) == ["罗建国", "罗 建 国", "罗\n建国"]
