"""Small secrets at rest."""

import pytest

from portal.desk.domain import boxes
from portal.desk.domain.boxes import BoxDamaged

SECRET = bytes(range(32))


def test_a_box_opens_with_its_secret_and_purpose() -> None:
    sealed = boxes.seal(SECRET, "one", b"plain")
    assert boxes.unseal(SECRET, "one", sealed) == b"plain"
    assert b"plain" not in sealed
    assert boxes.seal(SECRET, "one", b"plain") != sealed


@pytest.mark.parametrize("case", ["secret", "purpose", "altered", "cut", "empty"])
def test_a_box_does_not_open_otherwise(case: str) -> None:
    sealed = boxes.seal(SECRET, "one", b"plain")
    secret = bytes(32) if case == "secret" else SECRET
    purpose = "two" if case == "purpose" else "one"
    given = {
        "altered": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "cut": sealed[:20],
        "empty": b"",
    }.get(case, sealed)
    with pytest.raises(BoxDamaged):
        boxes.unseal(secret, purpose, given)
