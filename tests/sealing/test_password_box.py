"""A box opens with its password and its host, whatever keyboard typed it, and not otherwise."""

import json

import pytest

from portal.sealing.errors import MalformedContent
from portal.sealing.password_box import PasswordCost, WrongPassword, open_box, seal_box
from tests.sealing.samples import LOW_COST

HOST_SECRET = b"h" * 32


def _box(password: str = "柳溪 2026") -> bytes:
    return seal_box(b"secret", password, HOST_SECRET, LOW_COST)


def test_the_cost_of_a_stored_password_is_the_decided_one():
    assert PasswordCost() == PasswordCost(memory_kib=64 * 1024, time=3, lanes=1)


def test_a_box_made_at_full_cost_opens_by_the_cost_it_carries():
    box = seal_box(b"secret", "柳溪 2026", HOST_SECRET, PasswordCost())
    assert json.loads(box)["memory_kib"] == 65_536
    assert open_box(box, "柳溪 2026", HOST_SECRET) == b"secret"


@pytest.mark.parametrize("typed", ["柳溪 2026", "柳溪 ２０２６", "柳溪　2026"])
def test_a_full_width_keyboard_types_the_same_password(typed):
    assert open_box(_box(), typed, HOST_SECRET) == b"secret"


def test_two_boxes_of_the_same_secret_differ():
    assert _box() != _box()


def _altered(**changes: object) -> bytes:
    document = json.loads(_box()) | changes
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "changes", [{"box": "QQ=="}, {"salt": "QUFBQUFBQUFBQUFBQUFBQQ=="}, {"time": 2}]
)
def test_an_altered_box_does_not_open(changes):
    with pytest.raises(WrongPassword):
        open_box(_altered(**changes), "柳溪 2026", HOST_SECRET)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "another"},
        {"more": 1},
        {"salt": "QQ=="},
        {"memory_kib": 2**21},
        {"memory_kib": 7},
        {"time": 0},
        {"time": 17},
        {"lanes": 0},
        {"lanes": 17},
        {"time": "1"},
    ],
)
def test_what_is_no_box_or_asks_for_too_much_work_is_refused(changes):
    with pytest.raises(MalformedContent):
        open_box(_altered(**changes), "柳溪 2026", HOST_SECRET)
