"""A newsroom."""

import pytest

from portal.desk.house import DeskHouse
from tests.desk.newsroom import Newsroom, staff_newsroom


@pytest.fixture
def newsroom(house: DeskHouse) -> Newsroom:
    """Editors and approvers who hold the notice key."""
    return staff_newsroom(house)
