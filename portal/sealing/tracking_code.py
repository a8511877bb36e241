"""The tracking code: 24 digits that open a citizen's replies and nothing else.

Twenty random digits (66 bits) in five groups and a sixth group of check digits, so that a slip of
the pen is found, named and often repaired before anybody looks anything up.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from portal.sealing.check_group import (
    CODE_DIGITS,
    GROUP_DIGITS,
    RANDOM_DIGITS,
    check_digits,
    is_sound,
    wrong_group,
)
from portal.sealing.dictation import UNREADABLE, readings
from portal.sealing.replies import CodeKeys

REFERENCE_DIGITS = 8
SPOKEN = "零幺二三四五六七八九"


class BadTrackingCode(Exception):
    """Base of every reason why a text gives no tracking code; it never carries the text."""


class TooShort(BadTrackingCode):
    """Digits are missing; `count` were found."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} digits")
        self.count = count


class TooLong(BadTrackingCode):
    """More digits than a code has; `count` were found."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} digits")
        self.count = count


class GroupWrong(BadTrackingCode):
    """One group, 1 to 5, is probably wrong.

    `last_digit` is the place, 1 to 4, in the last group that may be wrong instead; None for
    group 5, which no single slip in the last group can imitate.
    """

    def __init__(self, group: int) -> None:
        super().__init__(f"group {group}")
        self.group = group
        self.last_digit = group if group <= GROUP_DIGITS else None


class GroupsUnclear(BadTrackingCode):
    """Something is wrong, but not in a way that points at one group."""


class LooksLikeReference(BadTrackingCode):
    """Eight digits: the public reference of a report, which opens nothing."""


class TooManyUnreadable(BadTrackingCode):
    """More digits are unreadable than the check digits can give back."""


@dataclass(frozen=True, repr=False)
class TrackingCode:
    """A sound code; it shows its digits only where it is asked for them."""

    digits: str

    def __post_init__(self) -> None:
        """Refuse digits that are no code: a typed text goes through `parse` first."""
        well_formed = len(self.digits) == CODE_DIGITS and set(self.digits) <= set("0123456789")
        if not well_formed or not is_sound(_values(self.digits)):
            raise BadTrackingCode("not 24 sound digits")

    def __repr__(self) -> str:
        return "TrackingCode(hidden)"

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the six groups of four digits."""
        starts = range(0, CODE_DIGITS, GROUP_DIGITS)
        return tuple(self.digits[start : start + GROUP_DIGITS] for start in starts)

    @property
    def grouped(self) -> str:
        """Return the code as it is written down: six groups with spaces between."""
        return " ".join(self.groups)

    @property
    def last_group(self) -> str:
        """Return the group that the citizen types back."""
        return self.groups[-1]

    def spoken(self) -> tuple[str, ...]:
        """Return the six groups as they are dictated, with 幺 for 1, which sounds unlike 七."""
        return tuple("".join(SPOKEN[int(digit)] for digit in group) for group in self.groups)


@dataclass(frozen=True)
class Parsed:
    """A code read from a text, and what had to be added to it.

    `filled_group` is the group, 1 to 6, whose unreadable digit was computed, or None;
    `completed_last` is true when the sixth group was missing or could not be read.
    """

    code: TrackingCode
    filled_group: int | None = None
    completed_last: bool = False


@dataclass(frozen=True)
class Pepper:
    """One generation of the deployment's secret and the cost of deriving with it."""

    id: str
    secret: bytes = field(repr=False)
    memory_kib: int = 8192
    time: int = 1


def draw(randbelow: Callable[[int], int] = secrets.randbelow) -> TrackingCode:
    """Draw a new code; `randbelow(n)` gives a number from 0 to n - 1."""
    return _complete(f"{randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}")


def parse(text: str) -> Parsed:
    """Read a code from whatever a person typed or pasted; nothing is truncated or guessed.

    :raises LooksLikeReference: for eight digits.
    :raises TooShort: when digits are missing, except for a whole missing sixth group.
    :raises TooLong: when there are more, or two different codes.
    :raises TooManyUnreadable: when the check digits cannot give back what is unreadable.
    :raises GroupWrong: when the check digits point at a group.
    :raises GroupsUnclear: when they only tell that something is wrong.
    """
    found = readings(text)
    whole = [reading for reading in found if len(reading) == CODE_DIGITS]
    without_last = [reading for reading in found if len(reading) == RANDOM_DIGITS]
    if whole:
        return _one_of(whole)
    if without_last:
        return _one_of(without_last)
    raise _wrong_length(found)


def derive(code: TrackingCode, pepper: Pepper) -> CodeKeys:
    """Derive a code's keys under one generation of the pepper: Argon2id, then HKDF-SHA256."""
    root = hash_secret_raw(
        code.digits.encode("ascii"),
        pepper.secret,
        time_cost=pepper.time,
        memory_cost=pepper.memory_kib,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
    return CodeKeys(
        lookup_id=_expand(root, b"lookup id"),
        reply_seed=_expand(root, b"reply seed"),
        signing_seed=_expand(root, b"signing seed"),
    )


def _one_of(candidates: Sequence[str]) -> Parsed:
    """Return the one code among the candidates; the likeliest one's error if there is none."""
    parsed: list[Parsed] = []
    errors: list[BadTrackingCode] = []
    for candidate in candidates:
        try:
            parsed.append(_read(candidate))
        except BadTrackingCode as error:
            errors.append(error)
    if not parsed:
        raise errors[0]
    if len({each.code for each in parsed}) > 1:
        raise TooLong(CODE_DIGITS * len(parsed))
    return parsed[0]


def _read(places: str) -> Parsed:
    """Read 24 places, or 20 without the sixth group; `*` stands for an unreadable digit."""
    unreadable = places.count(UNREADABLE)
    first = places[:RANDOM_DIGITS]
    if UNREADABLE not in first and unreadable != 1:
        return _read_first(first, places[RANDOM_DIGITS:])
    if len(places) < CODE_DIGITS or unreadable > 1:
        raise TooManyUnreadable(f"{unreadable} digits")
    return _fill(places)


def _read_first(first: str, last: str) -> Parsed:
    """Read five complete groups beside a sixth that is complete, missing or unreadable in part."""
    code = _complete(first)
    completed = UNREADABLE in last or not last
    if all(have in (want, UNREADABLE) for have, want in zip(last, code.last_group, strict=False)):
        return Parsed(code, completed_last=completed)
    if completed:
        raise GroupsUnclear
    raise _diagnosis(first + last)


def _fill(places: str) -> Parsed:
    """Find the one value of the unreadable digit that the check digits allow."""
    group = places.index(UNREADABLE) // GROUP_DIGITS + 1
    filled = [places.replace(UNREADABLE, str(value)) for value in range(10)]
    for digits in filled:
        if is_sound(_values(digits)):
            return Parsed(TrackingCode(digits), filled_group=group)
    suspects = [suspect for digits in filled if (suspect := wrong_group(_values(digits)))]
    raise GroupWrong(suspects[0]) if suspects else GroupsUnclear()


def _diagnosis(digits: str) -> BadTrackingCode:
    group = wrong_group(_values(digits))
    return GroupsUnclear() if group is None else GroupWrong(group)


def _wrong_length(found: Sequence[str]) -> BadTrackingCode:
    count = max((len(reading.strip(UNREADABLE)) for reading in found), default=0)
    if count == REFERENCE_DIGITS:
        return LooksLikeReference()
    return TooLong(count) if count > CODE_DIGITS else TooShort(count)


def _complete(first: str) -> TrackingCode:
    return TrackingCode(first + "".join(map(str, check_digits(_values(first)))))


def _values(digits: str) -> list[int]:
    return [int(digit) for digit in digits]


def _expand(root: bytes, purpose: bytes) -> bytes:
    info = b"portal tracking code v1 " + purpose
    return HKDFExpand(SHA256(), length=32, info=info).derive(root)
