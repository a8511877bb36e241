"""`portal backup`: a stopped side's rows and sealed files, copied together."""

import os
import shutil
from pathlib import Path

import click

from portal.commands import lock
from portal.config import instance_folder, load
from portal.database import Database
from portal.exchange.restoring import note_backup
from portal.migrations.schema import SIDES
from portal.settings import Settings

DATABASE = "portal.db"
# Rows and files name each other. Keys are not among them: they are kept apart from any backup.
STORES = ("items", "exchange", "drafts", "superior")
side_argument = click.argument("side", type=click.Choice(SIDES))
apart_option = click.option(
    "--database-apart",
    is_flag=True,
    help="the database is PostgreSQL and was dumped, or loaded, while the side was stopped",
)


class DatabaseElsewhere(click.ClickException):
    """The rows are in PostgreSQL, so that copying files alone is no backup."""

    def __init__(self) -> None:
        super().__init__(
            "This side's database is PostgreSQL: dump or load it with its own tools while the side "
            "is stopped, then run this with --database-apart."
        )


def url_of(settings: Settings, side: str) -> str:
    """Return the address of a side's database."""
    return settings.public_database if side == "public" else settings.desk_database


def open_database(settings: Settings, side: str, *, apart: bool) -> Database:
    """Return a side's database.

    :raises DatabaseElsewhere: when nobody said that a PostgreSQL database is taken care of.
    """
    database = Database(url_of(settings, side))
    if not database.is_sqlite and not apart:
        raise DatabaseElsewhere
    return database


def copy(settings: Settings, side: str, folder: Path, *, apart: bool) -> int:
    """Copy a stopped side into a new folder; return how many messages are safe from now on.

    :raises FileExistsError: when the folder exists.
    """
    source = settings.instance / side
    with lock.hold(source):
        database = open_database(settings, side, apart=apart)
        database.checkpoint()
        folder.mkdir(parents=True, mode=0o700)
        if database.is_sqlite:
            shutil.copy2(source / DATABASE, folder / DATABASE)
        for store in STORES:
            if (source / store).is_dir():
                shutil.copytree(source / store, folder / store)
        os.sync()
        with database.writing() as session:
            safe = note_backup(session)
        database.dispose()
    return safe


@click.command("backup")
@side_argument
@click.argument("folder", type=click.Path(path_type=Path))
@apart_option
def command(side: str, folder: Path, *, database_apart: bool) -> None:
    """Copy a stopped side's database and sealed files into a new FOLDER."""
    try:
        safe = copy(load(instance_folder()), side, folder, apart=database_apart)
    except FileExistsError as error:
        raise click.ClickException(f"{folder} exists already: name a new folder.") from error
    click.echo(f"{folder} holds the {side} side; {safe} more messages are safe now.")
