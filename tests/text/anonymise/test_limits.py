"""Where a finder stops: what is nearly a number, an address or an account, and is none."""

import pytest

from portal.text.anonymise import Kind, find, finders, masked


def kinds(text):
    return {one.type for one in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "微信：office",
        "联系地址：官方网站首页底部",
        "川ABCDEFG",
        "登记号车牌A1234",
        "金属、花盆、鸟笼、茶叶、钢笔、张建国",
    ],
)
def test_what_is_nearly_something_stays(text):
    assert kinds(text) <= {Kind.PERSON}
    assert "金属" not in {text[one.start : one.end] for one in find(text)}


def test_a_number_of_an_account_is_no_identity_even_with_a_birthday_in_it():
    assert kinds("账号110101199003071239") == {Kind.BANKCARD}


def test_a_door_is_found_where_only_the_kind_of_road_is_said():
    assert kinds("到了，路3号") == {Kind.ADDRESS}


def test_a_dotted_name_ends_before_a_word():
    text = "叶尔兰·别克马匹多"
    assert {text[one.start : one.end] for one in find(text)} == {"叶尔兰·别克"}


def test_masking_ends_after_so_many_rounds(monkeypatch):
    monkeypatch.setattr(finders, "ROUNDS", 1)
    assert masked("证人张建国说") == "证人张某某说"
