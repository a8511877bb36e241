import pytest

from portal.public.domain.reveals import LONGEST_SHOWN, MOST_SHOWN, fragments


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我是青石村小学的老师，他找过我", "我是青石村小学的老师"),
        ("本人叫李某，住在村口", "本人叫李某"),
        ("这件事我们科室都知道", "我们科室"),
        ("有事打13800001111找我", "13800001111"),
        ("有事打１３８ 0000 1111", "１３８ 0000 1111"),
        ("家里电话0990-1234567", "0990-1234567"),
        ("身份证990101199001011234号", "990101199001011234"),
        ("身份证99010119900101123X", "99010119900101123X"),
        ("邮箱some.one@example.com", "some.one@example.com"),
        ("微信号：qinglan_2026", "微信号：qinglan_2026"),
        ("我担任村里的会计八年", "我担任村里的会计"),
        ("举报人：王小二", "举报人：王小二"),
        ("我的手机是村里发的", "我的手机是村里发的"),
    ],
)
def test_words_that_could_tell_the_writer_are_shown_as_written(text, shown):
    assert shown in fragments(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "柳溪镇青石村的会计多报三户低保，共23000元。",
        "账号6222020000000000000里多了钱",
        "2019年到2024年每年一次",
    ],
)
def test_what_is_about_others_is_left_alone(text):
    assert fragments(text) == ()


def test_the_same_words_are_shown_once_and_not_without_end():
    numbers = [f"1380000{n:04}" for n in range(30)]
    assert fragments("，".join(numbers * 2)) == tuple(numbers[:MOST_SHOWN])
    assert fragments("我们科室，我们科室", "我们科室") == ("我们科室",)


def test_a_long_fragment_is_cut():
    (shown,) = fragments("我的地址" + "很长" * 30)
    assert len(shown) == 22 <= LONGEST_SHOWN
