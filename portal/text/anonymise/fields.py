"""What is filled in behind a label that asks for a name, whatever it looks like."""

import re
from collections.abc import Iterator

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.finding import Hit, Kind, Source

LABEL = (
    "姓名|户主|户名|(?:被)?举报人|(?:被)?反映人|(?:被)?投诉人|检举人|控告人|当事人|(?:见)?证人|证明人|知情人|(?:被)?申请人|经办人?|经手人?|承办人?|审核人?|复核人?|审批人?|签批人?"
    "|签字人?|签名|署名|领[款取]人|收[款件]人|[付汇]款人|寄件人|交款人|权利人|共有人|所有权人|使用权人|(?:紧急)?联系人|记录人?|主持人?|汇报人|发言人|询问人|被询问人|谈话人|被谈话人|谈话对象"
    "|反映对象|法定代表人|法人|监事|监护人|委托人|代理人|代办人|借款人|担保人|出借人|承租人|出租人|承包人|转让人|受让人|买方|卖方|制表人?|填表人?|校对|责编|网格员|楼栋长|护林员|保洁员|驾驶员|司机"
    "|值班员?|带班|接待人|接访人|来访人|来信人|来电人|回访人|翻译|调查人|核查人|勘验人|评估人|验收人|保管人|开票人|死者|伤者|受害人|配偶|父亲|母亲|丈夫|妻子|儿子|女儿|曾用名|乳名|小名|别名|学生|家长"
)
NAME = r"(?!无|未|暂|待|不详|见|同上|本人|匿名|保密|略)[一-鿿]{2,4}"
FIELD = re.compile(
    rf"(?:{LABEL})(?:姓名|签名|签字)?[ 　]*:[ 　]*(?P<names>{NAME}(?: ?、 ?{NAME}){{0,9}})(?=[^一-鿿]|$)"
)
ONE = re.compile("[一-鿿]{2,4}")


def find(copy: str) -> Iterator[Hit]:
    """Yield what stands in the fields for names of a folded copy."""
    for match in FIELD.finditer(copy):
        for one in ONE.finditer(copy, *match.span("names")):
            if one.group() not in lexicon.nobody() and one.group() not in cues.classes_after():
                yield Hit(*one.span(), Kind.PERSON, "姓名一栏", Source.CUE)
