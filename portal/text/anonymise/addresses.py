"""Where somebody lives: down to the door, the group of the village, or the third house from the east."""

import re
from collections.abc import Iterator

from portal.text.anonymise import places
from portal.text.anonymise.finding import Hit, Kind, Source

COUNT = r"(?:[甲乙丙]?\d{1,5}(?:[-之]\d{1,5})*[A-Za-z]?|[甲乙丙]?[一二三四五六七八九十百零〇]{1,5}|[A-Za-z]\d{0,4}(?:-\d+)*|[东西南北中甲乙丙丁])"
DOOR = re.compile(
    rf"{COUNT} ?(?:号楼|号院|号房|号(?!线|文|令|公告|卡|码|机|段)|座|村民小组|居民小组|小组|组(?![长织成合建团])|幢|栋|单元|室|弄|巷|门洞|号门|门牌|楼(?![梯主])|层(?![层面次级])|排|号车库|号铺|房间|社(?![会保区])|队(?![长员伍])|庭)"
)
ROAD = (
    "路|街|大道|大街|巷|弄|胡同|里弄|弄堂|里|小区|花园|家园|公寓|名邸|名苑|苑|新村|新城|广场|大厦|华庭|雅居|府邸|公馆|别墅|山庄|宿舍|家属院|家属楼|大院|"
    "安置房|安置点|搬迁点|老街|坊|坪|湾|沟|坝|岭|冲|塘|垸|岗|坡|圩|畈|埠|墩|桥头|村口|路口|街口|场镇|工业园|市场|商城|馆|府|城|居"
)
PLACE = rf"(?:{places.COUNTY}|{places.TOWNSHIP}|{places.VILLAGE}|{ROAD})"
# A county alone tells nobody's home, and is what a mask leaves.
BELOW_COUNTY = rf"{places.TOWNSHIP}|{places.VILLAGE}|{ROAD}"
ENDS_IN_PLACE = re.compile(rf"(?:{PLACE})(?:[ ]|[东西南北][段侧路头区])?$")
CUE = re.compile(
    r"(?:家庭|户籍|通讯|通信|联系|居住|现|常|暂|收件|收货|邮寄|送货|详细|原|老家|单位)?(?:住址|地址|住所地?|居住地|户籍地|户籍所在地|户口所在地|住处|家庭住处|户口)(?:是|为|在|位于|：|:|\s|均为|系|登记为|登记在|写的是|填的是){0,4}"
    r"|(?:现|家|常|租|暂|借|长期|一直|目前|经常|还|就|仍|都|原|曾|均|我|他|她|前|后来|户)?(?:居住|租住|暂住|借住|落户|寄住|同住|入住|搬|躲|(?<![记抓卡不保稳留站守忍按拦锁吃拿入顶堵捂截拉握扣控挡围圈缠靠扛撑管压])住)(?:址|于|在|到|进|的是|的地方是|着|到了)?(?:是|为|:|：)?(?![院房宅建宿户持进了着手过])"
    r"|(?:家|老家|房子|屋|门市|店|铺子?|摊子?|老宅|新房|祖屋|窝点)(?:就)?(?:开|摆|设)?(?:在|位于|是在)|老家(?:是|就是)?(?!的|人|来)"
    r"|(?:寄到|寄往|邮寄至|寄至|送到|送至|送货到|快递到|搬到了?|搬至|搬进|迁到|户口在|落户在|开到|拉到|停在|约在|门牌号?[是为]?)"
)
LOCATIVE = re.compile(
    r"(?:[东西南北村街镇路桥河山坡巷院街]{1,2}(?:头|边|侧|面|口|尾)|路口|旁边?|隔壁|对面|对过|后面|前面|背后|附近|门口|底下|树下|楼上|楼下|拐角|尽头|第.{1,2}[家户栋排间]|最[东西南北里]|[红白蓝灰黄土老]+(?:砖)?(?:房|楼|屋|瓦)|斜对)"
)
PLACE_END = re.compile(PLACE)
DOOR_ALONE = re.compile(r"^[一-鿿A-Z]{2,12}?[A-Za-z]?\d{1,3}-\d{1,4}(?:-\d{1,4})?(?!\d|年|月)")
LAST_CLAUSE = re.compile(r"[^，,。；;\n、：:“”\"（）()|]*$")
REACH = 40
# What continues an address behind a door: another door, a named house with a number, a number.
FURTHER = (
    re.compile(rf"[ ,，]?{DOOR.pattern}"),
    re.compile(rf"[一-鿿]{{2,8}}?(?:{ROAD}|村){COUNT}(?:号|幢|栋|楼)?"),
    re.compile(r"[一-鿿]{2,6}[A-Z]?\d{1,3}(?:座|栋|幢|号楼|单元)"),
    re.compile(r"-?\d{1,5}(?![\d年月元万个人名])(?:室|号)?"),
)
REST = re.compile(
    r"(?:[一-鿿]{0,8}(?:停车场|仓库|车库|后院|院内|院子|门面房?|商铺|库房|厂房|地下室|值班室|小卖部|出租屋|平房)|[(（][^()（）\n]{1,14}(?:[旁侧边口对面楼室]|附近)[)）]|[东西南北][侧边头面]|(?:[一-鿿]{0,6})(?:旁边|旁|隔壁|对面|附近|门口|后面|前面|斜对面|楼上|楼下|拐角处?)|第?[一二三四五六七八九十\d]+[家户间排])"
)
CLAUSE = re.compile(r"[^，,。；;\n？！?!、：:“”\"（）()|]{2,32}")
FORM = re.compile(
    r"(?:住址|地址|户籍地|户籍所在地|户口所在地|居住地|住所地?)[ 　]*[:：|][ 　]*(?P<where>[^，,。；;\n|]{4,40})"
)
NETWORK = re.compile(r"网址|邮箱|IP|http|网站")


def find(copy: str) -> Iterator[Hit]:
    """Yield the addresses of a folded copy."""
    for match in FORM.finditer(copy):
        if not NETWORK.search(match.group()):
            yield _hit(copy, *match.span("where"), "住址")
    yield from _doors(copy)
    yield from _described(copy)


def _hit(copy: str, start: int, end: int, why: str) -> Hit:
    while end > start and copy[end - 1] in " 　":
        end -= 1
    return Hit(start, end, Kind.ADDRESS, why, Source.PATTERN)


def _doors(copy: str) -> Iterator[Hit]:
    done = 0
    for match in DOOR.finditer(copy):
        if match.start() < done:
            continue
        start = _left(copy, match.start(), done)
        if start is None:
            continue
        end = _right(copy, match.end())
        yield _hit(copy, start, end, "住址到门牌或小组")
        done = end


def _left(copy: str, door: int, floor: int) -> int | None:
    """Return where the address before a door begins; None when no place stands there."""
    base = max(floor, door - REACH)
    clause = LAST_CLAUSE.search(copy[base:door].rstrip(" "))
    begin = base + (clause.start() if clause else 0)
    cues = [cue.end() for cue in CUE.finditer(copy, begin, door)]
    if cues:
        # Behind a cue the place may be anything that is not a whole sentence.
        return cues[-1]
    if not ENDS_IN_PLACE.search(copy[base:door].rstrip(" ")):
        return None
    return _first_place(copy, begin, door)


def _first_place(copy: str, begin: int, door: int) -> int | None:
    """Return where the leftmost place before the door begins."""
    suffixes = [match.start() for match in PLACE_END.finditer(copy, begin, door)]
    for suffix in suffixes:
        found = places.name_start(copy, suffix, begin) if suffix > begin else None
        if found is not None:
            return found
    return begin if suffixes else None


def _right(copy: str, end: int) -> int:
    """Return where an address ends that has a door ending at `end`."""
    while True:
        further = next(filter(None, (more.match(copy, end) for more in FURTHER)), None)
        if further is None:
            rest = REST.match(copy, end)
            return rest.end() if rest else end
        end = further.end()


def _described(copy: str) -> Iterator[Hit]:
    for cue in CUE.finditer(copy):
        clause = CLAUSE.match(copy, cue.end())
        if clause is None or NETWORK.search(copy, max(0, cue.start() - 2), cue.end() + 4):
            continue
        where = clause.group()
        located = LOCATIVE.search(where)
        if located:
            yield _hit(
                copy, clause.start(), clause.start() + _until(where, located.end()), "住处的描述"
            )
        elif DOOR_ALONE.search(where):
            yield _hit(copy, clause.start(), clause.end(), "住处到门牌")
        elif DOOR.search(where) is None and _is_home(cue.group(), where):
            yield _hit(copy, clause.start(), clause.start() + _home_end(where), "住处")


def _until(where: str, located: int) -> int:
    more = re.compile(r"[^的了]{0,12}?(?:家|户|栋|楼|房|屋|院|间|旁边?|附近|口|处)").match(
        where, located
    )
    return more.end() if more else located


def _is_home(cue: str, where: str) -> bool:
    if not re.search("住|址|户口|户籍|家", cue):
        return False
    return (
        re.search(
            rf"^(?![还仍都也就又]|农村|村里|乡下|城里|镇上)[一-鿿\d]{{1,14}}(?:{BELOW_COUNTY})",
            where,
        )
        is not None
    )


def _home_end(where: str) -> int:
    last = 0
    for match in re.finditer(PLACE, where):
        last = match.end()
    return last
