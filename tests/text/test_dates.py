from datetime import date

import pytest

from portal.text.dates import NoDay, typed_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20261118", date(2026, 11, 18)),
        ("２０２６１１１８", date(2026, 11, 18)),
        ("2026-11-18", date(2026, 11, 18)),
        (" 2026.1.8 ", date(2026, 1, 8)),
        ("2026/11/18", date(2026, 11, 18)),
        ("2026年11月18日", date(2026, 11, 18)),
        ("11.18", date(2026, 11, 18)),
        ("11月20日", date(2026, 11, 20)),
        ("12-31", date(2025, 12, 31)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date):
    assert typed_day(typed, TODAY) == day


def test_the_leap_day_without_a_year_is_the_last_one():
    assert typed_day("2.29", date(2025, 1, 3)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "18",
        "昨天",
        "2026-02-30",
        "20261318",
        "2.30",
        "2026-11",
        "1-2-3-4",
        "20261118 9",
        "١١-١٨",
    ],
)
def test_what_names_no_day_is_refused(typed: str):
    with pytest.raises(NoDay):
        typed_day(typed, TODAY)
