"""The check group finds every slip: 10^5 wrong digits, 10^5 swaps, and names the group."""

import random

from portal.sealing.check_group import DAMM, check_digits, is_sound, wrong_group

TRIALS = 100_000


def _code(chance: random.Random) -> list[int]:
    first = [int(digit) for digit in f"{chance.randrange(10**20):020}"]
    return [*first, *check_digits(first)]


def _named(place: int) -> int:
    """The group that a slip at a place, 0 to 23, must be blamed on."""
    return place // 4 + 1 if place < 20 else place - 19


def test_the_table_is_totally_antisymmetric():
    digits = range(10)
    assert all(sorted(row) == list(digits) for row in DAMM)
    assert all(DAMM[digit][digit] == 0 for digit in digits)
    swaps = [(s, a, b) for s in digits for a in digits for b in digits if a != b]
    assert all(DAMM[DAMM[s][a]][b] != DAMM[DAMM[s][b]][a] for s, a, b in swaps)


def test_a_code_is_sound():
    chance = random.Random(1)
    assert all(is_sound(_code(chance)) for _ in range(1000))


def test_every_wrong_digit_is_found_and_its_group_named():
    chance = random.Random(2)
    for _ in range(TRIALS):
        digits, place = _code(chance), chance.randrange(24)
        digits[place] = (digits[place] + chance.randrange(1, 10)) % 10
        assert wrong_group(digits) == _named(place)


def test_every_wrong_digit_at_every_place_is_found_for_one_code():
    code = _code(random.Random(3))
    for place in range(24):
        for shift in range(1, 10):
            digits = code.copy()
            digits[place] = (digits[place] + shift) % 10
            assert not is_sound(digits)
            assert wrong_group(digits) == _named(place)


def _different_neighbours(chance: random.Random) -> tuple[list[int], int]:
    """A code and a place where its digit differs from the next one."""
    while True:
        digits, place = _code(chance), chance.randrange(23)
        if digits[place] != digits[place + 1]:
            return digits, place


def test_every_swap_of_neighbours_is_found_and_its_group_named_if_it_is_within_one():
    chance = random.Random(4)
    for _ in range(TRIALS):
        digits, place = _different_neighbours(chance)
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        if place < 20 and place % 4 != 3:
            assert wrong_group(digits) == _named(place)
        else:
            assert not is_sound(digits)


def test_two_slips_in_different_groups_point_at_no_group():
    chance = random.Random(5)
    for _ in range(1000):
        digits = _code(chance)
        first, second = chance.sample(range(4), 2)
        digits[4 * first] = (digits[4 * first] + 1) % 10
        digits[4 * second + 1] = (digits[4 * second + 1] + 1) % 10
        assert wrong_group(digits) is None
