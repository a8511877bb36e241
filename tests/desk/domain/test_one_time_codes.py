"""Six digits every thirty seconds."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from portal.desk.domain import one_time_codes

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
# RFC 6238, appendix B (SHA-1), the last six of its eight digits.
NOW = datetime.fromtimestamp(1111111109, UTC)
STEP = 1111111109 // 30


def test_the_vector_of_the_standard() -> None:
    assert one_time_codes.matching_step(SECRET, "081804", NOW) == STEP


@pytest.mark.parametrize(("late", "step"), [(-30, STEP), (0, STEP), (30, STEP), (-60, None)])
def test_a_clock_may_be_half_a_minute_off(late: int, step: int | None) -> None:
    moment = NOW + timedelta(seconds=late)
    assert one_time_codes.matching_step(SECRET, "081804", moment) == step


@pytest.mark.parametrize("typed", [" 081 804 ", "０８１８０４"])
def test_spaces_and_full_width_digits(typed: str) -> None:
    assert one_time_codes.matching_step(SECRET, typed, NOW) == STEP


@pytest.mark.parametrize("typed", ["", "81804", "0818040", "081805", "𠮷"])
def test_other_codes(typed: str) -> None:
    assert one_time_codes.matching_step(SECRET, typed, NOW) is None


def test_an_app_reads_the_address() -> None:
    secret = one_time_codes.draw_secret()
    parsed = pyotp.parse_uri(one_time_codes.address(secret, "su.wan", "青岚县纪委监委"))
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.name, parsed.issuer) == (secret, "su.wan", "青岚县纪委监委")
    assert one_time_codes.grouped(secret).replace(" ", "") == secret
