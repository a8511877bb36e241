"""A person of the parties table is found however the name is written."""

import pytest

from portal.text.anonymise import Party, find, mask
from portal.text.anonymise.finding import Source

PARTY = Party("证人", "陈建华", other_names=("小石头",))


def registered(text, *parties):
    found = find(text, parties=parties)
    return [text[one.start : one.end] for one in found if one.source is Source.REGISTER]


@pytest.mark.parametrize(
    "written",
    [
        *("陈建华", "陈 建 华", "陈　建华", "陈建\n华", "陈\u200b建华", "陈，建华", "陈·建华"),
        *("陳建華", "陈某华", "陈*华", "陈×华", "陈建某", "陈建*", "*建华"),
        *(
            "Chen Jianhua",
            "CHEN JIANHUA",
            "chenjianhua",
            "Jianhua Chen",
            "chenjh",
            "Chen Jian Hua",
            "Chen, Jianhua",
        ),
        *("小石头", "小 石 头"),
    ],
)
def test_a_party_is_found_in_every_writing(written):
    text = f"那天是{written}，没有别人。"
    assert registered(text, PARTY) == [written]


def test_all_writings_of_one_person_have_one_mask():
    text = "陈建华说，陈某华不在，陳建華也不在，小石头在。"
    findings = find(text, parties=[PARTY])
    assert mask(text, findings) == "陈某某说，陈某某不在，陈某某也不在，陈某某在。"


def test_two_parties_of_one_family_name_are_told_apart():
    text = "陈建华与陈建国在场，陈建华先走。"
    findings = find(text, parties=[PARTY, Party("亲属", "陈建国")])
    assert mask(text, findings) == "陈某甲与陈某乙在场，陈某甲先走。"


def test_names_of_other_peoples_and_of_two_characters_are_found_too():
    parties = [
        Party("证人", "叶尔兰·别克"),
        Party("亲属", "春雨"),
        Party("其他", "Ivan Petrov"),
        Party("其他", "张 三"),
    ]
    text = "叶尔兰别克、春雨、ivan petrov、张三都来了，*三没来。"
    assert registered(text, *parties) == ["叶尔兰别克", "春雨", "ivan petrov", "张三", "*三"]


def test_a_registered_name_inside_an_address_or_a_unit_is_not_left():
    text = "住春雨路5号，在春雨超市上班。"
    assert "春雨" not in mask(text, find(text, parties=[Party("证人", "春雨")]))


def test_an_empty_or_single_character_finds_nothing():
    assert registered("一二三", Party("证人", ""), Party("证人", "二")) == []
