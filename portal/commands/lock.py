"""One process for each side of an instance: the lock that says so."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


class AlreadyRunning(click.ClickException):
    """Another process works with this side's files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"portal is running: another process works with {folder}.")


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold one side's folder for this process; the kernel lets go when the process dies.

    The file says which process holds it.

    :raises AlreadyRunning: when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(folder) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
