"""Set phrases that hold no person, and marks of what is masked already: finders keep away."""

import re
from collections.abc import Iterator

# Leaders and models stand in the fixed names of doctrines and campaigns.
FIXED = (
    "习近平新时代中国特色社会主义思想",
    "习近平总书记",
    "习近平法治思想",
    "习近平经济思想",
    "习近平生态文明思想",
    "习近平文化思想",
    "习近平强军思想",
    "习近平外交思想",
    "习近平",
    "毛泽东思想",
    "毛泽东同志",
    "毛泽东",
    "邓小平理论",
    "邓小平同志",
    "邓小平",
    "马克思列宁主义",
    "马克思主义",
    "马克思",
    "恩格斯",
    "列宁",
    "江泽民",
    "胡锦涛",
    "周恩来精神",
    "周恩来",
    "焦裕禄式",
    "焦裕禄精神",
    "焦裕禄",
    "孔繁森精神",
    "孔繁森",
    "雷锋精神",
    "学雷锋",
    "雷锋日",
    "王杰精神",
    "铁人精神",
    "红旗渠精神",
    "枫桥经验",
    "浦江经验",
    "廖俊波",
    "黄文秀",
    "张桂梅",
    "杨善洲",
    "包公",
    "包拯",
    "于谦",
    "岳飞",
    "诸葛亮",
    "范仲淹",
    "林则徐",
    "海瑞",
    "张富清",
    "李保国",
    "沈浩",
    "黄大年",
    "南仁东",
    "红船精神",
    "延安精神",
    "白求恩",
    "愚公移山",
    "新时代",
    "中国共产党",
    "中华人民共和国",
    "中国特色社会主义",
    "和平统一",
    "和平发展",
)
WORDS = re.compile("|".join(map(re.escape, sorted(FIXED, key=len, reverse=True))))
HOTLINES = re.compile(
    r"(?<![\dA-Za-z])(?:12388|12345|12309|12337|12380|12315|12336|12348|12333|12350|12371|12381|110|119|120|122|1?0086)(?!\d)"
)
FILE_NUMBER = re.compile(
    r"[一-鿿]{1,8}[〔\[（(【]\s?(?:19|20)\d{2}\s?[〕\]）)】]\s?第?\s?\d{1,5}\s?号"
)
PEOPLES = re.compile(
    r"(?:哈萨克|柯尔克孜|乌孜别克|塔吉克|塔塔尔|维吾尔|蒙古|达斡尔|鄂温克|鄂伦春|布依|土家|仡佬|傈僳|拉祜|景颇|布朗|撒拉|裕固|锡伯|朝鲜|独龙|门巴|珞巴|俄罗斯"
    r"|[汉藏壮苗侗瑶傣佤羌土彝满回怒京黎畲白])族(?![乡自])"
)
# Words of every notice that begin like a family name, and counties: none of them is a person.
COMMON = re.compile(
    r"[一二三四五六七八九]是(?=[^一-鿿]|[一-鿿]{2})|四风|三公(?=”|经费|消费)|国之大者|红红脸|洗红脸|照镜子|小算盘|一把手|两袖清风|居官无私|常敲警钟|常扯袖子"
    r"|党支部|党总支|党工委|党委|党组|党员|党纪|党内|党政|党群|集体|村委会|居委会"
    r"|惠[民农企](?:资金|补贴|补助|政策|项目|工程)|(?<=[\d万千百十亿多])余[元人户次亩斤公吨]"
    r"|[一-鿿]{2}(?:县|省)(?![一-鿿]{0,2}同志)"
)
TOKEN = re.compile(r"〔[^〔〕\n]{1,4}〕")
# A digit or a star stands where the name was: 张某、张某甲、李某某、某镇、**、*某.
MASK = re.compile(r"某|\*{1,}|×{2,}|XX+|○○+")


def common(copy: str) -> Iterator[tuple[int, int]]:
    """Yield the places where nobody may only guess at a name."""
    for match in COMMON.finditer(copy):
        yield match.span()


def kept(copy: str) -> Iterator[tuple[int, int]]:
    """Yield the places that no finder may touch."""
    for pattern in (WORDS, HOTLINES, FILE_NUMBER, PEOPLES, TOKEN):
        for match in pattern.finditer(copy):
            yield match.span()
