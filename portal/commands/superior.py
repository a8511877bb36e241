"""`portal superior`: what waits for the superior commission, and what comes back from it."""

from pathlib import Path

import click

from portal.config import instance_folder, load
from portal.settings import Settings
from portal.superior import folder


@click.group("superior")
def command() -> None:
    """Take in what the superior commission sends back."""


@command.command("list")
def waiting() -> None:
    """List the files that the superior has not acknowledged, of both sides."""
    settings = load(instance_folder())
    for files in (settings.superior_folder, settings.superior_desk_folder):
        for path in sorted(files.glob("*.age")):
            click.echo(path.relative_to(settings.instance))


@command.command("receipts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipts(file: Path) -> None:
    """Take in FILE: the receipts of reports that the superior has opened, in any text.

    The running public site and the running desk let what they name go within a minute.
    """
    settings = load(instance_folder())
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    found = max(folder.leave_receipts(files, text) for files in _folders_here(settings))
    if not found:
        raise click.ClickException(f"{file.name} holds no receipt: 32 characters, 0 to 9, a to f.")
    click.echo(f"{found} receipts taken in; this portal lets go of what they name.")


def _folders_here(settings: Settings) -> list[Path]:
    # Each side knows its own; on a host with one side alone nobody would empty the other's folder.
    sides = {
        settings.public_folder: settings.superior_folder,
        settings.desk_folder: settings.superior_desk_folder,
    }
    here = [files for side, files in sides.items() if side.is_dir()]
    return here or [settings.superior_folder]
