"""Family names, and how much a character looks like one or like part of a given name."""

from functools import cache
from importlib import resources

COMPOUND = frozenset(
    (
        "欧阳 上官 司马 诸葛 东方 尉迟 公孙 令狐 慕容 司徒 夏侯 皇甫 宇文 长孙 端木 南宫 申屠 "
        "太史 轩辕 鲜于 闾丘 独孤 拓跋 西门 东郭 百里 呼延 钟离 淳于 单于 澹台 公冶 宗政 濮阳 "
        "赫连 万俟 闻人 左丘 第五 公羊 司空 纳兰 完颜 那拉 叶赫"
    ).split()
)
COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤常洪丘"
)
FAIR = (
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童"
    "凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪"
    "简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫"
    "寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘"
    "满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮"
    "都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺慕危玉银亢嵇公哈湛宾戎勾茅利"
    "於呼居揭干但尉冶斯元束檀衣展阴昝智幸奉植衡富尧由秋春冬霜晨赖占代尧牧山招撒税磨桓綦蒯郦赏靖顿洗游佴俱勒及喇门彦奈宝宛岐库底战戴扶折拜招揣撖文旦昌暨朗杞林果桐楠檀欣步永汝池沃沐沙泉洛浩涵淡渠湖源漫澹焉燕牵玄玛瑚由畅疏白盈眭硕神稽笃胡能芦花苍英茂莘莱菅葡蒋藏虎虢衡袭裕襄觉訚谏谭贯赤路辉那酒金银锁锺闪阙雒青靖鞏韶颛香骞鬲鱼鸿麴鼎齐"
)
RARE = (
    "习候过木多东喜仉缑逄乜禤郗郄滑竺蹇庹訾璩晁暴逯亓侴厍笪谯妫麴笮訚阎肇訾酆郏须查隗幺寸者俸刀羿苌郇仰庚岩玉禄墨尕"
    "贝经贲诸荀家汲邴糜松弓宓蓬钭蓟怀从鄂咸籍双通堵宰濮寿充宦慎庾终弘殳蔚越夔融空毋养巢后红益忻禚钮睢僧铁呙犹隽藤滦言芶泮郤光敦才种水丑侍潭禾矫续线逮勇兑仵年萨赛善佀庆奕钞茆苻荔淦渊漕潜炊烟烛牙牢犬独玲琚璞瓮甯登盍睦祭秘窝笑筱粘绪缐臾舍良苇苒菊萱蔄薜虹蚁蛮褥角讷诗诵谙豹贠贡赧轧迮郃郯鄞野铎铙镜闭闽阔随雅革顺频风飞骑鬼魁鹤黔鼓"
)
AMBIGUOUS = frozenset(
    "常过多东木喜红水双融于向任方白高金石江时成应全和平安明来都公由国干但原相位区强海信展元利居路车关连单计管解房"
    "师门花云容权包宁党农项支满商边普司官和初斯束化温文马万左南东西北那查付毕游应简景席代占税修麦沙阿"
    "谈鲜牧山尧磨扶折拜招欣步母永沃沐泉洛浩渠湖源玄由畅疏盈能秋春冬霜晨银锁香骨鱼黑"
)


@cache
def ranks() -> dict[str, int]:
    """Return how common each one-character family name is: 0 common … 2 rare."""
    known = dict.fromkeys(RARE, 2)
    known.update(dict.fromkeys(FAIR, 1))
    known.update(dict.fromkeys(COMMON, 0))
    return known


def family_length(name: str) -> int:
    """Return how many characters of a name are its family name; 0 when it begins with none."""
    if len(name) > 2 and name[:2] in COMPOUND:
        return 2
    return int(name[:1] in ranks())


# No ordinary word has such a character, so it speaks rather for a name.
RARE_CHARACTER = (0, 1)


@cache
def given_scores() -> dict[str, tuple[int, int]]:
    """Return two scores of characters of given names.

    The first is -4 for a character of ordinary words … 4 for one that hardly occurs but in names;
    the second, 0 … 9, says how often names have it.
    """
    page = resources.files(__package__).joinpath("data/given.txt").read_text("utf-8")
    rows = (line.split() for line in page.splitlines() if line[:1] != "#")
    return {one: (int(ratio), int(often)) for ratio, often, listed in rows for one in listed}


def given_score(character: str) -> int:
    """Return how much a character looks like part of a given name: -4 never … 4 nearly always."""
    return given_scores().get(character, RARE_CHARACTER)[0]


def given_often(character: str) -> int:
    """Return how often given names have a character: 0 never … 9."""
    return given_scores().get(character, RARE_CHARACTER)[1]
