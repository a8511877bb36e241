"""Names of peoples that do not begin with a Han family name: 巴特尔, 扎西次仁, 叶尔兰·别克."""

import re
from collections.abc import Iterator

from portal.text.anonymise import cues, lexicon
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.surnames import family_length

PARTS = frozenset(
    (
        # Mongolian
        "巴特尔 巴图 其其格 其木格 宝音 德力格尔 布仁 布和 布赫 额尔敦 额尔德尼 苏日娜 苏和 那顺 那日苏 娜仁 乌云 乌兰 乌日娜 乌力吉 萨仁 萨日娜 斯琴 高娃 塔娜 "
        "托娅 图雅 通拉嘎 特木尔 铁木尔 腾格尔 哈斯 呼和 呼格吉勒 吉日嘎拉 吉日格勒 吉雅 金花 敖日格乐 敖登 阿拉坦 阿拉腾 阿古拉 阿茹娜 阿如汗 朝鲁 朝克图 查干 达来 达楞 道尔吉 "
        "代小 格日勒 格日乐 孟和 孟克 莫日根 牧仁 满都拉 满达 毕力格 毕力格图 白乙拉 宝力德 宝力高 宝鲁尔 巴雅尔 巴音 巴彦 青格勒 青格乐 恩和 恩克 昂沁 海日 浩斯 胡日查 勒格 吉木斯 扎那 桑布 苏雅拉 图门 "
        "希吉日 旭日 伊德尔 银花 照日格图 准格 白音 白音那 音那 格日乐 那仁 韩格 图布新 额日 阿木尔 阿木古郎 巴根 那木 拉苏荣 锡林 哈日 "
        # Tibetan
        "扎西 东知 尕藏 藏加 梅朵 次仁 次旦 次旺 次珍 次央 次吉 格桑 卓玛 卓嘎 央金 央宗 旺堆 旺久 旺杰 旺姆 旺扎 索朗 索南 索多 丹增 丹巴 平措 普布 尼玛 达娃 达瓦 边巴 拉姆 拉巴 拉珍 罗布 罗桑 洛桑 洛松 "
        "仁青 仁增 仁珍 多吉 多杰 贡布 贡嘎 贡觉 嘉措 嘉央 加措 江村 强巴 强久 晋美 觉安 坚参 坚赞 桑珠 桑杰 桑吉 斯朗 土登 白玛 白珍 班觉 巴桑 巴珠 曲珍 曲扎 曲尼 曲英 措姆 德吉 德庆 顿珠 顿旦 "
        "阿旺 昂旺 益西 益希 赤列 群培 群觉 东智 才让 才旦 才旺 华青 南杰 南加 勒珠 塔杰 完玛 项秀 更登 更桑 龙珠 仓决 仓木 玉珍 玉措 泽仁 泽旺 泽郎 泽翁 四郎 俄日 俄玛 尕藏 尕让 尕玛 吾金 白措 "
        # Uyghur, Kazakh, Kirgiz, Uzbek, Tajik
        "买买提 艾买提 艾合买提 买合木提 阿不都 阿布都 阿卜杜 阿布力 热合曼 热西提 热依木 热依汉 热依 克力木 克里木 卡德尔 卡地尔 吾守尔 吾布力 吾斯曼 玉素甫 玉苏甫 玉山 艾山 艾力 艾尼 艾克拜尔 艾则孜 阿曼 阿依 阿依古丽 "
        "古丽 巴哈尔 古丽娜 古丽娜尔 努尔 努尔兰 努尔古丽 帕提曼 帕提古丽 帕尔哈提 帕夏 帕孜 热娜 热孜 热孜万 再娜甫 再努尔 左热 祖农 祖木热 吐尔逊 吐尔洪 吐尔地 吐尼亚孜 塔西 塔依尔 托合提 托乎提 图尔荪 阿孜 阿孜古丽 "
        "阿迪力 阿力木 阿里木 阿里甫 阿尔肯 阿斯木 亚森 亚库甫 牙生 肉孜 如孜 赛买提 司马义 司马依 斯拉木 伊力 依力 伊敏 依明 依米提 伊明 哈力 哈里 哈力克 海丽 海米提 迪丽 迪丽努尔 迪力夏提 米吉提 木拉提 穆拉提 穆合塔尔 木合塔尔 沙吾提 沙拉 "
        "叶尔 叶尔兰 叶尔肯 叶尔江 别克 巴合提 巴哈提 巴合特 巴依 加尔肯 加恩 加娜尔 江布 江阿 胡安 胡尔曼 哈孜 哈山 赛力克 赛里克 赛尔 恰力 夏依 库万 库尔班 库拉 库丽 木拉 木沙 马合 马力 马达 马纳 坎杰 "
        "居马 居马洪 朱马 热夏提 吾拉 吾米提 别克波 波拉提 波拉 包尔江 杰恩斯 杰恩 达列力 达吾提 大吾提 迪亚尔 叶斯 叶斯哈提 哈提 叶林 叶力 阿扎提 阿依努尔 阿依达 阿依夏 玛依拉 玛丽亚 玛合 坎 "
        # Yi, Hani, Dai, Va and others
        "阿苏 吉克 吉木 沙马 阿牛 阿木 阿呷 木呷 拉铁 拉日 拉且 尔布 尔哈 尔古 尔聪 尔体 日木 日哈 日黑 曲木 曲别 曲比 曲莫 的日 的惹 吉布 吉觉 吉伍 吉列 吉尔 俄木 俄狄 海来 木乃 莫色 罗洪 马海 瓦扎 瓦其 石一 石各 勒伍 勒格 约布 约古 伍呷 伍各 伍合 伍果 惹古 子尔 子古 阿衣 阿果 阿支 "
        "有呷 史布 史古 且沙 且尔 医生莫 乌嘎 乌果 依火 依合 岩温 岩罕 岩香 玉波 玉香 玉罕 玉旺 玉应 罕 波罕 艾嘎 尼嘎 三木嘎 桑 娜妥 娜莫 扎莫 扎迫 娜发 "
        # Korean, Manchu and Russian forms are Han-like and left to the tagger
    ).split()
)
LETTERS = frozenset("".join(PARTS)) | frozenset(
    "阿巴布格尔斯特德拉克勒木其仁措卓玛扎西姆吉嘎古丽娜买提合曼沙依热伊苏乌努肯江别萨塔图雅孜甫汗里力马木呷惹日洛桑旺堆次央宗珠丹增平罗措哈恩额敦宝音朝鲁娅坦腾敖登毕胡莫浩朗图乎都扎那仓央贡觉达瓦娃索朗益希赤列"
)
# Family names that Mongols, Koreans and others took.
FAMILIES = frozenset("包白韩吴金席佟何赵王李陈马杨田")
TAIL = "汗|江|洪|罕|古|甫|娜|尔|拉|孜|提|图|格|勒|玛|措|珍|姆|杰|嘎|呷|布|惹|莫|依|木"
DOTTED = re.compile(
    r"(?<![一-鿿])?(?P<name>[一-鿿]{1,7}(?:[·•・∙‧．](?=[一-鿿])[一-鿿]{1,8}){1,3})"
)
RUN = re.compile("(?:(?!苏木|嘎查)[" + "".join(sorted(LETTERS)) + "]){2,12}")
PEOPLE = re.compile(
    r"(?:蒙古|藏|维吾尔|哈萨克|柯尔克孜|乌孜别克|塔吉克|塔塔尔|彝|壮|苗|侗|瑶|傣|哈尼|傈僳|拉祜|佤|景颇|布朗|羌|土|撒拉|裕固|达斡尔|鄂温克|鄂伦春|锡伯|朝鲜|满|回|纳西|普米|怒|独龙|门巴|珞巴)族|牧民|牧户|僧人|阿訇|苏木|嘎查|旗"
)
TITLES = re.compile(r"(?:大叔|大爷|大妈|阿妈|阿爸|老人|同志|书记|主任|夫妇|家|老师|一家)")


def find(copy: str) -> Iterator[Hit]:
    """Yield the names of a folded copy that are written by sound."""
    for match in DOTTED.finditer(copy):
        start = _dotted_start(copy, match)
        end = _dotted_end(copy, match)
        yield Hit(start, end, Kind.PERSON, "带间隔号的姓名", Source.CUE)
    for match in RUN.finditer(copy):
        yield from _parted(copy, match)


def _dotted_start(copy: str, match: re.Match[str]) -> int:
    """Leave out the words before a dotted name: 牧民 in 牧民叶尔兰·别克."""
    first = copy.index(match.group(), match.start())
    dot = next(place for place in range(first, match.end()) if not "一" <= copy[place] <= "鿿")
    for start in range(first, dot):
        word, kind = cues.left(copy, start)
        if (start == first and not kind) or not _sounding(copy[start:dot]):
            continue
        if kind or word or start == first or copy[start - 1] not in LETTERS:
            return start
    shorter = [
        place for place in range(first, dot) if all(one in LETTERS for one in copy[place:dot])
    ]
    return shorter[0] if shorter else max(first, dot - 3)


def _sounding(part: str) -> bool:
    return all(one in LETTERS for one in part)


def _dotted_end(copy: str, match: re.Match[str]) -> int:
    """Leave out the words after a dotted name: 反映 in 叶尔兰·别克反映."""
    text = match.group()
    last = match.start() + max(text.rfind(dot) for dot in "·•・∙‧．") + 1
    for end in range(last + 1, match.end()):
        if cues.right(copy, end)[1] and len(cues.right(copy, end)[0]) > 1:
            return end
        if copy[end] not in LETTERS and _sounding(copy[last:end]):
            return end
        if (
            len(lexicon.beginning_at(copy, end)) > 1
            and _sounding(copy[last:end])
            and not _sounding(copy[end : end + 2])
        ):
            return end
    return match.end()


def _parted(copy: str, match: re.Match[str]) -> Iterator[Hit]:
    """Cover a run of sound characters with known parts; what is covered enough is a name."""
    if _is_told(copy, *match.span()):
        yield Hit(*match.span(), Kind.PERSON, "按音写的姓名", Source.CUE)
        return
    place = match.start()
    while place < match.end() - 1:
        end, parts = _cover(copy, place, match.end())
        if parts and _is_name(copy, place, end, parts):
            place = _with_family(copy, place)
            yield Hit(place, end, Kind.PERSON, "少数民族姓名", Source.CUE)
            place = end
        else:
            place += 1


def _with_family(copy: str, start: int) -> int:
    """Return where a name begins that has a Han family name before it: 包格日乐."""
    before = copy[start - 1 : start]
    edge = start == 1 or not "一" <= copy[start - 2 : start - 1] <= "鿿"
    return start - 1 if before and before in FAMILIES and edge else start


def _is_told(copy: str, start: int, end: int) -> bool:
    """Tell whether a whole run of three sounds or more stands where a name must stand."""
    if end - start < 3 or _is_of_place(copy, end) or lexicon.words().get(copy[start:end], 0) > 2:
        return False
    told = cues.left(copy, start)[1] in {"post", "kin", "label"} or PEOPLE.search(
        copy, max(0, start - 5), start
    )
    closed = end == len(copy) or bool(cues.right(copy, end)[1]) or not "一" <= copy[end] <= "鿿"
    return bool(told) and closed and family_length(copy[start:end]) != 1


def _cover(copy: str, start: int, limit: int) -> tuple[int, int]:
    end, parts = start, 0
    while end < limit:
        longest = next(
            (n for n in (4, 3, 2) if end + n <= limit and copy[end : end + n] in PARTS), 0
        )
        if longest:
            end, parts = end + longest, parts + 1
            continue
        bridge = next(
            (
                n
                for n in (1, 2)
                if copy[end + n : end + n + 2] in PARTS or copy[end + n : end + n + 3] in PARTS
            ),
            0,
        )
        if parts and bridge and end + bridge + 2 <= limit:
            end += bridge
            continue
        break
    tail = re.compile(TAIL).match(copy, end, limit) if parts else None
    if tail and not lexicon.words().get(copy[end : end + 2], 0):
        end = tail.end()
    return end, parts


def _is_name(copy: str, start: int, end: int, parts: int) -> bool:
    if _is_of_place(copy, end):
        return False
    _word, kind = cues.left(copy, start)
    edge = start == 0 or not "一" <= copy[start - 1] <= "鿿"
    told = (
        bool(kind)
        or PEOPLE.search(copy, max(0, start - 12), start) is not None
        or bool(TITLES.match(copy, end))
    )
    length = end - start
    if length >= 4 or (parts and length == 3 and lexicon.words().get(copy[start:end], 0) < 4):
        return told or edge or length >= 4 or bool(cues.right(copy, end)[1])
    return told and lexicon.words().get(copy[start:end], 0) < 4


def _is_of_place(copy: str, end: int) -> bool:
    return (
        re.compile(
            r"(?![在到从和与])[一-鿿]{0,2}?(?:苏木|嘎查|旗|县|乡|镇|村(?![民干会支])|州|盟|街|路|草原|牧场|市)"
        ).match(copy, end)
        is not None
    )
