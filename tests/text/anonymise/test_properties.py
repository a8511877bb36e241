"""What holds for every text: masks are stable, places are valid, registered names are gone."""

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.text.anonymise import Kind, Party, find, mask, masked
from portal.text.anonymise.folding import folded
from portal.text.anonymise.surnames import COMMON, COMPOUND, FAIR
from tests.text.anonymise import gold

FRAGMENTS = (
    *(
        "书记",
        "主任",
        "电话",
        "身份证号",
        "住",
        "出生",
        "微信",
        "和",
        "与",
        "、",
        "，",
        "。",
        "\n",
        " ",
        "某",
        "老",
        "小",
    ),
    *(
        "张三",
        "李四光",
        "欧阳振华",
        "老周",
        "王麻子",
        "高峰",
        "扎西次仁",
        "叶尔兰·别克",
        "Zhang Wei",
        "柳溪镇",
        "石桥村",
    ),
    *(
        "13900000017",
        "1990.08.21",
        "石桥村三组5号",
        "wxid_abc123",
        "浙A·K7M20",
        "a@example.com",
        "县",
        "镇",
        "村",
        "号",
    ),
    *(
        "330700196804175773",
        "6225885599685668301",
        "张某",
        "〔甲〕",
        "**",
        "12388",
        "公司",
        "问题",
        "受到",
        "1",
        "2",
        "7",
    ),
)
JUMBLES = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=14).map("".join)
NAMES = st.builds(
    str.__add__,
    st.sampled_from(sorted(COMPOUND)) | st.sampled_from(COMMON + FAIR),
    st.text(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="某"),
        min_size=1,
        max_size=2,
    ),
)
TEMPLATES = (
    "柳岸镇财政所所长{0}收受礼金，{0}受到警告处分。",
    "据{0}讲，{1}与{0}一起去的，{1}付的钱。",
    "{0}、{1}等人。\n姓名：{0}\n证人：{1}",
    "{1}{0}",
    "他说{0}好，{1}也好",
)
BREAKS = ("", " ", "\n", "　", "\u200b", "·")


@settings(max_examples=150, deadline=None)
@example("1973年5月出生")
@example("七三年生，属牛")
@example("张三和张四光、老张、张书记")
@given(JUMBLES)
def test_masking_again_changes_nothing(text):
    once = masked(text)
    assert masked(once) == once


@settings(max_examples=150, deadline=None)
@given(JUMBLES)
def test_findings_are_ordered_apart_and_inside_the_text(text):
    found = find(text)
    places = [0, *(place for one in found for place in (one.start, one.end)), len(text)]
    assert places == sorted(places)
    assert all(one.start < one.end and one.why for one in found)
    assert find(text) == found


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_the_copy_that_finders_read_is_as_long_as_the_text(text):
    assert len(folded(text)) == len(text)


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(NAMES, min_size=2, max_size=2, unique=True),
    template=st.sampled_from(TEMPLATES),
    between=st.sampled_from(BREAKS),
)
def test_no_registered_name_stays(names, template, between):
    written = [between.join(name) for name in names]
    parties = [Party("证人", name) for name in names]
    public = bare(masked(template.format(*written), parties=parties))
    assert not [name for name in names if name in public]


def bare(text):
    """The text without what may split a name."""
    return re.sub(r"[\s·\u200b]", "", text)


@pytest.mark.parametrize(
    "passage", list(gold.passages("notices", "letters", "forms")), ids=lambda one: one.id
)
def test_no_entered_party_stays_in_our_passages(passage):
    names = {passage.text[one.start : one.end] for one in passage.spans if one.kind is Kind.PERSON}
    public = masked(passage.text, parties=[Party("其他", name) for name in sorted(names)])
    assert not [name for name in names if len(name) > 1 and name in public]


def test_masks_do_not_depend_on_other_texts():
    texts = ["证人张三说。", "证人张小四说。", "李书记来了。"]
    apart = [mask(text, find(text)) for text in texts]
    random.Random(1).shuffle(texts)
    assert sorted(apart) == sorted(mask(text, find(text)) for text in texts)
