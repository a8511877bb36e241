"""Sealed bytes on disk: rows hold their names, files hold them.

A file is durable (written, synced, renamed, folder synced) before the row that names it is
committed. Names are random and times are cut to midnight, so a stolen disk shows no order.
"""

import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.database import after_commit, after_rollback

SUFFIX = ".sealed"
DAY_SECONDS = 86_400
# Every thread of a killed process may leave the files of one transaction; the largest is a purge.
MOST_STALE = 256


class MissingFile(Exception):
    """A row names a file that is not in the store."""


class TooManyStale(Exception):
    """More files belong to no row than a killed process could leave: something else is wrong."""

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__(f"{count} in {folder}")
        self.count = count
        self.folder = folder


class SealedStore:
    """A flat folder of sealed files with random names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, data: bytes) -> str:
        """Store the bytes durably and return the new file's name."""
        name = secrets.token_hex(16) + SUFFIX
        write_durably(self.folder / name, data)
        return name

    def put_for(self, session: Session, data: bytes) -> str:
        """Store the bytes for a row of this transaction; a rollback takes the file away again.

        When the connection is lost in the moment of the commit, nobody knows whether the row is
        there: then the file stays, and `sweep` decides at the next start.
        """
        name = self.put(data)
        after_rollback(session, lambda: None if _may_be_committed() else self.discard(name))
        return name

    def get(self, name: str) -> bytes:
        """Return a file's bytes.

        :raises MissingFile: when there is no such file.
        """
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError as error:
            raise MissingFile(name) from error

    def discard(self, name: str) -> None:
        """Remove a file; one that is gone already is no error.

        A crash may bring an unlinked file back: `sweep` takes it away at the next start.
        """
        (self.folder / name).unlink(missing_ok=True)

    def discard_after_commit(self, session: Session, name: str) -> None:
        """Remove a file as soon as the row that named it is surely gone."""
        after_commit(session, lambda: self.discard(name))

    def names(self) -> set[str]:
        """Return the names of all whole files."""
        return {path.name for path in self.folder.glob("*" + SUFFIX)}

    def sweep(self, wanted: set[str]) -> int:
        """Remove every file that no row names, as a killed process leaves them; return how many.

        Only safe while nothing else writes to the store: at the start of its process.

        :raises TooManyStale: and removes nothing, as with the database of another day.
        """
        stale = [path for path in self.folder.iterdir() if path.name not in wanted]
        whole = sum(path.suffix == SUFFIX for path in stale)
        if whole > MOST_STALE:
            raise TooManyStale(whole, self.folder)
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, its time cut to midnight; durable when this returns."""
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            _cut_time_to_midnight(file.fileno())
            os.fsync(file.fileno())
        temporary.rename(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cut_time_to_midnight(descriptor: int) -> None:
    now = int(datetime.now(UTC).timestamp())
    midnight = now - now % DAY_SECONDS
    os.utime(descriptor, (midnight, midnight))


def _may_be_committed() -> bool:
    error = sys.exc_info()[1]
    return isinstance(error, DBAPIError) and error.connection_invalidated
