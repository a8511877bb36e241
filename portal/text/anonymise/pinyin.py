"""Names in Latin letters: Zhang Weiguo, ZHANG WEI, wangxf; and how a Han name is spelt."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.surnames import COMPOUND, family_length, ranks

MORE = (
    "ca ce ceng cha chou chuai chuang chui chuo cou cu cuan cun cuo dui dun duo dia die diu ding dou e ei eng fo fou ga gei gua guai gun "
    "hen hun huai jia jiong ka kan kao ken keng kou ku kua kuai kuang kuo la lia lie lue luo ma mang mei mian mie miu nai nang nao ne nei nen neng "
    "niang niao nin nu nuan nuo nv o pa pai pao pen pian piao pie po pou que qun rao re ri rou ruo sa san sao se seng shai shei shua shuan shui shuo sou suan "
    "ti tiao tou tuan tui tun tuo wa wai wo xiu ya yo zao zei zen zhua zhuai zhuan zhui zhun zuan zui zun"
).split()
LATIN = re.compile(
    r"(?<![A-Za-z0-9_@.-])[A-Za-z][A-Za-z'’-]*(?:[ ][A-Za-z][A-Za-z'’-]*){0,2}(?![A-Za-z0-9_@-]|\.[A-Za-z])"
)
CUE = re.compile(
    r"(?:姓名|签名|签字|签|署名|拼音|经办人|经手人|账号|帐号|用户|用户名|操作员|登录名|联系人|护照|英文名|名字|叫|人|收件人|户名|持卡人|审批|登录|工作人员|会计|书记|主任|外籍|外教|留学生)(?:为|是|写|写作|名|栏)?[“\"‘'(（:： ]{0,3}$"
)
ACCOUNT = re.compile(
    r"(?:经办人|账号|帐号|用户|用户名|操作员|登录名|工号|登录|审批人|签名|署名)(?:为|是|名)?[“\"‘'(（:： ]{0,3}(?P<name>[a-z]{2,10}(?:[._]?[a-z]{1,10})?\d{0,4})(?![A-Za-z0-9@.])"
)
FOREIGN = re.compile(
    r"(?<![A-Za-z])(?:John|Mary|David|Michael|James|Robert|Peter|Paul|Tom|Jack|Lily|Lucy|Anna|Linda|Kevin|Tony|Eric|Alex|Jason|Amy|Jenny|Daniel|Steven|Andy|Mike|Helen|Grace|Alice|Vivian|Cindy|Sunny|Leo|Frank|Henry|Nancy|Susan|Maria|Ivan|Sergei|Sam|Ben|Bob|Bill|Jim|Joe|Emma|Olivia|Sophia|Emily|Jessica|Sarah|Laura|Rose|Ruby|Ella|Eva|Iris|Irene|Ivy|Jane|Janet|Jerry|Jimmy|Johnny|Joseph|Joyce|Judy|Julia|Karen|Kate|Kelly|Ken|Larry|Louis|Luke|Martin|Matt|Melissa|Nick|Nicole|Oscar|Patrick|Philip|Rebecca|Rita|Roger|Roy|Ryan|Sandy|Scott|Sean|Simon|Sophie|Stella|Steve|Sue|Ted|Terry|Tim|Tina|Vincent|Victor|Wendy|William|Yuki|Fiona|Coco|Angela|Bella|Betty|Carol|Cathy|Diana|Doris|Elaine|Gary|George|Gina|Jackie|Jacky|Joan|Jonathan|Kitty|Leon|Lisa|Mandy|Monica|Queenie|Rachel|Shirley|Summer|Winnie|Yoyo|Zoe|Ahmed|Mohammed|Kim|Park|Lee)(?: [A-Z][a-z]+)?(?![A-Za-z])"
)
# Two Latin words with capitals are a foreigner's name, unless they are a product's.
FULL = re.compile(
    r"(?<![A-Za-z0-9] )(?<![A-Za-z0-9@._-])[A-Z][a-z]{1,11} [A-Z][a-z]{1,14}(?! ?[A-Za-z0-9@._-])"
)
PRODUCTS = re.compile(
    r"Microsoft|Windows|Office|Word|Excel|Adobe|Reader|Google|Chrome|Apple|Store|Power|Point|Photo|Shop|Android|Internet|Explorer|Union|Pay|Land|Rover|Model|Pro|Max|Plus|Mini|Ultra|Note|Book|Air|Pad|Phone|China|Mobile|Bank|Hotel|Club|Bar|Coffee"
)
WORDS = frozenset(
    "wifi app qq vip ppt pos ktv gps dna ai it hr ceo ok ip id pc word excel wps office mp pdf union made can long chang men pan ban hui bang bin sun song dong an en ran bean to yang wan".split()
)


@cache
def readings() -> dict[str, str]:
    """Return the syllable of each character that the table knows."""
    page = resources.files(__package__).joinpath("data/pinyin.txt").read_text("utf-8")
    rows = (line.split() for line in page.splitlines() if line[:1] != "#")
    return {one: row[0] for row in rows if len(row[1]) and row[0] != "ouyang" for one in row[1]}


@cache
def family_names() -> frozenset[str]:
    """Return how family names are spelt."""
    one = {readings()[name] for name in ranks() if name in readings()}
    two = {"".join(readings().get(part, "") for part in name) for name in COMPOUND}
    return frozenset(one | {name for name in two if len(name) > 4} | {"lv", "lyu", "lü"})


@cache
def syllables() -> re.Pattern[str]:
    """Return what a given name of one or two syllables matches."""
    all_ = sorted({*readings().values(), *MORE}, key=len, reverse=True)
    one = "|".join(all_)
    return re.compile(rf"(?:{one})['’-]?(?:{one})?", re.IGNORECASE)


def spellings(name: str) -> Iterator[str]:
    """Yield patterns of the ways in which a Han name is spelt in Latin letters."""
    family = family_length(name)
    sounds = [readings().get(one, "") for one in name]
    if not family or not all(sounds):
        return
    first, given = "".join(sounds[:family]), sounds[family:]
    both = r"[ '’\-]?".join(given)
    yield rf"{first}[ ,\-_.]{{0,2}}{both}"
    yield rf"{both}[ ,\-_.]{{0,2}}{first}"
    if len(given) > 1:
        yield first + "[ ._]?" + "[ ._]?".join(sound[0] for sound in given)


def find(copy: str) -> Iterator[Hit]:
    """Yield the names of a folded copy that are written in Latin letters."""
    for match in LATIN.finditer(copy):
        if _is_name(copy, match):
            yield Hit(match.start(), match.end(), Kind.PERSON, "拼音姓名", Source.CUE)
    for match in ACCOUNT.finditer(copy):
        yield Hit(*match.span("name"), Kind.PERSON, "由姓名缩写的账号", Source.CUE)
    for match in (*FOREIGN.finditer(copy), *FULL.finditer(copy)):
        if PRODUCTS.search(match.group()):
            continue
        yield Hit(match.start(), match.end(), Kind.PERSON, "外文姓名", Source.CUE)


def _is_name(copy: str, match: re.Match[str]) -> bool:
    words = match.group().split()
    if match.group().casefold() in WORDS or any(
        word.casefold() in {"the", "of", "in"} for word in words
    ):
        return False
    told = CUE.search(copy, max(0, match.start() - 8), match.start()) is not None
    if len(words) == 1:
        return _is_joined(words[0]) and (told or len(words[0]) >= 6)
    given = "".join(words[1:])
    forward = words[0].casefold() in family_names() and syllables().fullmatch(given) is not None
    backward = (
        words[-1].casefold() in family_names()
        and syllables().fullmatch("".join(words[:-1])) is not None
    )
    return (forward or backward) and (told or any(word[0].isupper() for word in words))


def _is_joined(word: str) -> bool:
    plain = word.casefold()
    return any(
        plain[:length] in family_names() and syllables().fullmatch(plain[length:]) is not None
        for length in range(2, len(plain) - 1)
    )
