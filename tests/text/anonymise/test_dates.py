"""Days of birth are found however people say them; other days stay."""

import pytest

from portal.text.anonymise import Kind, find, masked
from tests.text.anonymise import gold
from tests.text.anonymise.scoring import is_covered


def born(text):
    return [one for one in find(text) if one.type is Kind.DOB]


@pytest.mark.parametrize(
    "marked",
    [
        "出生于[[生:1973年5月]]",
        "[[生:1973年5月12日]]出生",
        "[[生:1973.5]]生",
        "[[生:1973-05-12]]生，",
        "[[生:1973/5/12]]出生",
        "出生日期：[[生:19730512]]",
        "出生年月 [[生:1973.05]]",
        "生日[[生:五月初三]]",
        "她是[[生:1975年属兔]]的",
        "他[[生:六二年]]的，我[[生:六五年]]的",
        "我属马，[[生:六六年]]的",
        "[[生:1983年]]（癸亥年）生",
        "生辰八字：[[生:庚申年五月]]",
        "[[生:2008年]]奥运那天生的",
        "[[生:一九五几年]]生",
        "其父（[[生:1940年]]—2020年）",
        "他[[生:68年]]的人，",
        "我是[[生:七八年腊月]]的。",
        "跟我同岁，都是[[生:1971年]]的",
        "[[生:八零年三月初九]]子时生",
        "[[生:1992年冬]]出生",
        "[[生:2016年底]]生的",
        "生于[[生:民国三十七年]]",
        "[[生:2001年春节前后]]出生",
        "李四（[[生:1962年3月]]—）",
        "问：你的出生年月？\n答：鄢学礼，[[生:1967年11月]]，在站上",
        "生日是[[生:农历五月初三]]",
        "[[生:五月初三]]的生日",
        "身份证上写的是[[生:七三年生]]",
        "他是[[生:73年]]生的",
        "[[生:一九七三年腊月]]生人",
        "[[生:一九七三年五月十二日]]出生",
        "[[生:1973年生]]，",
        "生于[[生:1973年]]",
        "他[[生:属牛]]，今年五十出头",
        "属相是[[生:牛]]",
        "男，[[生:1973年5月12日]]，初中文化",
        "女，汉族，[[生:1973-05-12]]，党员",
        "男|[[生:1973-05-12]]|农民",
        "[[生:5月3日]]过生日",
        "户口本上登记的是[[生:1973年冬月]]",
        "[[生:1973年5月12日]]在柳岸镇出生",
    ],
)
def test_a_day_of_birth_is_found(marked):
    passage = gold.read("", marked)
    places = {place for one in born(passage.text) for place in range(one.start, one.end)}
    assert all(is_covered(passage.text, one, places) for one in passage.spans)


@pytest.mark.parametrize(
    "text",
    [
        "2019年5月12日召开会议",
        "自2021-05-12起施行",
        "5月3日受理",
        "2019年出生率下降",
        "1998年参加工作，2003年5月入党",
        "2018年5月至2020年8月，先后7次收受现金",
        "属于违规行为",
        "今年43岁",
        "出生医学证明",
    ],
)
def test_other_days_stay(text):
    assert born(text) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1973年5月12日出生", "1973年出生"),
        ("生日五月初三", "生日某年"),
        ("一九七三年腊月生人", "一九七三年生人"),
        ("七三年生", "七三年生"),
    ],
)
def test_only_the_year_stays(text, left):
    assert masked(text) == left
