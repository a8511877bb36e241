"""The check group of a tracking code: arithmetic on digits, nothing else.

Groups 1-5 have four random digits each. With d(i) the Damm digit of group i, started in state i,
the sixth group's digit i is (d(i) + w(i) * d(5)) mod 10 for i = 1..4 and w = 1, 3, 7, 9. A wrong
digit or a swap of neighbours in group i breaks check i alone; in group 5 it breaks all four.
Source of the table: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004.
"""

from collections.abc import Sequence

GROUP_DIGITS = 4
RANDOM_DIGITS = 20
CODE_DIGITS = 24
WEIGHTS = (1, 3, 7, 9)
INVERSE_WEIGHTS = (1, 7, 3, 9)  # modulo 10

DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digits(digits: Sequence[int]) -> tuple[int, ...]:
    """Return the four check digits of the first twenty digits."""
    fifth = _damm(digits[16:20], 5)
    return tuple(
        (_damm(digits[4 * place : 4 * place + 4], place + 1) + weight * fifth) % 10
        for place, weight in enumerate(WEIGHTS)
    )


def is_sound(digits: Sequence[int]) -> bool:
    """Tell whether the last four of 24 digits are the check digits of the others."""
    return not any(_differences(digits))


def wrong_group(digits: Sequence[int]) -> int | None:
    """Return the group, 1 to 5, that one slip in 24 unsound digits points at; None if unclear.

    A slip in the sixth group's digit i points at group i too: nothing can tell the two apart.
    """
    differences = _differences(digits)
    broken = [place + 1 for place, difference in enumerate(differences) if difference]
    if len(broken) == 1:
        return broken[0]
    shifts = {
        difference * inverse % 10
        for difference, inverse in zip(differences, INVERSE_WEIGHTS, strict=True)
    }
    return 5 if len(shifts) == 1 else None


def _differences(digits: Sequence[int]) -> tuple[int, ...]:
    expected = check_digits(digits)
    given = digits[RANDOM_DIGITS:]
    return tuple((have - want) % 10 for have, want in zip(given, expected, strict=True))


def _damm(digits: Sequence[int], state: int) -> int:
    for digit in digits:
        state = DAMM[state][digit]
    return state
