"""Whether anything can be taken: keys, and room, more of it for what begins."""

import shutil
from datetime import timedelta

import pytest

from portal.public.domain.admission import BEGIN, FINISH, GO_ON, MIB, Closed, admit
from portal.sealing.manifest import ManifestError


def test_reports_are_admitted_with_keys_and_room(house, tmp_path, now):
    assert admit(house.manifest, tmp_path, 1, now).version == 3


@pytest.mark.parametrize("days", [0, 91], ids=["no room", "no keys"])
def test_reports_are_not_admitted_otherwise(house, tmp_path, now, days):
    reserve = 1 if days else 10**9
    with pytest.raises(Closed) as closed:
        admit(house.manifest, tmp_path, reserve, now + timedelta(days=days))
    assert isinstance(closed.value.__cause__, ManifestError) is bool(days)


@pytest.mark.parametrize(
    ("share", "open_for"),
    [(0.4, [BEGIN, GO_ON, FINISH]), (0.6, [GO_ON, FINISH]), (0.8, [FINISH]), (1.2, [])],
)
def test_what_begins_stops_before_what_goes_on_and_that_before_filing(
    house, tmp_path, now, share, open_for
):
    """`share` is the reserve as a part of what is free; half of it must be left to begin."""
    reserve = int(share * shutil.disk_usage(tmp_path).free / MIB)
    admitted = []
    for times in (BEGIN, GO_ON, FINISH):
        try:
            admit(house.manifest, tmp_path, reserve, now, times=times)
        except Closed:
            continue
        admitted.append(times)
    assert admitted == open_for
