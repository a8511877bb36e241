"""Numbers that belong to a person: identity numbers, telephones, bank cards, number plates.

A number counts by its shape, its check digit (GB 11643, ISO/IEC 7812) and the words around it;
numbers of files, contracts and invoices are left alone.
"""

import re
from collections.abc import Iterator
from datetime import date

from portal.text.anonymise.context import after, before, nearest
from portal.text.anonymise.finding import Hit, Kind, Source
from portal.text.anonymise.folding import with_digits

BETWEEN = r"[ \n\-.·/]{0,2}"
LABELS = re.compile(
    r"身份证|公民身份|证件号|身份号码|身份信息|(?:银行)?卡号|账[号户]|帐[号户]|户头|存折|银行卡|工资卡|储蓄卡|社保卡|一卡通|"
    r"惠农卡|银行|信用社|[工农建交]行|卡上|卡里|卡是|打到|转到|汇[到入]|转入|收款|"
    r"电话|手机|联系方式|座机|固话|宅电|办电|短号|号码是|拨打|拨通|打给|致电|传真|[Tt][Ee][Ll]|微信|"
    r"编号|合同|文号|案号|流水|发票|订单|招标|项目代码|信用代码|学号|工号|车架|批准|许可证|登记号|单号|存单|凭证|邮编|票号|代码"
)
IDENTITY = re.compile(r"身份|证件号")
BANK = re.compile(r"卡|[账帐]|户头|存折|银行|信用社|[工农建交]行|打到|转到|汇|转入|收款")
TELEPHONE = re.compile(r"电|机|话|短号|号码是|拨|打给|联系|传真|[Tt][Ee][Ll]|微信")
OFFICIAL = re.compile(
    r"编号|合同|文号|案号|流水|发票|订单|招标|代码|学号|工号|车架|批准|许可|登记号|单号|存单|凭证|邮编|票号"
)
HOTLINE = re.compile(
    r"(?:举报|监督|热线|咨询|服务|值班|投诉|信访|受理|总机|报警)(?:电话|热线|专线)?[是为:：\s]*$"
)
MONEY = re.compile(r"\s?(?:元|万|亿|余|多?元|平方|公里|亩|吨|株|%|％)")

LONG = re.compile(
    rf"(?<![\dA-Za-z*])\d(?:{BETWEEN}\d){{13,22}}(?:{BETWEEN}[Xx](?![A-Za-z]))?(?![\d*])"
)
MASKED = re.compile(r"(?<![\dA-Za-z*])\d{1,10}[*xX×]{3,14}\d{0,6}[xX]?(?![\dA-Za-z*])")
TAIL = re.compile(
    r"(?P<what>身份证|卡|手机|电话|车牌)?号?码?(?:的|是)?(?:尾号|后[四六4-6]位(?:数字?)?|末[四六4-6]位)(?:为|是|数?:|：)?\s?[“\"(（]?(?P<digits>\d{3,6}[\dXx]?)(?!\d)"
)
MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.-])(?:\+?(?:00)?86{BETWEEN})?1(?:{BETWEEN}[3-9])(?:[ \n\-.·/,，、]{{0,2}}\d){{9}}(?!\d)(?!-\d)"
)
AREA = r"(?:010|02\d|0[3-9]\d{2})"
LAND_LINE = re.compile(
    rf"(?<!\d)(?<!\d-)(?:\+?86{BETWEEN})?[(（]?{AREA}[)） \-]{{0,3}}[1-9](?:[ \-]?\d){{6,7}}"
    r"(?:\s?(?:-|转|分机号?)\s?\d{1,6})?(?!\d)(?!-\d)"
)
LOCAL = re.compile(r"(?<![\d.-])[1-9]\d{2,3}[ -]?\d{4}(?![\d-])(?!\.\d)")
SHORT = re.compile(r"(?:短号|小号|虚拟网|集群网)(?:号码?)?[是为:： ]{0,2}(\d{4,7})(?!\d)")
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Za-hj-np-z] ?[·.•\- 、]?"
    r" ?(?:[A-HJ-NP-Za-hj-np-z0-9] ?){4,5}[A-HJ-NP-Za-hj-np-z0-9学警港澳挂领](?![A-Za-z0-9])"
)
PLATE_PART = re.compile(
    r"(?:车牌|车号|牌照|号牌)[号码尾是为:： “\"末后四三五位数]{0,9}((?=[A-Z0-9·.]*\d)[A-Z0-9][A-Z0-9·.]{2,8})(?![A-Za-z0-9万元])"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def find(copy: str) -> Iterator[Hit]:
    """Yield all numbers of a folded copy, also those that are written in Chinese numerals."""
    seen: set[tuple[int, int]] = set()
    for one in (copy, with_digits(copy)):
        for hit in (*_long(one), *_telephones(one), *_tails(one)):
            if (hit.start, hit.end) not in seen:
                seen.add((hit.start, hit.end))
                yield hit
    yield from _plates(copy)


def is_identity_number(digits: str) -> bool:
    """Tell whether 18 characters carry the right check digit."""
    if len(digits) != 18:
        return False
    total = sum(int(one) * weight for one, weight in zip(digits[:17], WEIGHTS, strict=True))
    return digits[17].upper() == "10X98765432"[total % 11]


def has_birthday(digits: str) -> bool:
    """Tell whether an identity number of 15 or 18 digits could hold a day of birth."""
    year, rest = (
        (digits[6:10], digits[10:14]) if len(digits) == 18 else ("19" + digits[6:8], digits[8:12])
    )
    try:
        born = date(int(year), int(rest[:2]), int(rest[2:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2025


def is_card_number(digits: str) -> bool:
    """Tell whether the Luhn sum of a card number is right."""
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(digits[::-1])]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _long(copy: str) -> Iterator[Hit]:
    for match in LONG.finditer(copy):
        digits = re.sub(r"[^\dXx]", "", match.group())
        label = nearest(copy, match.start(), 16, LABELS)
        kind = _kind(digits, label)
        if kind is not None:
            why = {Kind.ID: "身份证号", Kind.BANKCARD: "银行账号"}[kind]
            yield Hit(match.start(), match.end(), kind, why, Source.PATTERN)
    for match in MASKED.finditer(copy):
        kind = _masked_kind(match.group(), nearest(copy, match.start(), 16, LABELS))
        if kind is not None:
            yield Hit(match.start(), match.end(), kind, "遮得不全的号码", Source.PATTERN)


def _kind(digits: str, label: str) -> Kind | None:
    if OFFICIAL.search(label):
        return None
    if len(digits) in {15, 18} and has_birthday(digits):
        sure = is_identity_number(digits) or IDENTITY.search(label)
        if sure or (not BANK.search(label) and len(digits) == 18):
            return Kind.ID
    if IDENTITY.search(label):
        return Kind.ID
    if digits[-1] in "Xx":
        return Kind.ID if len(digits) == 18 else None
    card = 15 < len(digits) < 20 and digits[0] in "34569" and is_card_number(digits)
    if BANK.search(label) or (
        card and digits[:2] in {"62", "60", "45", "43", "40", "52", "95", "35"}
    ):
        return Kind.BANKCARD
    return None


def _masked_kind(shape: str, label: str) -> Kind | None:
    if OFFICIAL.search(label):
        return None
    if IDENTITY.search(label) or len(shape) in {15, 18}:
        return Kind.ID
    if len(shape) == 11 and shape[0] == "1":
        return Kind.PHONE
    if BANK.search(label) or len(shape) in {16, 19}:
        return Kind.BANKCARD
    return Kind.PHONE if TELEPHONE.search(label) else None


def _tails(copy: str) -> Iterator[Hit]:
    for match in TAIL.finditer(copy):
        words = (match["what"] or "") + copy[max(0, match.start() - 12) : match.start()]
        kind = Kind.BANKCARD
        if "身份证" in words:
            kind = Kind.ID
        elif re.search("手机|电话", words):
            kind = Kind.PHONE
        elif "车" in words:
            kind = Kind.PLATE
        yield Hit(*match.span("digits"), kind, "号码的尾数", Source.PATTERN)


def _telephones(copy: str) -> Iterator[Hit]:
    for match in MOBILE.finditer(copy):
        label = nearest(copy, match.start(), 10, LABELS)
        if not (MONEY.match(copy, match.end()) or OFFICIAL.search(label)):
            yield Hit(match.start(), match.end(), Kind.PHONE, "手机号", Source.PATTERN)
    for match in LAND_LINE.finditer(copy):
        if not HOTLINE.search(copy, max(0, match.start() - 10), match.start()):
            yield Hit(match.start(), match.end(), Kind.PHONE, "固定电话", Source.PATTERN)
    for match in LOCAL.finditer(copy):
        if _is_local(copy, match):
            yield Hit(match.start(), match.end(), Kind.PHONE, "固定电话", Source.PATTERN)
    for match in SHORT.finditer(copy):
        yield Hit(*match.span(1), Kind.PHONE, "短号", Source.PATTERN)


def _is_local(copy: str, match: re.Match[str]) -> bool:
    label = nearest(copy, match.start(), 9, LABELS)
    if not label or not TELEPHONE.search(label) or label == "微信":
        return False
    hotline = HOTLINE.search(copy, max(0, match.start() - 10), match.start())
    return hotline is None and not after(copy, match.end(), 2, MONEY)


def _plates(copy: str) -> Iterator[Hit]:
    for match in PLATE.finditer(copy):
        if re.search(r"\d", match.group()):
            yield Hit(match.start(), match.end(), Kind.PLATE, "车牌", Source.PATTERN)
    for match in PLATE_PART.finditer(copy):
        if not before(copy, match.start(), 4, OFFICIAL):
            yield Hit(*match.span(1), Kind.PLATE, "车牌的一部分", Source.PATTERN)
