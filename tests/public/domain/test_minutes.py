from datetime import UTC, datetime, timedelta

import pytest

from portal.public.domain.minutes import instant_of, is_over, minute_of

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (1, 1), (59.9, 1), (60, 1), (61, 2)])
def test_an_instant_is_rounded_up_to_a_minute(seconds, minutes):
    rounded = minute_of(NOON + timedelta(seconds=seconds))
    assert instant_of(rounded) == NOON + timedelta(minutes=minutes)


def test_an_end_is_over_from_its_own_minute_on():
    end = minute_of(NOON)
    assert not is_over(end, NOON - timedelta(seconds=1))
    assert is_over(end, NOON)
