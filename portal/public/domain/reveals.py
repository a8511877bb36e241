"""A hint before filing anonymously: words that could tell who wrote them. Nothing is stored."""

import re

LONGEST_SHOWN = 24
MOST_SHOWN = 8

_PAUSE = "，。；！？、：,.;!?:\\s"
_POSTS = (
    "书记|主任|会计|出纳|组长|队长|科员|办事员|科长|股长|局长|镇长|村长|校长"
    "|老师|教师|医生|护士|司机|保安|秘书|干部|职工|员工"
)
_OWN = (
    "家|村|组|科室|科|股|处|单位|部门|办公室|班组|班|学校|医院|公司|厂|小区"
    "|丈夫|妻子|爱人|儿子|女儿|父亲|母亲|爸|妈|哥|弟|姐|妹"
)
_PRIVATE = "姓名|名字|电话|手机|微信|身份证|住址|地址|单位|职务|工号"
_PATTERNS = (
    # 我是…, 我叫…, 本人姓…: up to the next pause, where the self-description ends.
    re.compile(rf"(?:我|本人|俺)(?:是|叫|姓|在|当|任)[^{_PAUSE}]{{1,18}}"),
    re.compile(rf"(?:本人|我)的?(?:{_PRIVATE})[^{_PAUSE}]{{0,18}}"),
    re.compile(rf"(?:我们|我|俺们|俺)(?:{_OWN})"),
    re.compile(rf"我(?:担任|做过|干过|曾任)[^{_PAUSE}]{{0,12}}?(?:{_POSTS})"),
    re.compile(r"(?:署名|举报人|反映人)[：: ]?[\u4e00-\u9fff]{2,4}"),
    # Mobile numbers and land lines with area code, also with separators.
    re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"),
    # Identity cards: 18 places, the last a digit or X.
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}", re.ASCII),
    re.compile(r"(?:微信号?|QQ号?|qq号?)[：: 是]{0,3}[A-Za-z0-9_-]{5,20}"),
)
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)}


def fragments(*texts: str) -> tuple[str, ...]:
    """Return what in the texts could identify the writer, as written, in order, at most eight."""
    found: dict[str, None] = {}
    for text in texts:
        # Digit for digit, so that positions stay those of the text as written.
        plain = text.translate(_FULL_WIDTH)
        spans = [match.span() for pattern in _PATTERNS for match in pattern.finditer(plain)]
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            shown = text[start:end][:LONGEST_SHOWN]
            if not any(shown in earlier for earlier in found):
                found[shown] = None
    return tuple(found)[:MOST_SHOWN]
