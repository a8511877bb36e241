"""Names are found whole where a blank, a line break or a slip of the pen splits them."""

import pytest

from portal.text.anonymise import find
from tests.text.anonymise import gold
from tests.text.anonymise.scoring import is_covered


@pytest.mark.parametrize(
    "marked",
    [
        "[[裂:石 玉 兰]]：你通过网站提交的材料",
        "收件人：[[裂:澹台 明]]",
        "署名“[[裂:王 建 国]]”的信",
        "会计[[裂:周启\n明]]做假账",
        "副镇长[[裂:欧阳\n振华]]违规收受礼金",
        "[[裂:欧 阳 振 华]]到场",
        "村民[[裂:赵\u200b大\u200b海]]说",
        "经办人 [[裂:周  正]]",
    ],
)
def test_a_split_name_is_found(marked):
    passage = gold.read("", marked)
    places = {place for one in find(passage.text) for place in range(one.start, one.end)}
    assert all(is_covered(passage.text, one, places) for one in passage.spans)


@pytest.mark.parametrize("text", ["你 好 吗", "一 二 三", "谢 谢 您", "通报\n张 某 某"])
def test_other_blanks_stay(text):
    assert find(text) == ()
