"""Desks as they stand before a test begins: made once in a run, copied from then on."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar, cast

from portal.desk.house import DeskHouse
from tests.sqlite_files import file_of

Made = TypeVar("Made")

# What a step made of a database: its bytes afterwards, and what else the step returned.
KEPT: dict[tuple[str, bytes, bytes], tuple[bytes, object]] = {}


def once(house: DeskHouse, step: str, make: Callable[[], Made]) -> Made:
    """Do a step of the setting-up, or repeat what it made of the same database and secret.

    What the step returns is shared by all tests that take it, so it must not change.
    """
    database = house.database
    if not database.is_sqlite:
        return make()
    database.checkpoint()
    before = file_of(database).read_bytes()
    key = (step, house.host_secret, sha256(before).digest())
    if key not in KEPT:
        made = make()
        database.checkpoint()
        KEPT[key] = (file_of(database).read_bytes(), made)
        return made
    after, made_before = KEPT[key]
    database.dispose()
    file_of(database).write_bytes(after)
    return cast(Made, made_before)
