"""`portal migrate`: bring both databases to the newest schema."""

import click

from portal.commands import lock
from portal.config import instance_folder, load
from portal.database import Database
from portal.migrations import schema
from portal.settings import Settings


def upgrade_all(settings: Settings) -> None:
    """Upgrade the databases of both sides."""
    urls = {"public": settings.public_database, "desk": settings.desk_database}
    for side, url in urls.items():
        with lock.hold(settings.instance / side):
            database = Database(url)
            schema.upgrade(database, side)
            database.dispose()


@click.command("migrate")
def command() -> None:
    """Bring both databases to the newest schema."""
    upgrade_all(load(instance_folder()))
    click.echo("Both databases are at the newest schema.")
