"""`portal keys shares` and `combine`: the recovery key on five papers, restored from three."""

from pathlib import Path

import click

from portal.commands.instance import write_secret
from portal.commands.open import read_identity
from portal.sealing.errors import SealingError
from portal.sealing.shares import MADE, NEEDED, combine, split


@click.command("shares")
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def shares_command(key: Path) -> None:
    """Print five shares of a private KEY, as recovery.key; write each on its own paper."""
    for number, share in enumerate(split(read_identity(key)), start=1):
        click.echo(f"{key.stem} {number} of {MADE}, {NEEDED} restore it:\n  {share}")


@click.command("combine")
@click.argument("file", type=click.Path(path_type=Path))
def combine_command(file: Path) -> None:
    """Ask for three shares and write the private key that they restore to a new FILE."""
    numbers = range(1, NEEDED + 1)
    typed = [click.prompt(f"Share {number}", hide_input=True, err=True) for number in numbers]
    try:
        identity = combine(typed)
    except SealingError as error:
        raise click.ClickException(f"{type(error).__name__}: {error}.") from error
    try:
        write_secret(file, f"{identity}\n".encode())
    except FileExistsError as error:
        raise click.ClickException(f"{file} exists: name a new file.") from error
    click.echo(f"{file} opens what is sealed to the key: `portal open ITEM --identity {file}`.")
