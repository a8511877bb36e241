"""A code as people write it, dictate it, paste it, spoil it; and what is derived from it."""

import json
import random
from pathlib import Path

import pytest

from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import (
    BadTrackingCode,
    GroupsUnclear,
    GroupWrong,
    LooksLikeReference,
    Parsed,
    Pepper,
    TooLong,
    TooManyUnreadable,
    TooShort,
    TrackingCode,
    derive,
    draw,
    parse,
)

CODE = draw(lambda _: 83172054996103785461)
G1, G2, G3, G4, G5, G6 = CODE.groups
UNREADABLE_MARKS = "*?x#X×＊？ｘ＃Ｘ"
TEXTS = Path(__file__).parents[2] / "portal" / "reference" / "data" / "texts.json"
PEPPER = Pepper("p1", b"p" * 32)


def _codes(seed: int, count: int) -> list[TrackingCode]:
    chance = random.Random(seed)
    return [draw(chance.randrange) for _ in range(count)]


def test_a_drawn_code_has_six_groups_and_keeps_leading_zeros():
    assert CODE.grouped == f"8317 2054 9961 0378 5461 {G6}"
    assert (CODE.last_group, len(CODE.digits)) == (G6, 24)
    assert draw(lambda _: 7).digits.startswith("00000000000000000007")


def test_codes_are_drawn_from_all_twenty_digit_numbers():
    assert draw(lambda below: below - 1).digits.startswith("9" * 20)
    assert len({draw().digits for _ in range(100)}) == 100


def test_showing_a_code_by_accident_reveals_nothing():
    assert f"{CODE} {CODE!r} {Parsed(CODE)}".count(G1) == 0


@pytest.mark.parametrize("digits", ["", CODE.digits[:20], CODE.digits[:23] + "x", "1" * 24])
def test_only_sound_digits_are_a_code(digits):
    with pytest.raises(BadTrackingCode):
        TrackingCode(digits)


def _translated(digits: str, alphabet: str) -> str:
    return digits.translate(str.maketrans("0123456789", alphabet))


SPELLINGS = [
    CODE.digits,
    CODE.grouped,
    f"  {CODE.grouped}\n",
    "-".join(CODE.groups),
    ".".join(CODE.groups),
    "·".join(CODE.groups),
    "—".join(CODE.groups),
    "。".join(CODE.groups),
    ",".join(CODE.groups),
    "，".join(CODE.groups),
    "．".join(CODE.groups),
    "－".join(CODE.groups),
    "\n".join(CODE.groups),
    f"{G1} {G2} {G3}\r\n{G4} {G5} {G6}",
    "\u3000".join(CODE.groups),
    " ".join(CODE.digits),
    _translated(CODE.grouped, "０１２３４５６７８９"),
    _translated(CODE.grouped, "〇一二三四五六七八九"),
    _translated(CODE.grouped, "零幺两三四五六七八九"),
    _translated(CODE.grouped, "洞幺二三四五六七八九"),
    f"我的查询码是{CODE.grouped} 谢谢",
    f"我的查询码是:{CODE.digits}，请帮我查一下。",
    f"你好，{CODE.grouped}能查到吗？",
    f"查询码{CODE.grouped}？",
    f"**{CODE.grouped}**",
    f"查询码{CODE.grouped}?",
    f"我有一个查询码，是两个月前的：码{CODE.grouped}一共六组",
    f"查询码：{CODE.grouped}\n12345678",
    "请记：第一组，{}；第二组，{}；第三组，{}；第四组，{}；第五组，{}；第六组，{}。".format(
        *CODE.spoken()
    ),
    "第1组{}第2组{}第3组{}第4组{}第5组{}第6组{}".format(*CODE.groups),
    f"{CODE.grouped}\n再说一遍，{CODE.grouped}",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_accepted(text):
    assert parse(text) == Parsed(CODE)


@pytest.mark.parametrize("template", ["slip.full", "slip.plain", "code.spoken"])
def test_the_portals_own_slips_are_accepted_as_pasted(template):
    slip = json.loads(TEXTS.read_text(encoding="utf-8"))[template]
    spoken = {f"g{number}": group for number, group in enumerate(CODE.spoken(), start=1)}
    pasted = slip.format(
        code=CODE.grouped,
        reference="40718263",
        track_url="https://jubao.example.invalid:8000/track",
        phone="0000-1234567",
        **spoken,
    )
    assert parse(pasted) == Parsed(CODE)


def test_many_codes_come_back_from_dictation_and_from_paper():
    for code in _codes(1, 300):
        assert parse(code.grouped) == parse(" ".join(code.spoken())) == Parsed(code)


def test_every_single_wrong_digit_is_named_to_the_citizen():
    chance = random.Random(2)
    for code in _codes(2, 2000):
        place = chance.randrange(24)
        wrong = str((int(code.digits[place]) + chance.randrange(1, 10)) % 10)
        with pytest.raises(GroupWrong) as refusal:
            parse(code.digits[:place] + wrong + code.digits[place + 1 :])
        named = place // 4 + 1 if place < 20 else place - 19
        assert refusal.value.group == named
        assert refusal.value.last_digit == (named if named < 5 else None)


def test_every_swap_of_neighbours_is_refused():
    chance = random.Random(3)
    for code in _codes(3, 2000):
        place = chance.randrange(23)
        first, second = code.digits[place], code.digits[place + 1]
        if first != second:
            with pytest.raises((GroupWrong, GroupsUnclear)):
                parse(code.digits[:place] + second + first + code.digits[place + 2 :])


@pytest.mark.parametrize("place", range(24))
def test_one_unreadable_digit_is_filled_in_at_every_place(place):
    for number, code in enumerate(_codes(4 + place, 50)):
        mark = UNREADABLE_MARKS[number % len(UNREADABLE_MARKS)]
        text = code.digits[:place] + mark + code.digits[place + 1 :]
        assert parse(text) == Parsed(code, filled_group=place // 4 + 1)
        assert parse(f"我的查询码是{text},谢谢") == Parsed(code, filled_group=place // 4 + 1)


@pytest.mark.parametrize("place", range(24))
def test_a_slip_in_another_group_beside_an_unreadable_digit_is_still_named(place):
    chance = random.Random(place)
    for code in _codes(place, 40):
        group = chance.choice([each for each in range(5) if each != place // 4])
        if place >= 20 and group in (place - 20, 4):
            continue  # The unreadable check digit is the one that would tell.
        slip = 4 * group + chance.randrange(4)
        digits = list(code.digits)
        digits[slip] = str((int(digits[slip]) + chance.randrange(1, 10)) % 10)
        digits[place] = "*"
        with pytest.raises(GroupWrong) as refusal:
            parse("".join(digits))
        assert refusal.value.group == group + 1


def test_slips_in_two_groups_beside_an_unreadable_digit_are_not_blamed_on_one():
    first_digits = [str((int(group[0]) + 1) % 10) + group[1:] for group in (G1, G2)]
    with pytest.raises(GroupsUnclear):
        parse(f"{first_digits[0]} {first_digits[1]} {G3} {G4} *{G5[1:]} {G6}")


@pytest.mark.parametrize("last", ["", "****", f"{G6[0]}***", f"**{G6[2:]}", "xxxx", "????"])
def test_a_last_group_that_is_lost_or_hard_to_read_is_completed(last):
    text = f"{G1} {G2} {G3} {G4} {G5} {last}"
    assert parse(text) == Parsed(CODE, completed_last=True)


def test_a_last_group_read_in_part_must_still_agree():
    other = str((int(G6[0]) + 1) % 10)
    with pytest.raises(GroupsUnclear):
        parse(f"{G1} {G2} {G3} {G4} {G5} {other}***")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"*317 *054 {G3} {G4} {G5} {G6}", TooManyUnreadable),
        (f"*317 {G2} {G3} {G4} {G5} *{G6[1:]}", TooManyUnreadable),
        (f"8*17 {G2} {G3} {G4} {G5}", TooManyUnreadable),
        ("12345678", LooksLikeReference),
        ("登记号 1234 5678", LooksLikeReference),
        ("一二三四五六七八", LooksLikeReference),
        (f"{G2} {G1} {G3} {G4} {G5} {G6}", GroupsUnclear),
    ],
)
def test_what_cannot_be_read_is_told_by_name(text, error):
    with pytest.raises(error):
        parse(text)


@pytest.mark.parametrize(
    ("text", "error", "count"),
    [
        ("", TooShort, 0),
        ("查询码丢了", TooShort, 0),
        ("1234567", TooShort, 7),
        ("123456789", TooShort, 9),
        (CODE.digits[:19], TooShort, 19),
        (CODE.digits[:21], TooShort, 21),
        (CODE.digits[:23], TooShort, 23),
        (f"登记号12345678,查询码{CODE.digits[:16]}", TooShort, 16),
        (CODE.digits + "1", TooLong, 25),
        (CODE.digits * 2, TooLong, 48),
        (f"{CODE.grouped}和{_codes(9, 1)[0].grouped}", TooLong, 48),
    ],
)
def test_a_wrong_number_of_digits_is_told_and_nothing_is_cut(text, error, count):
    with pytest.raises(error) as refusal:
        parse(text)
    assert refusal.value.count == count


def test_a_refusal_never_carries_the_digits():
    spoiled = CODE.digits[:-1] + str((int(CODE.digits[-1]) + 1) % 10)
    for text in (spoiled, CODE.digits[:22], "12345678", f"**17{CODE.digits[4:]}"):
        with pytest.raises(BadTrackingCode) as refusal:
            parse(text)
        assert not set(str(refusal.value).split()) & {text, *CODE.groups}


def test_a_code_gives_the_same_keys_again_and_another_pepper_gives_others():
    keys = derive(CODE, PEPPER)
    assert derive(CODE, PEPPER) == keys
    for other in (Pepper("p2", b"q" * 32), Pepper("p1", b"p" * 32, memory_kib=16_384)):
        assert derive(CODE, other) != keys
    assert derive(_codes(5, 1)[0], PEPPER) != keys


def test_the_derived_secrets_are_independent_and_work():
    keys = derive(CODE, PEPPER)
    assert len({keys.lookup_id, keys.reply_seed, keys.signing_seed}) == 3
    assert verify_signature(keys.verify_key, keys.sign(b"data"), b"data")


def test_a_pepper_does_not_show_its_secret():
    assert repr(Pepper("p1", b"secret-of-the-deployment")).count("secret-of") == 0
