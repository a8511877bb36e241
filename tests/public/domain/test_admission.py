from datetime import timedelta

import pytest

from portal.public.domain.admission import Closed, admit
from portal.sealing.manifest import ManifestError


def test_reports_are_admitted_with_keys_and_room(house, tmp_path, now):
    assert admit(house.manifest, tmp_path, 1, now).version == 3


@pytest.mark.parametrize("days", [0, 91], ids=["no room", "no keys"])
def test_reports_are_not_admitted_otherwise(house, tmp_path, now, days):
    reserve = 1 if days else 10**9
    with pytest.raises(Closed) as closed:
        admit(house.manifest, tmp_path, reserve, now + timedelta(days=days))
    assert isinstance(closed.value.__cause__, ManifestError) is bool(days)
