"""Names of places: where the proper name before 县, 镇 or 村 begins."""

import re

from portal.text.anonymise import lexicon

HAN = re.compile("[㐀-鿿]")
# What stands before a place or a unit and is no part of its name.
BEFORE = frozenset(
    "俺咱恁未已仍元曾均皆在到对与和及跟同由向的了是系住原任据经被把从至往给让叫请找去来于为将即等该本我你他她各全某每两几下"
    "问查及或并因后前里中内外者人有没不也都又再就才还另其此这那哪个们驻赴离经往按以当说称告"
    "、，。；：？！“”‘’（）()《》〈〉【】[]—…·-/|"
)
# These words end in a place's suffix and name none, or begin no proper name.
NO_NAMES = frozenset(
    "全 各 该 本 我 某 每 两 邻 外 几 多 下 分 主 上 小 大 新 老 辖 我们 他们 咱们 你们 所在 有关 相关 某某 各个 "
    "农 乡 县 市 省 区 城 山 牧 贫困 重点 示范 试点 先进 明星 美丽 中心 行政 自然 城中 空心 帮扶 包 驻 联 挂点 "
    "所辖 周边 附近 邻近 基层 部分 多个 其他 其它 个别 外地 当地 本地 异地 一个 两个 三个 这个 那个 哪个 隔壁 "
    "全国 全省 全市 全县 全区 全镇 全乡 全村 地级 县级 副省 直辖 自治 特别 城乡 村镇 乡镇 农业 工业 开发 高新 经济 "
    "整治 治理 建设 振兴 发展 合并 原 现 前 后 任 和 与 对 在 向 由 被 到 从 从事 进 入 出 回 返 离 过 沿 经 "
    "一 二 三 四 五 六 七 八 九 十 百 千 数 半 文明 服务 社会 商业 人行 人民 生活 办公 住宅 厂 校 园 库 营 景 "
    "二人 两人 三人 走 确保 农机 随 跟 名 未经 副 正 绑定 几个 一些 有些 产业 科技 物流 旅游 生态 扶贫 安置 搬迁 移民 试验 实验 处了 巡察 巡视 督促 指导 监督 检查 举报 反映 走访 入户 驻点 涉及 涉案 案发 事发 上述 上级 下级 同级".split()
)
COUNTY = "省|自治区|自治州|州|盟|地区|市|自治县|县|自治旗|旗|区"
TOWNSHIP = "镇|民族乡|乡|街道(?:办事处)?|苏木|农场|林场"
VILLAGE = "社区(?:居委会)?|行政村|自然村|村|嘎查|屯|寨|庄(?!园)"
FIRST = BEFORE | frozenset("村镇乡县集局办所站院校委那年")
INSIDE_NEVER = frozenset("在到对与跟由为从至往给让叫请将向人等其此也都就问于")
NEVER = frozenset("俺咱未已退造的了是有在个们这我你他她某该各每被把共及")
COMMON_WORD = 5
VERY_COMMON = 8
# Ordinary words that places are named after.
AUSPICIOUS = frozenset(
    "和平 红旗 向阳 团结 解放 光明 胜利 东风 新华 幸福 友谊 前进 五一 八一 永安 安乐 太平 长安 兴隆 丰收 民主 平安 富强 新民 卫星 跃进 "
    "五星 红星 双河 石桥 温泉 白云 高峰 龙门 金星 曙光 朝阳 东方 新兴 兴旺 吉祥 如意 黄河 长江 长城 金沙 石林 白沙 黄土 河口 山口 江口 渡口 河东 河西 江东 江北 城关 东关 西关 南关 北关 城东 城西 城南 城北 东湖 西湖 南湖 东山 西山 南山 北山 中山 大河 大山 高山 平原 沙河 清水 红岩 大同".split()
)
LONGEST = 5


def name_start(copy: str, end: int, floor: int = 0) -> int | None:
    """Return where the proper name that ends at `end` begins; None when none does.

    It is two or three characters long as a rule, up to five; what stands before it is the start of
    the text, punctuation, a word, or a character that no name begins with.
    """
    lowest = max(floor, end - LONGEST)
    options = [place for place in range(end - 1, lowest - 1, -1) if _all_han(copy, place, end)]
    scored = [(_fits(copy, place, end, floor), place) for place in options]
    best = max(scored, default=(0, -1))
    return best[1] if best[0] > 0 else None


def _all_han(copy: str, start: int, end: int) -> bool:
    return all(HAN.match(one) for one in copy[start:end])


def _fits(copy: str, start: int, end: int, floor: int) -> int:
    """Return how well a proper name would stand at a place; 0 or less for not at all."""
    name = copy[start:end]
    if name in NO_NAMES or name[:2] in NO_NAMES or name[0] in FIRST or NEVER.intersection(name):
        return 0
    if INSIDE_NEVER.intersection(name[1:]):
        return 0
    score = (0, 1, 6, 5, 2, 1)[len(name)]
    common = 0 if name in AUSPICIOUS else lexicon.words().get(name, 0)
    if common >= COMMON_WORD:
        score -= 4 if common < VERY_COMMON else 14
    if len(name) > 2 and lexicon.words().get(name[:2], 0) > VERY_COMMON:
        score -= 6
    if start in (floor, 0) or not HAN.match(copy[start - 1]):
        return score + 6
    if copy[start - 1] in BEFORE:
        score += 3
    left = lexicon.ending_at(copy, start)
    if len(left) > 1:
        score += 3
    torn = lexicon.across(copy, start)
    return score - (torn if torn > 1 else 0)
