"""A newsroom."""

import pytest

from portal.desk.house import DeskHouse
from tests.desk.newsroom import Newsroom, Pressroom, staff_newsroom


@pytest.fixture
def newsroom(house: DeskHouse) -> Newsroom:
    """Editors and approvers who hold the notice key."""
    return staff_newsroom(house)


@pytest.fixture
def pressroom(newsroom: Newsroom) -> Pressroom:
    """The same people, with what each of them presses until a notice is out."""
    return Pressroom(newsroom)
