"""An office at work."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.desk.house import DeskHouse
from tests.desk.casework import Office, open_office


@pytest.fixture
def office(house: DeskHouse, tmp_path: Path, root_key: Ed25519PrivateKey) -> Office:
    """Two clerks and a handler without grants, with an intake key and an office key."""
    return open_office(house, tmp_path, root_key)
