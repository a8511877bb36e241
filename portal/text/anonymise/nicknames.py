"""What people call one another: 老周, 王麻子, 张家老二, 刘嫂, 外号“大头”."""

import re
from collections.abc import Iterator

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.places import HAN
from portal.text.anonymise.surnames import COMMON, COMPOUND, FAIR, RARE

FAMILY = f"(?:{'|'.join(sorted(COMPOUND))}|[{COMMON}{FAIR}])"
COMMON_FAMILY = f"(?:{'|'.join(sorted(COMPOUND))}|[{COMMON}温康施文牛樊葛邢齐庄聂章鲁岳殷詹申耿关兰焦俞左柳甘祝包尚符舒阮柯纪梅童凌毕裴霍涂苗曲翁骆路辛管柴蒙祁蒲房屈饶牟艾尤阳穆农卓古缪简麦褚娄窦岑景党宫费席卫米柏瞿佟臧闵苟卞姬栾隋商刁沙巫寇桑甄丛仲虞敖佘池查麻迟匡鞠鄢冼楼全])"
OLD = re.compile(
    rf"(?P<name>(?:老|小|大|阿)(?:{COMMON_FAMILY}))(?P<more>头子?|儿|家的|家媳妇|师傅|哥|叔|姐|太太|总|板)?"
)
RANK = "[大一二三四五六七八九十幺小]"
CRAFT = (
    "大炮|二狗子?|狗子|狗蛋|狗剩|麻子|瘸子|跛子|拐子|胖子|胖墩|瘦子|瞎子|聋子|哑巴|秃子|秃头|光头|结巴|驼子|驼背|矮子|矮脚虎|高个子?|大个子?|黑子|黑皮|黑脸|白脸|"
    "眼镜|大嘴|大头|小头|歪嘴|歪脖子?|斜眼|独眼龙|大牙|龅牙|豁牙|大耳朵|三毛|二毛|大毛|小毛|毛头|毛子|铁蛋|铁匠|铁头|石头|木匠|瓦匠|篾匠|石匠|裁缝|剃头匠?|豆腐|屠夫|屠户|杀猪匠?|猪头|猴子|老虎|泥鳅|"
    "疯子|傻子|憨子|憨包|二愣子|愣子|二楞|蛮子|霸王|霸天|半仙|半截|半城|半街|一刀|一手|秀才|瞎眼|大胆|胆大|快嘴|铁嘴|铁公鸡|算盘|阎王|麻婆|癞子|赖子|瘪三|拐拐|拐脚|跷脚|癞头|扒皮|剥皮|秤砣|糊涂|木头|棒槌|骡子|大刀|飞刀|"
    rf"老{RANK}|老幺|老头|老头子|老汉|老倌|老爷子|老太|老婆婆|小{RANK}|矮子|拐棍|寡妇|光棍|拐子|大傻|二傻|傻儿|二娃|三娃|大娃|幺娃|娃子|狗娃|小娃|毛蛋|毛毛|丫头|妹子|细妹|细佬|老鼠|老鬼|百万|万元|百事通|大圣|大仙|神仙|和尚|道士|师公"
)
CRAFTED = re.compile(
    rf"(?P<name>{FAMILY}(?:{CRAFT})|(?:刀疤|麻子|瘸子|光头|眼镜|胖子|黑皮|大头|癞子|瘦子|豁牙|独眼)(?:{FAMILY}))"
)
ELDER = "大?(?:爷爷|奶奶|婆婆|大爷|大娘|大妈|大婶|大叔|大伯|大嫂|大哥|大姐|大嘴|阿姨|阿婆|阿公|阿伯|婶子?|婶婶|嫂子?|嫂嫂|叔叔?|伯伯?|姨|姑|姐|哥|爷|妈|娘|太|太太|老太太?|老汉|老爹|老伯|老师傅|师傅|师父|老板娘?|老师|老先生|先生|女士|小姐|同学|同志|师母|某人|奶|妹|弟|公子|少爷|少)"
ADDRESSED = re.compile(rf"(?P<name>{FAMILY}{RANK}?(?:{ELDER}))(?![长们部傅])")
STYLED = re.compile(
    rf"(?P<name>{COMMON_FAMILY}(?:总|工|董|导|处|局|科|所|主任|书记|支书|镇长|村长|局长|站长|所长|会计|主席|经理|医生|大夫|院长|校长|科长|队长|组长|部长|乡长|县长|股长|委员|律师|法官|警官|干事|出纳|司机|教练|主管|秘书))(?![长部室理任门关员记办工计所站科处局])"
)
HOUSE = re.compile(
    rf"(?P<name>老?{COMMON_FAMILY}家(?:的)?(?:老{RANK}|老幺|大儿子|二儿子|三儿子|小儿子|儿子|大女儿|小女儿|女儿|闺女|小子|丫头|大娃|二娃|媳妇|儿媳妇?|大媳妇|小媳妇|老太太|老爷子|老头|老汉|婆娘|兄弟|哥俩|姐妹|两口子|大嫂|嫂子|孙子|侄子|女婿))"
)
# The same with any family name, where it stands apart; and what people are called for where they come from or look like.
ANY_OLD = re.compile(rf"(?P<name>[老小](?:{'|'.join(sorted(COMPOUND))}|[{COMMON}{FAIR}{RARE}]))")
KNOWN_BY = re.compile(
    r"(?P<name>小(?:四川|湖南|湖北|广东|广西|东北|山东|山西|河南|河北|江苏|苏北|浙江|安徽|福建|江西|陕西|甘肃|云南|贵州|重庆|上海|北京|新疆|西藏|温州|宁波|潮州|内蒙)(?:佬|仔|妹|子)?|大老[黑白胖粗高李张王赵刘孙]|[老大小二][黑胖疯傻歪][子头皮]?(?=家|的|在|是|把|给|说|叫|、|，|,|。|”|\"))"
)
HAIL = "哥|姐|嫂|婶|爷|叔|姨|伯|娘|仔|总|少|佬|妹"
ANY_DEAR = re.compile(rf"(?P<name>[一-鿿](?:{HAIL}))(?![一-鿿]?(?:们|俩)|夫|妹)")
NO_DEAR = frozenset(
    "大二三四五六七八九十小老阿堂表亲干我你他她的是了个几这那位名各某叫喊问找给和与跟汇公帮管不也都又就多减弟兄姐叔伯姨姑舅婆母父祖外"
)
LITTLE = re.compile(r"(?P<name>阿[一-鿿])(?![一-鿿]?·)")
LITTLE_WORDS = frozenset(
    "阿姨 阿拉 阿里 阿伯 阿富 阿胶 阿片 阿尔 阿爸 阿妈 阿婆 阿公 阿訇 阿勒 阿坝 阿克 阿谀 阿飞".split()
)
DEAR = re.compile(
    r"(?P<name>[强军龙虎彪豹刚勇飞伟波涛海斌峰辉明亮东华杰超鹏磊光雄武胖黑刀坤鑫雷毛猛威宏平霞芳燕丽红梅英兰敏娟艳玲萍琴凤秀](?:哥|姐|爷|叔|嫂|婶|子|仔|老板|少|姨))(?![们俩])"
)
PET = re.compile(
    r"(?P<name>[小大][军芳红丽梅明华强刚燕霞玲兰英敏静勇杰峰波涛鹏飞虎伟亮玉翠萍琴娟艳斌凤莲蓉娜婷倩莉辉毛宝柱栓根旺福贵莹雪慧洁琳琪雯妹弟]|(?P<twice>[丽芳佳婷娜莉欢莹蓉倩豆妞妮媛圆琪琳玲珊梦静萌璐蕾楠甜])(?P=twice))"
)
PLAIN_FELLOW = "二狗子?|狗蛋|狗剩子?|铁蛋|二愣子|二娃子?|三娃子?|狗娃子?|铁柱|栓柱|二胖子?|三胖子?|二壮|二赖子|光头强|毛蛋|幺妹|细妹|三叔公|七叔公|二麻子|二秃子|二蛋|憨娃|黑娃|石蛋|拴住|栓子|柱子哥|老疙瘩|小[豆石猴虎柱栓顺栗果桃辣]子|小四川|小湖南|小广东|小东北|小山东|小河南"
# These are words too; after one of these characters they are somebody.
DOUBTFUL_FELLOW = (
    "三毛|二毛|大毛|黑皮|大头|大壮|癞子|瘸子|麻子|六指|刀疤|独眼龙|眼镜|胖子|光头|黑子|老幺"
)
FELLOW = re.compile(
    rf"(?P<name>{PLAIN_FELLOW})|(?:(?<=[、和跟与叫有是找让给被]) ?|(?<![一-鿿]))(?P<doubtful>{DOUBTFUL_FELLOW})(?![一-鿿]?(?:蒜|菜|鱼|钱)|[一二三四五六七八九]|块|分|的病|佩戴)"
)
FAMILY_ONLY = re.compile(rf"姓(?P<name>{FAMILY})(?=的|，|。|、|,|；|叫|名|和|一|干部|）|\)| |$)")
QUOTED_DEAR = re.compile(
    r"(?<=[“\"‘「])(?P<name>[一-鿿]{1,2}(?:哥|姐|爷|叔|总|少|嫂|婶|仔|老板|老师))(?=[”\"’」]|[辛你您，在好])"
)
POSTED = re.compile(
    r"(?:老板娘?|包工头|工头|贩子|司机|打手|村霸|马仔|线人|邻居|摊主|店主|屠夫|屠户|光棍|单身汉|放贷的?|收[一-鿿]{1,3}的|卖[一-鿿]{1,3}的|开[一-鿿]{1,3}的|看[一-鿿]{1,3}的)(?=[一-鿿])"
)
ONLINE = re.compile(
    r"(?:发布者|发帖人|发帖者|爆料人|账号|网名为|群主|网友|主播|博主|群友|粉丝|用户|楼主|版主|号主)(?:叫|是|名叫|昵称|网名|名为|名称|为)?"
)
BARE_ONLINE = re.compile(
    r"(?=[一-鿿\w]*(?:哥|姐|叔|侠|君|妹|爷|客|人|佬|王|仔|宝|妈|爸|[A-Za-z0-9_])(?:自行|发布|发帖|在|说|称|留言|爆料|的|,|。|、|:))[一-鿿A-Za-z0-9_]{2,8}?(?:哥|姐|叔|侠|君|妹|爷|客|佬|王|仔|宝|妈|爸|\d)(?=自行|发布|发帖|在|说|称|留言|爆料|的|,|。|、|:)"
)
CALLED = re.compile(
    r"(?:外号|绰号|诨号|诨名|浑名|混名|花名|艺名|笔名|网名|小名|乳名|奶名|大名|学名|昵称|曾用名|别名|化名|又名|原名|真名|本名|人称|江湖人称|人送外号|自称|道上(?:都)?(?:叫|喊)他?|号称|都(?:叫|喊|称|管)[他她]|(?:大家|人们|村里人|乡亲们?|背后|私下|群众)(?:里|都)?(?:叫|喊|称)(?:[他她](?:作|做|为)?)?|(?:叫|喊|称|唤|称呼)[他她我](?:作|做|为)?|管[他她]叫|微信名|备注名|网上叫|当地人叫|被称为|被叫做|被唤作|人唤|外面叫|圈内叫|圈里叫|叫做)"
    r"(?:[（(])?(?:都|也|就|又|为|是|叫做|叫作|叫|做|作|[:：]| |“|\"|‘|'|「|『|【|《){0,4}"
)
QUOTED = re.compile(
    r"(?<=[“\"‘'「『【《])[^“”\"‘’'「」『』【】《》，。\n]{1,12}(?=[”\"’'」』】》])"
)
ENOUGH = re.compile(
    r"(?P<name>老?[一-鿿]{1,3}?(?:哥|姐|爷|叔|婶|嫂|爹|娘|爸|总|子|仔|儿|蛋|头|嘴|毛|狗|娃|炮|虎|龙|霸|王|鬼|佬|妹|弟|胖|傻|嫂子|师傅|先生|老板|老大|老二|老三|老四|老五|大嘴|半仙))(?=的|了|在|是|就|也|和|跟|与|把|[，。、）)；：,;]|$|[^一-鿿])"
)
SAME_WORDS = frozenset(
    "戴眼镜 包工头 白大褂 老师 老板 老总 小时 小组 小区 大全 大方 大关 大家 大路 大史 大成 小包 小车 小路 小马 小米 小麦 小金 小费 小康 大白 大门 大纪 大同 小伙 小满 大石 大河 大江 大都 大安 大连 大理 大和 小计 老路 老马 老庄 大计 大田 大夏 大唐 大汉 大宋 大明 大元 大商 大宗 小白 小熊 小牛 小石 小池 小鱼 老方 老林 大林 大武 小段 大段 小于 大于 小江 小史 小项 大项 小时 大时 老项 老段 老乡 小农 大农 大党 小宫 大宫 小卫 小屈 大易 小易 小曲 大曲 小商 小应".split()
)


def find(copy: str) -> Iterator[Hit]:
    """Yield the nicknames of a folded copy."""
    yield from _called(copy)
    for pattern, why in (
        (HOUSE, "谁家的人"),
        (CRAFTED, "姓加绰号"),
        (ADDRESSED, "姓加称呼"),
        (STYLED, "姓加职务"),
        (DEAR, "昵称"),
        (PET, "昵称"),
        (QUOTED_DEAR, "昵称"),
        (KNOWN_BY, "绰号"),
    ):
        for match in pattern.finditer(copy):
            if _stands_alone(copy, match.start("name"), match.end("name")):
                yield Hit(*match.span("name"), Kind.PERSON, why, Source.CUE)
    for match in FELLOW.finditer(copy):
        yield Hit(*match.span(match.lastgroup or 0), Kind.PERSON, "绰号", Source.CUE)
    for match in FAMILY_ONLY.finditer(copy):
        yield Hit(*match.span("name"), Kind.PERSON, "只说了姓", Source.CUE)
    for match in ONLINE.finditer(copy):
        quoted = QUOTED.match(copy, match.end() + 1)
        bare = BARE_ONLINE.match(copy, match.end())
        if quoted or bare:
            place = (quoted or bare or match).span()
            yield Hit(*place, Kind.PERSON, "网名", Source.CUE)
    yield from _old_and_little(copy)
    yield from _apart(copy)
    yield from _behind_cues(copy)


def _stands_alone(copy: str, start: int, end: int) -> bool:
    """Tell that no ordinary word is cut, and that the place is no ordinary word itself."""
    word = copy[start:end]
    if lexicon.words().get(word, 0) >= 5 or word in SAME_WORDS:
        return False
    return lexicon.across(copy, start) < 4 and not _cut(copy, end)


def _cut(copy: str, end: int) -> bool:
    known = lexicon.words()
    return any(
        known.get(copy[end - 1 : end + more], 0) >= 6
        for more in (1, 2, 3)
        if end + more <= len(copy)
    )


def _old_and_little(copy: str) -> Iterator[Hit]:
    for match in OLD.finditer(copy):
        start, end = match.span("name")
        if match["name"] in SAME_WORDS or lexicon.across(copy, start) > 3 or _cut(copy, end):
            continue
        if match["name"][0] == "大" and not match["more"]:
            continue
        yield Hit(start, match.end(), Kind.PERSON, "老、小加姓", Source.CUE)
    for match in LITTLE.finditer(copy):
        word = match["name"]
        following = copy[match.start() : match.start() + 3]
        if (
            word in LITTLE_WORDS
            or lexicon.words().get(following, 0)
            or not _stands_alone(copy, *match.span())
        ):
            continue
        yield Hit(*match.span("name"), Kind.PERSON, "阿字开头的称呼", Source.CUE)


def _apart(copy: str) -> Iterator[Hit]:
    """Yield 老 and 小 with a rare family name, where a word of speech or a stop follows."""
    for match in ANY_OLD.finditer(copy):
        if _is_apart(copy, match) and match["name"] not in SAME_WORDS:
            yield Hit(*match.span("name"), Kind.PERSON, "老、小加姓", Source.CUE)


def _behind_cues(copy: str) -> Iterator[Hit]:
    """Yield 发哥 and 破烂王 behind a word that tells of a person, or standing apart."""
    for match in ANY_DEAR.finditer(copy):
        if _is_apart(copy, match) and match["name"][0] not in NO_DEAR:
            yield Hit(*match.span("name"), Kind.PERSON, "昵称", Source.CUE)
    for cue in POSTED.finditer(copy):
        short = ENOUGH.match(copy, cue.end())
        if short and not _is_word(short["name"]) and lexicon.across(copy, cue.end()) < 5:
            yield Hit(*short.span("name"), Kind.PERSON, "绰号", Source.CUE)


def _is_apart(copy: str, match: re.Match[str]) -> bool:
    """Tell that a place is no word and that words of speech or stops stand on both sides."""
    start, end = match.span("name")
    told = not HAN.match(copy[start - 1 : start]) or cues.left(copy, start)[1]
    closed = not HAN.match(copy[end : end + 1]) or cues.right(copy, end)[1]
    return bool(told and closed) and not _is_word(match["name"])


def _is_word(name: str) -> bool:
    return lexicon.words().get(name, 0) > 1


def _called(copy: str) -> Iterator[Hit]:
    for cue in CALLED.finditer(copy):
        place = cue.end()
        quoted = QUOTED.match(copy, place)
        if quoted:
            yield Hit(*quoted.span(), Kind.PERSON, "外号、小名或网名", Source.CUE)
            continue
        short = ENOUGH.match(copy, place) or _until_stop(copy, place)
        if short:
            yield Hit(*short.span(), Kind.PERSON, "外号、小名或网名", Source.CUE)


def _until_stop(copy: str, place: int) -> re.Match[str] | None:
    short = re.compile(
        r"[一-鿿A-Za-z0-9]{2,6}?(?=的|了|在|吧|就行|，|。|、|（|\(|）|\)|；|;|,|：|:| |\n|$|”|\")"
    ).match(copy, place)
    if (
        short is None
        or lexicon.words().get(short.group(), 0) >= 7
        or re.search("^[我你他她它都不没也]|什么|这个|那个|为|是", short.group())
    ):
        return None
    return short
