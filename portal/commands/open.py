"""`portal open`: open a sealed file with a private key, as recovery or a test of keys needs it."""

import sys
from pathlib import Path

import click

from portal.desk.domain import passphrases
from portal.desk.domain.ceremony import SUFFIX
from portal.sealing import age
from portal.sealing.errors import BadKey, BadPadding, SealingError
from portal.sealing.keys import Identity
from portal.sealing.padding import unpad
from portal.sealing.password_box import NO_HOST_SECRET


@click.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--identity",
    "key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="file with a line AGE-SECRET-KEY-PQ-1…, or a ceremony file; its passphrase is asked for",
)
def command(file: Path, key: Path) -> None:
    """Open FILE and write what is in it to standard output: all of it, or nothing."""
    try:
        opened = age.decrypt(file.read_bytes(), [read_identity(key)])
    except SealingError as error:
        raise click.ClickException(f"{file.name}: {type(error).__name__}.") from error
    sys.stdout.buffer.write(_without_padding(opened))


def read_identity(path: Path) -> Identity:
    """Return the private key of a file; a ceremony file's passphrase is asked for.

    :raises click.ClickException: when there is none in it.
    """
    if path.suffix == SUFFIX:
        return _from_ceremony(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    written = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(written) != 1:
        raise click.ClickException(f"{path.name} must hold one private key on one line.")
    try:
        return Identity.parse(written[0])
    except BadKey as error:
        raise click.ClickException(f"{path.name} holds no private key of this kind.") from error


def _from_ceremony(path: Path) -> Identity:
    passphrase = click.prompt("Passphrase", hide_input=True, err=True)
    try:
        return passphrases.unwrap(path.read_bytes(), passphrase, NO_HOST_SECRET)
    except SealingError as error:
        raise click.ClickException(f"{path.name}: {type(error).__name__}.") from error


def _without_padding(data: bytes) -> bytes:
    try:
        return unpad(data)
    except BadPadding:
        return data  # Not every file of this format was padded by the portal.
