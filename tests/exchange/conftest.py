from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Databases
from tests.exchange.crossing import (
    DESK_HANDLERS,
    PUBLIC_HANDLERS,
    Base,
    Crossing,
    end,
    make_houses,
)


@pytest.fixture
def crossing(databases: Databases, tmp_path: Path) -> Iterator[Crossing]:
    """Both ends over real databases, on each dialect in turn."""
    pair = (databases.public, databases.desk)
    for database in pair:
        Base.metadata.create_all(database.engine)
    public, desk = make_houses(databases, tmp_path)
    yield Crossing(tmp_path, end(public, PUBLIC_HANDLERS), end(desk, DESK_HANDLERS))
    for database in pair:
        Base.metadata.drop_all(database.engine)
