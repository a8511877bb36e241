"""Units: those of a list that staff keep, and those that a place and a suffix give away."""

import re
from collections.abc import Iterable, Iterator

from portal.text.anonymise import lexicon, places
from portal.text.anonymise.finding import Hit, Kind, Source

COUNTY = r"(?:自治区|自治州|自治县|自治旗|省|州|盟|市|县|旗|区)"
TOWN = r"(?:民族乡|[瑶苗侗彝回满土藏壮畲傣]族乡|镇|乡|街道(?:办事处|办)?|苏木|社区|行政村|自然村|村|嘎查|农场|林场|牧场|水库|工业园区?|开发区|园区)"
PLACE = re.compile(rf"(?:{COUNTY}|{TOWN})")
IS_TOWN = re.compile(TOWN)
NO_TOWN = re.compile(
    r"(?<=[下返回还进出])乡(?!镇|政府|党委|人民)|乡[镇村级]|镇[村级]|村[镇级]|乡(?:亲|间|下|里)|村(?:民(?!委|小组|代表会)|里|容|霸|外|内)|市(?:场|民|级|值|价|面|里)|区(?:域|间|别|分|块)|县(?:级|里|城|域)"
    r"|社区(?:矫正|工作者)|水库(?:里|边)"
)
NO_BODY = r"的|了|在|被|把|对|将|因|由|与|至|从|等|及|并|让|请|给|叫|说|称|收受|收了|违规|违反|违纪|利用|为|其|他|她|是|有(?!限)|也|都|曾|任(?!务)|某|分管|村民|群众|居民|霸占|工作|职工|原|长|书记|主任|会计|出纳|干部|人员|委员(?!会)|同志|副|员工|党员|干事|老师|医生|[县乡镇村所下]属|辖区|街上"
BODY_END = (
    r"(?:纪委监委|纪工委|监察室|纪检监察组|纪检组|党支部|党总支|党委|党组|党工委|支部|委员会|居委会|村委会|两委|管委会|指挥部|人民政府|政府|人大|政协|"
    r"纪委|监委|组织部|宣传部|统战部|政法委|团委|妇联|总工会|工会|残联|工商联|科协|文联|红十字会|法院|检察院|公安局|派出所|司法所|"
    r"领导小组|办公室|联合社|供销社|信用社|合作社|合作联社|经济社|经联社|联社|服务中心|中心|管理处|分局|支局|大队|中队|支队|总队|卫生院|卫生室|卫生所|敬老院|养老院|福利院|幼儿园|"
    r"小学|中学|初中|高中|学校|学院|大学|医院|公司|集团|银行|支行|分行|分公司|车间|企业|工厂|纸厂|砂厂|砖厂|砂场|养殖场|加工厂|厂|农场|林场|超市|商店|商行|门市部|饭店|酒店|宾馆|酒楼|餐馆|农家乐|"
    r"局|办|站|所|处|院|委|校|部|社|队|会|协会|基金会|事务所|工作室|物业|段|库|馆|园)"
)
NO_END = (
    r"(?<!办(?=[公理法案事学]))(?<!部(?=[门分]))(?<!委(?=[员托会派任]))(?<!党委(?=委员))(?<!所(?=[以谓有在得属需]))(?<!局(?=[面部限]))"
    r"(?<!会(?=[议计员费场见]))(?<!处(?=[分理罚置于在]))(?<!队(?=[员伍]))(?<!站(?=[在点]))(?<!社(?=[会保]))(?<!段(?=时))(?<!院(?=子))(?<!厂(?=房))"
)
BODY_PART = rf"(?:(?!{NO_BODY})[一-鿿]|第\d+)"
BODY = re.compile(rf"(?!{NO_BODY}){BODY_PART}{{0,12}}?{BODY_END}{NO_END}")
FURTHER_BODY = re.compile(rf"{BODY_PART}{{1,12}}?{BODY_END}{NO_END}")
ENTERPRISE = re.compile(
    r"(?:(?:有限)?(?:责任)?公司|股份公司|集团|专业合作社|合作社|建筑队|工程队|施工队|养殖场|加工厂|机械厂|水泥厂|造纸厂|木材厂|砂石厂|采石场|砂场|砖厂|煤矿|超市|商行|经营部|门市部|饭店|酒店|大酒店|宾馆|酒楼|农家乐|茶楼|会所|"
    r"家庭农场|农场|中学|小学|学校|幼儿园|医院|卫生院|敬老院|养老院|药店|诊所|基金会|事务所|协会|商会|银行|工作室|信用社|农商行|村镇银行|KTV|驾校|网吧|物流园|批发部|五金店|饭馆|餐馆|小卖部|加油站|修理厂|印刷厂|广告部|苗圃)"
)
TRIM = re.compile(
    r".*(?:绑定|开户|工资|储蓄|接受|经营|承包|注册|成立|开办|挂靠|借用|安排|要求|通过|委托|联系|收受|索要|指定|帮助|介绍|前往|虚构|控制|入股|投资|持有|担任|经过|利用|伙同|勾结|私企|民营|企业主|老板|经理|名下|开了|名为|名叫|叫做|叫|负责人|组织|采购|交通|工商|农业|中国|中标|让|给|由|在|与|和|向|从|是|为|到|去|将|把|被|对|的|了|、|开|办|于|至|以|及|送|请|找|使用|私下|参股|参与|违规|旁边|对面|附近|隔壁|路边|国道|省道|公路|借|本|该|各|某|因|用|跟|同)"
)
GENERIC = re.compile(
    r"(?:有限|责任|股份|建筑|劳务|商贸|贸易|工程|建设|置业|投资|实业|科技|农业|农资|物业|园林|绿化|装饰|运输|物流|机械|食品|餐饮|文化|传媒|广告|教育|房地产|地产|养殖|种植|专业|第[一二三四五六七八九十]|中心|实验|人民|中医|民营|私营|国有|集体|上市|外地|当地|本地|一家|两家|多家|家|小型|大型|大|小|各类|相关|有关|县|市|区|镇|乡|村|城|省|级|属|办|中|这|那|几|个|间|所|路边|附近|医药|保险|担保|小额|贷款|典当|旅行|旅游|服务|管理|信息|网络|环保|水利|市政|路桥|电力|燃气|自来水|供水|公交|客运|粮油|烟草|石油|砂石|建材|木材|水泥|印刷|五金|街|民办|公办|希望|中心|完全|寄宿|特殊|职业|技工|高级|初级|乡村|农村|城市|城区|养老|托管|培训|商业|行业|慈善|律师|会计师|会计|税务|审计|咨询)+"
)


def find(copy: str, units: Iterable[str] = ()) -> Iterator[Hit]:
    """Yield the units of a folded copy."""
    yield from _listed(copy, units)
    yield from _of_places(copy)
    yield from _enterprises(copy)


def _listed(copy: str, units: Iterable[str]) -> Iterator[Hit]:
    for unit in units:
        letters = [re.escape(one) for one in unit if not one.isspace()]
        if len(letters) < 2:
            continue
        for match in re.finditer(r"\s{0,2}".join(letters), copy):
            yield Hit(match.start(), match.end(), Kind.ORG, "单位名单中的单位", Source.UNITS)


def _of_places(copy: str) -> Iterator[Hit]:
    done = 0
    for match in PLACE.finditer(copy):
        if match.start() < done or NO_TOWN.match(copy, match.start()):
            continue
        start = places.name_start(copy, match.start(), done)
        if start is None:
            continue
        end, towns = _chain(copy, match.start(), match.end())
        done = end
        if towns:
            yield Hit(start, end, Kind.ORG, "地名加单位名称", Source.PATTERN)


def _chain(copy: str, first: int, end: int) -> tuple[int, bool]:
    """Follow places and bodies from a first place; tell the end, and whether it names a unit."""
    named, bodies = IS_TOWN.match(copy, first) is not None, False
    while True:
        further = re.compile(rf"[一-鿿]{{1,4}}?(?:{COUNTY}|{TOWN})").match(copy, end)
        if further and _is_place(copy, end, further):
            end, named = further.end(), named or bool(IS_TOWN.search(further.group()))
            continue
        body = _body(copy, end, further=bodies)
        if body is None:
            return end, named
        end, named, bodies = body, True, True


def _is_place(copy: str, begin: int, further: re.Match[str]) -> bool:
    suffix = PLACE.search(copy, begin + 1, further.end())
    if suffix is None or NO_TOWN.match(copy, suffix.start()):
        return False
    proper = copy[begin : suffix.start()]
    if proper in places.NO_NAMES or any(one in places.BEFORE for one in proper[:1]):
        return False
    return lexicon.words().get(proper, 0) < 5 or (
        len(proper) == 2 and proper not in places.NO_NAMES
    )


def _body(copy: str, begin: int, *, further: bool) -> int | None:
    body = (FURTHER_BODY if further else BODY).match(copy, begin)
    if body is None or re.match("[一二三四五六七八九十]?组", body.group()):
        return None
    head = body.group()
    if any(
        lexicon.words().get(head[:length], 0) >= 6 and head[:length] in VERBS for length in (2, 3)
    ):
        return None
    return body.end()


VERBS = frozenset(
    "分管 群众 村民 居民 霸占 反映 举报 原来 曾经 一名 两名 有个 有人 干部 职工 违规 工作 负责 开展 组织 召开 参加 领取 发放 出现 发生 修建 建设 承包 负责 老百 百姓 农民 贫困 会计 出纳".split()
)


def _enterprises(copy: str) -> Iterator[Hit]:
    for match in ENTERPRISE.finditer(copy):
        begin = match.start()
        while begin > 0 and match.start() - begin < 14 and places.HAN.match(copy[begin - 1]):
            begin -= 1
        head = copy[begin : match.start()]
        trimmed = TRIM.match(head)
        if trimmed:
            begin += trimmed.end()
        proper = GENERIC.sub("", copy[begin : match.start()])
        if 2 <= len(proper) <= 7 and not any(one in "某该本我你他她" for one in proper):
            yield Hit(begin, match.end(), Kind.ORG, "企业或单位的名称", Source.PATTERN)
