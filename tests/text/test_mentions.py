"""A name or a unit is found however it was typed, and one that is not there is not."""

import pytest

from portal.text.mentions import is_part_of, mentions, plain


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("石桥村", "柳溪镇石桥村村委会"),
        ("石桥村", "柳溪镇 石　桥\u200b村"),
        ("王建国", "村主任王 建 国收了钱"),
        ("王建国", "村主任王某某收了钱"),
        ("王建国", "村主任王某收了钱"),
        ("王建国", "王某国"),
        ("王建国", "王＊＊"),
        ("王建国", "王×国"),
        ("张三", "张某"),
        ("欧阳振华", "欧阳某某"),
        ("欧阳华", "欧阳某"),
        ("巴特尔", "巴某某"),
        ("𠮷建国", "𠮷某某"),
        ("ABC公司", "ａｂｃ公司"),
        ("柳溪·小学", "柳溪小学"),
    ],
)
def test_what_is_named(entry: str, text: str) -> None:
    assert mentions(entry, text)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("王建国", "王建军和李建国"),
        ("王建国", "李某某"),
        ("欧阳振华", "欧某"),
        ("石桥村", "石某"),
        ("柳溪镇卫生院", "柳溪镇"),
        ("王建国", ""),
        ("　·", "王建国"),
    ],
)
def test_what_is_not_named(entry: str, text: str) -> None:
    assert not mentions(entry, text)


def test_a_unit_written_short_may_be_the_one_in_full() -> None:
    assert is_part_of("石桥村", "青岚县柳溪镇石桥村")
    assert not is_part_of("", "石桥村")
    assert not is_part_of("石桥", "石桥村")
    assert not is_part_of("望江村", "石桥村")


def test_nothing_but_letters_and_digits_compares() -> None:
    assert plain("Ａ 1（*）○\u202e，") == "a1某某"
