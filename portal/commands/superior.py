"""`portal superior`: what comes back from the superior commission."""

from pathlib import Path

import click

from portal.config import instance_folder, load
from portal.public.domain import superior_folder


@click.group("superior")
def command() -> None:
    """Take in what the superior commission sends back."""


@command.command("receipts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipts(file: Path) -> None:
    """Take in FILE: the receipts of reports that the superior has opened, in any text.

    The running public site lets those reports go within a minute.
    """
    settings = load(instance_folder())
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    found = superior_folder.leave_receipts(settings.superior_folder, text)
    if not found:
        raise click.ClickException(f"{file.name} holds no receipt: 32 characters, 0 to 9, a to f.")
    click.echo(f"{found} receipts taken in; the public site lets go of what they name.")
