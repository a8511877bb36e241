"""A name is known by its company: rows, columns, lines that begin alike, and fields for names."""

import pytest

from portal.text.anonymise import Kind, find
from tests.text.anonymise import gold
from tests.text.anonymise.scoring import is_covered


def persons(text):
    return [text[one.start : one.end] for one in find(text) if one.type is Kind.PERSON]


@pytest.mark.parametrize(
    "marked",
    [
        "参加的有[[人:葛洪亮]]、[[人:尹素珍]]、[[词:丰收]]、[[人:千帆]]和[[人:邵四喜]]",
        "[[人:张建国]]、[[人:李秀英]]、[[词:冷热]]都交了钱",
        "序号|姓名|单位\n1|[[词:关键]]|县医院\n2|[[人:毕海棠]]|小学",
        "序号 姓名 单位\n1 [[人:千帆]] 县医院\n2 [[人:毕海棠]] 小学",
        "1|[[人:张建国]]|县医院\n2|[[人:李秀英]]|小学\n3|[[词:关键]]|车站",
        "[[人:李建国]]：出席。[[人:陆游远]]：出席。[[人:王秀兰]]：请假。[[词:计划]]：列席。",
        "[[人:王建国]]，1.2亩；[[人:尤勇智]]，0.8亩；[[人:李桂兰]]，2.1亩；[[词:干将]]，1.5亩",
        "权利人：[[词:和谐]]；共有人：[[人:安然]]",
        "谈话人：[[人:佘文斌]]、[[词:边疆]]\n记录人：[[人:千帆]]",
    ],
)
def test_company_tells_a_name(marked):
    passage = gold.read("", marked)
    places = {place for one in find(passage.text) for place in range(one.start, one.end)}
    open_ = [one for one in passage.spans if not is_covered(passage.text, one, places)]
    assert open_ == []


@pytest.mark.parametrize(
    "text",
    [
        "姓名：无\n举报人：匿名",
        "项目|单价|数量\n水泥|300|20\n钢筋|80|50",
        "材料、手续、费用、时间都写清楚",
        "记录：同意。主持：同意。",
    ],
)
def test_other_lists_stay(text):
    assert persons(text) == []
