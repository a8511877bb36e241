"""Numbers of persons are found however they are written; other numbers stay."""

import pytest

from portal.text.anonymise import Kind, find
from portal.text.anonymise.numbers import has_birthday, is_card_number, is_identity_number
from tests.text.anonymise import gold

NUMBERS = {Kind.ID, Kind.PHONE, Kind.BANKCARD, Kind.PLATE, Kind.EMAIL, Kind.WECHAT_QQ}


def places(marked):
    """What must be found in a marked text, and what is found."""
    passage = gold.read("", marked)
    wanted = {(one.start, one.end, one.kind) for one in passage.spans}
    return wanted, {
        (one.start, one.end, one.type) for one in find(passage.text) if one.type in NUMBERS
    }


@pytest.mark.parametrize(
    "marked",
    [
        "身份证号[[证:990123197011290012]]",
        "身份证[[证:990123 19701129 0012]]，",
        "身份证：[[证:９９０１２３１９７０１１２９００１２]]",
        "公民身份号码[[证:99012319701129001X]]。",
        "身份证[[证:990123701129001]]（15位）",
        "身份证[[证:990123********0012]]",
        "身份证后四位[[证:001X]]",
        "身份证号[[证:99012319701300001X]]登记有误",
        "信用社里[[证:99012319701300001X]]这个号",
        "电话[[话:0990****800]]",
        "号码为[[证:11010519491231002X]]，没有别的说明",
        "电话[[话:13900000017]]",
        "打[[话:139 0000 0017]]找他",
        "打[[话:139-0000-0017]]找他",
        "打[[话:+86 139 0000 0017]]找他",
        "手机[[话:一三九零零零零零零幺七]]",
        "手机[[话:幺三九〇〇〇〇〇〇一七]]",
        "手机[[话:139\n00000017]]",
        "手机[[话:139****0017]]",
        "手机尾号[[话:0017]]",
        "座机[[话:0990-1238800]]",
        "座机[[话:（0990）1238800转12]]",
        "电话[[话:1238800]]没人接",
        "短号[[话:665821]]",
        "卡号[[卡:6225 8855 9968 5668 301]]",
        "打到[[卡:6225885599685668301]]",
        "无说明[[卡:6225885599685668301]]",
        "信用社账号[[卡:310200123456789]]",
        "银行卡尾号[[卡:8301]]",
        "银行卡[[卡:622588*********8301]]",
        "车牌[[牌:浙A·K7M20]]",
        "开[[牌:浙A K7M20]]来的",
        "那辆车尾号[[牌:7820]]",
        "开[[牌:浙a-k7m20]]来的",
        "新能源[[牌:浙AD12345]]",
        "车牌尾号[[牌:8F6]]",
        "邮箱[[邮:wang.xiao-ming_77@example.com]]",
        "邮箱[[邮:wxm ＠ example.com]]",
        "微信[[网:wxid_abc123]]",
        "微信号是[[网:lao-zhang88]]",
        "V信：[[网:abcd1234]]",
        "加扣扣[[网:774512096]]",
        "QQ号[[网:774512096]]",
        "QQ[[网:七七四五一二零九六]]",
        "抖音号[[网:shancun88]]",
    ],
)
def test_a_number_is_found(marked):
    wanted, found = places(marked)
    assert found == wanted


@pytest.mark.parametrize(
    "text",
    [
        "合同编号330781202106150001",
        "招标编号：13812345678",
        "发票号码12345678901234567890",
        "统一社会信用代码91330700MA2ABCDE0X",
        "总投资13800000000元",
        "举报电话12388，拨打12345、110",
        "举报电话：0990-1238800",
        "青纪通〔2023〕17号",
        "2019年5月至2021年12月",
        "共1234567890元",
        "面积12345.67平方米",
        "手机应用可以查询",
        "编号330781****0001",
        "型号12****34",
        "微信群里说",
        "流水号202106150001123456",
        "邮编123456",
    ],
)
def test_other_numbers_stay(text):
    assert places(text)[1] == set()


def test_check_digits():
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310020")
    assert not is_identity_number("1101051949123100")
    assert is_card_number("6225885599685668301") == (luhn("6225885599685668301") == 0)
    assert has_birthday("110105194912310020")
    assert has_birthday("110105491231002")
    assert not has_birthday("110105194913310020")
    assert not has_birthday("110105180012310020")


def luhn(digits):
    """The sum of ISO/IEC 7812, the plain way."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += sum(map(int, str(number)))
    return total % 10
