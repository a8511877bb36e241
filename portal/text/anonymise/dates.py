"""Days of birth, however they are written; every other date stays."""

import re
from collections.abc import Iterator

from portal.text.anonymise.finding import Hit, Kind, Source

DIGIT = "[0-9〇零○一二三四五六七八九]"
COUNT = r"(?:\d{1,2}|[一二三四五六七八九十廿卅元正冬腊]{1,3})"
FEAST = r"(?:春节|元旦|元宵|清明|端午|七夕|七月半|中元|中秋|重阳|冬至|腊八|小年|除夕|国庆|麦收|秋收|[春夏秋冬](?:天|季)?|年初|年底|年末)节?(?:前后|前|后|那天|当天)?"
YEAR = rf"(?:{DIGIT}{{4}}|{DIGIT}{{2,3}}几|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|{DIGIT}{{2}})"
LUNAR = r"(?:正|冬|腊|闰?[一二三四五六七八九十]{1,2})月(?:初|十|廿|二十|三十|卅)?[一二三四五六七八九十]{0,2}(?:日|号)?"
DAY = rf"(?:初|廿|十|二十|三十)?{COUNT}(?:日|号)?"
ERA = r"民国(?:元|[一二三四五六七八九十]{1,3})"
WRITTEN = rf"(?:{YEAR}|{ERA}) ?年 ?(?:[农阴阳公]历)?(?:{COUNT} ?月 ?(?:份|底|初(?![一二三四五六七八九十])|中旬|{DAY})?|{LUNAR}|{FEAST}|[底初末])?"
SHORT = r"(?<!\d)(?:(?:19|20)\d{2}|\d{2})[ ]?[-./][ ]?\d{1,2}(?:[ ]?[-./][ ]?\d{1,2})?(?!\d)"
SOLID = r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"
NO_YEAR = rf"(?:{COUNT}月{DAY}|{LUNAR}|大年(?:初一|三十)|除夕|元宵节?|中秋节?|端午节?|重阳节?|七夕|国庆节?|元旦)"
DECADE = r"(?:[五六七八九]十|[5-9]0)年代"
BARE_YEAR = rf"(?:(?:19|20)\d{{2}}|{DIGIT}{{2}}(?=后?年))"
ANIMAL = "[鼠牛虎兔龙蛇马羊猴鸡狗猪]"
DATE = rf"(?:{WRITTEN}|{SOLID}|{SHORT})"
ANY = rf"(?:(?:[农阴阳公]历|旧历|老历)?(?:{DATE}|{NO_YEAR}|{DECADE}))"
BORN = r"(?:出生|生人|生(?=[的人，,。；;、）)\s]|$|于|在)|生的|出世|降生|诞生|落地|年生|的生日|过生日|生日|的人[,，]?属|的人(?=[,，。])|属[鼠牛虎兔龙蛇马羊猴鸡狗猪])"
NOT_BORN = r"(?!率|人口|缺陷|医学|证明?)"
AFTER = re.compile(
    rf"(?P<date>{ANY})[ ,，]?(?:左右|前后|间|份|[子丑寅卯辰巳午未申酉戌亥]时|凌晨|早上|上午|下午|晚上|夜里)?(?:在[^，。；\n]{{1,12}}|[(][^()\n]{{1,6}}[)]|[一-鿿]{{0,4}}那[天年])?(?:{BORN}){NOT_BORN}"
)
BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|年份|于|在|的?日子)?|生日|生辰|诞辰|寿辰|生于|生在|年龄|DOB|[Bb]irth(?:day)?|生年月日|生年|生辰八字)"
    rf"[^\d〇零一二三四五六七八九十正腊冬大除元中端重七国五六。；;]{{0,8}}?(?P<date>{ANY}|{BARE_YEAR})"
)
PAPERS = re.compile(
    rf"(?:身份证|户口[本簿]?|户籍|档案)[^，。；\n]{{0,10}}?(?P<date>{DATE})(?:{BORN})?"
)
FORM = re.compile(
    rf"[男女](?:性)?[ ,，、/|;；]{{1,3}}(?:[一-鿿]{{1,4}}族[ ,，、/|]{{1,3}})?(?P<date>{DATE})"
    r"(?=[ ,，、；;。/|]|生|出|$)"
)
ASKED = re.compile(
    rf"(?:出生(?:年月日?|日期|时间)|生日|哪年生|何时出生)[^。\n答]{{0,24}}\n?\s*答:[^。\n]{{0,16}}?(?P<date>{DATE})"
)
# 我是七八年腊月的; 我跟他同岁，都是1971年的.
OF_YEAR = re.compile(
    rf"(?:[我他她俺咱]|同岁[,，]?|同龄[,，]?)(?:们|俩|两个)?(?:都?是)?(?P<date>{DATE}|{BARE_YEAR})(?=的(?:[,，。;；人]|$))"
    rf"|属{ANIMAL}[,，、]?(?P<after>{DATE})(?=的)"
)
LIFE = re.compile(rf"(?<=[(])(?P<date>{DATE})(?=-+\s?(?:{DATE})?[)])")
YEAR_ONLY = re.compile(
    rf"(?P<date>(?:(?:19|20)\d{{2}}|{DIGIT}{{4}}|(?<!\d){DIGIT}{{2}}) ?年?) ?(?:出生|生人|生的|生(?=[，,。；;、）)的\s]|$))(?!率|人口)"
)
# 生 and 出生 belong to the place, so that 七三年生 is one finding; masks keep them.
SAID = re.compile(r"年?(?:出生|生人|生)(?![一-鿿])|年?生(?=的)|年(?=出生|生)|年?(?:出生|生人)")
ZODIAC = re.compile(
    rf"(?:生肖|属相)[是为属:：]{{0,2}}(?P<date>{ANIMAL})|(?P<whole>属{ANIMAL})(?=的|[，,。；;、）)\s]|年|$)"
)


def find(copy: str) -> Iterator[Hit]:
    """Yield the days of birth of a folded copy."""
    for pattern in (AFTER, BEFORE, FORM, ASKED, OF_YEAR, LIFE, YEAR_ONLY):
        for match in pattern.finditer(copy):
            yield _born(match, match.lastgroup or "date", "出生日期")
    for match in PAPERS.finditer(copy):
        if re.search(
            "出生|生日|生的|年生|写的|登记的|上是", match.group()
        ) or match.group().endswith("生"):
            yield _born(match, "date", "证件上的出生日期")
    for match in ZODIAC.finditer(copy):
        yield _born(match, "date" if match["date"] else "whole", "生肖说出年龄")


def _born(match: re.Match[str], group: str, why: str) -> Hit:
    start, end = match.span(group)
    said = SAID.match(match.string, end)
    return Hit(start, said.end() if said else end, Kind.DOB, why, Source.PATTERN)
