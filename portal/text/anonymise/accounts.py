"""Names of accounts: e-mail addresses, WeChat, QQ and other networks."""

import re
from collections.abc import Iterator

from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.folding import with_digits

AT = r"\s?(?:@|\(at\)|\[at\]|（at）|艾特|#)\s?"
POINT = r"\s?(?:\.|点|\(dot\)|。)\s?"
EMAIL = re.compile(
    rf"[A-Za-z0-9](?:[\w.+-]|(?<=\d) (?=\d))*{AT}[A-Za-z0-9-]+(?:{POINT}[A-Za-z]{{2,}})+",
    re.ASCII | re.IGNORECASE,
)
NETWORKS = (
    r"(?:微 ?信|威信|薇信|徽信|卫星号|[Vv] ?信|加[Vv](?![A-Za-z])|(?<![A-Za-z])[VvWw][Xx]|[Ww]e[Cc]hat|weixin|[Qq] ?[Qq]|(?<![A-Za-z])[Qq](?:号|群)|"
    r"扣扣|企鹅号?|秋秋|抖 ?音|快手|微博|支付宝|小红书|钉钉|飞书|陌陌|旺旺|闲鱼|拼多多|西瓜视频|哔哩|知乎|贴吧|论坛|B站|[Tt]elegram|(?<![A-Za-z])TG)"
)
LABEL = r"(?:账号名?|帐号|用户名|号码?|[Ii][Dd]|群|昵称|名|名称|ID号|主页|备注|收款|好友|添加|加)"
LINK = r"[是为叫:：=\s“\"'‘(（【\[,，]{0,4}"
ACCOUNT = re.compile(
    rf"{NETWORKS}{LABEL}{{0,3}}{LINK}(?P<account>[A-Za-z][A-Za-z0-9_-]{{3,29}}|[A-Za-z0-9]*\d(?:[ -]?[A-Za-z0-9_]){{4,14}})",
)
NUMBER_FIRST = re.compile(
    rf"(?<![\w])(?P<account>[A-Za-z][A-Za-z0-9_-]{{4,29}}|[1-9]\d{{4,11}})[”\"’]?[)） ]?(?:\(|（|这个|的|是(?:他|她|我|你|您|其|我们|本人)?的?|为(?:其|他|她)){{1,2}}{NETWORKS}"
)
PLAIN = re.compile(
    r"(?:群号|用户名|登录名|登录账号|网名|昵称|[Ii][Dd])[是为叫:：=\s“\"]{0,3}(?P<account>[A-Za-z][A-Za-z0-9_.-]{3,29}|[1-9]\d{5,11})"
)
# 微信昵称“…”，号是 haikuo_9911: the network is named a few words before.
LATER = re.compile(
    rf"{NETWORKS}[^。\n]{{0,24}}?(?:号码?|账号|ID)(?:是|为|:|：)\s?(?P<account>(?=[A-Za-z_-]*\d|\w*_)[A-Za-z0-9][A-Za-z0-9_-]{{4,29}})"
)
WXID = re.compile(r"(?<![\w@])(?P<account>wxid_?[A-Za-z0-9_-]{4,30})(?![\w@])")
WORDS = frozenset(
    "wechat weixin wifi vlog video http https group app android iphone email mail qqmail office word excel".split()
)


def find(copy: str) -> Iterator[Hit]:
    """Yield addresses and account names of a folded copy."""
    for match in EMAIL.finditer(copy):
        yield Hit(match.start(), match.end(), Kind.EMAIL, "电子邮箱", Source.PATTERN)
    for one in (copy, with_digits(copy)):
        for pattern in (ACCOUNT, NUMBER_FIRST, PLAIN, LATER, WXID):
            for match in pattern.finditer(one):
                if match["account"].casefold() not in WORDS:
                    yield Hit(*match.span("account"), Kind.WECHAT_QQ, "网络账号", Source.PATTERN)
