"""`portal restore`: a side put back from a backup, which then asks for what it lost."""

import shutil
from pathlib import Path

import click

from portal.commands import exchange, lock
from portal.commands.backup import (
    DATABASE,
    STORES,
    apart_option,
    open_database,
    side_argument,
)
from portal.config import instance_folder, load
from portal.desk.domain import restoring
from portal.exchange.outbox import Outbox
from portal.exchange.restoring import ask_again
from portal.migrations import schema
from portal.reference.days import utcnow
from portal.settings import Settings


class NotEmpty(click.ClickException):
    """The side still has rows or sealed files; a restore replaces nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is still there: move it away first, nothing is replaced.")


def put_back(settings: Settings, side: str, folder: Path, *, apart: bool) -> None:
    """Put a side back, and let it ask the other side at its next start.

    :raises NotEmpty: when there is something that would be replaced.
    """
    target = settings.instance / side
    with lock.hold(target):
        for name in (DATABASE, *STORES):
            _refuse_full(target / name)
        if (folder / DATABASE).exists():
            shutil.copy2(folder / DATABASE, target / DATABASE)
        for store in STORES:
            if (folder / store).is_dir():
                shutil.copytree(folder / store, target / store, dirs_exist_ok=True)
        database = open_database(settings, side, apart=apart)
        schema.upgrade(database, side)
        outbox, now = Outbox(side, exchange.store(settings, side)), utcnow()
        with database.writing() as session:
            ask_again(session, outbox, now)
            if side == "desk":
                restoring.come_back(session, now=now)
        database.dispose()


def _refuse_full(path: Path) -> None:
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        raise NotEmpty(path)


@click.command("restore")
@side_argument
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@apart_option
def command(side: str, folder: Path, *, database_apart: bool) -> None:
    """Put a stopped side back from the backup in FOLDER; its keys must be in place."""
    put_back(load(instance_folder()), side, folder, apart=database_apart)
    click.echo(
        f"The {side} side is back. Start it: it begins a new stream and asks the other side "
        "for what it may have lost."
    )
    if side == "desk":
        click.echo(
            "People and roles are those of that day: whoever was let go since then can sign in. "
            "Close the desk to everybody but its administrators until they have looked."
        )
