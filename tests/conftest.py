"""Fixtures that every part of the suite uses: real databases on both dialects."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.database import Database
from portal.migrations import schema
from portal.migrations.schema import SIDES
from tests import memory_disk, postgres
from tests.needs import need, whole_proof
from tests.sqlite_files import file_of

# Before pytest or a test asks for a temporary folder.
memory_disk.use()


@dataclass
class Databases:
    """The two databases of one portal."""

    public: Database
    desk: Database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave most of PostgreSQL to the whole proof: a quick run tries it where rows are locked."""
    if whole_proof():
        return
    left_out = {item for item in items if _waits_for_the_whole_proof(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _waits_for_the_whole_proof(item: pytest.Item) -> bool:
    chosen = getattr(item, "callspec", None)
    on_postgres = chosen is not None and chosen.params.get("dialect") == "postgres"
    return on_postgres and not ({"exchange", "migrations"} & set(item.path.parts) or _locks(item))


def _locks(item: pytest.Item) -> bool:
    return item.path.stem in {"test_database", "test_store", "test_two_at_once"}


@pytest.fixture(scope="session")
def postgres_url(testrun_uid: str) -> str:
    """The URL of the run's PostgreSQL server; skipped with the reason where it cannot start."""
    try:
        return postgres.start(testrun_uid)
    except Exception as error:
        need(condition=False, reason=f"PostgreSQL does not start here: {type(error).__name__}")
        raise


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated, empty SQLite databases to copy."""
    folder = tmp_path_factory.mktemp("templates")
    for side in SIDES:
        database = Database(f"sqlite:///{folder / side}.db")
        schema.upgrade(database, side)
        database.checkpoint()
        database.dispose()
    return folder


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[Databases]:
    """Migrated PostgreSQL databases of this worker, one for each side."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    pair = []
    for side in SIDES:
        database = Database(postgres.create(postgres_url, f"{side}_{worker}"))
        schema.upgrade(database, side)
        pair.append(database)
    yield Databases(*pair)
    for database in pair:
        database.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database that this run of a test uses."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """This worker's SQLite engines: they keep what they compiled, each test gives them its files.

    Their folders are links that `databases` points to the test's own folder.
    """
    links = tmp_path_factory.mktemp("sqlite")
    return Databases(*(Database(f"sqlite:///{links / side / 'portal.db'}") for side in SIDES))


@pytest.fixture
def databases(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    """Empty databases of both sides, on each dialect in turn."""
    pair: Databases = request.getfixturevalue(f"{dialect}_databases")
    if dialect == "postgres":
        yield pair
        for side in SIDES:
            postgres.empty(getattr(pair, side), schema.metadata(side))
        return
    templates = request.getfixturevalue("sqlite_templates")
    for side in SIDES:
        (tmp_path / side).mkdir(exist_ok=True)
        shutil.copy(templates / f"{side}.db", tmp_path / side / "portal.db")
        _point_to(tmp_path / side, getattr(pair, side))
    yield pair
    pair.public.dispose()
    pair.desk.dispose()


def _point_to(folder: Path, database: Database) -> None:
    link = file_of(database).parent
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
