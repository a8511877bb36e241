"""What every notice says once its people are tokens: nothing in it is taken for a person."""

import pytest

from portal.text.anonymise import find


@pytest.mark.parametrize(
    "text",
    [
        "某镇某村党支部原书记〔甲〕侵占集体资金问题，涉及金额3万余元。",
        "某局党组原成员、某县某镇党委原副书记〔乙〕违规收受礼金4000余元。",
        "〔甲〕虚报套取惠民资金12万余元，已追缴8万余元。",
        "青岚县某镇民政所原所长〔甲〕优亲厚友、骗取低保金问题。",
        "某村村委会主任〔甲〕虚报危房改造补助资金，某村会计〔乙〕知情不报。",
        "某乡卫生院原院长〔甲〕授意财务人员虚开发票套取资金10.3万元，用于发放职工福利。",
    ],
)
def test_a_paragraph_of_tokens_holds_nothing_to_mask(text: str) -> None:
    assert find(text) == ()


def test_a_name_beside_such_words_is_found() -> None:
    text = "石桥村党支部书记余元庆动用集体资金3万余元。"
    assert "余元庆" in {text[one.start : one.end] for one in find(text)}
