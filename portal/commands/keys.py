"""`portal keys`: the next intake key, the next pepper, and manifests that name them."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.commands import instance, manifests, shares, side
from portal.config import instance_folder, load
from portal.desk.domain import ceremony, keys, rotation
from portal.desk.domain.keys import UnknownKey
from portal.desk.domain.rotation import TooFewHolders
from portal.public.models.cases import Case
from portal.reference.days import local_day, utcnow
from portal.sealing.keys import Identity
from portal.sealing.manifest import Manifest, sign_manifest
from portal.sealing.password_box import PasswordCost
from portal.sealing.tracking_code import Pepper
from portal.settings import Settings

LIVE_PEPPERS = 2


@click.group("keys")
def command() -> None:
    """Rotate intake keys and peppers; split and restore the recovery key."""


command.add_command(shares.shares_command)
command.add_command(shares.combine_command)


@command.command("rotate")
@click.option("--root", type=click.Path(path_type=Path), help="root.pem, from its medium")
@click.option("--spares", default=0, help="how many intake keys to sign in advance")
@click.option("--pepper", is_flag=True, help="a new generation of tracking codes instead")
@click.option("--lose-codes", is_flag=True, help="drop a pepper that codes still need")
def rotate(*, root: Path | None, spares: int, pepper: bool, lose_codes: bool) -> None:
    """Put the next intake key in force; without --root, one that was signed in advance."""
    settings, now = load(instance_folder()), utcnow()
    if root is None:
        if pepper or spares:
            raise click.UsageError("Signing takes --root.")
        use_spare(settings, now)
        return
    passphrase = click.prompt("Passphrase of the root key", hide_input=True, err=True)
    opened = manifests.open_root(settings, root, passphrase)
    if pepper:
        rotate_pepper(settings, opened, now, lose_codes=lose_codes)
    else:
        rotate_intake(settings, opened, now, spares=spares)


@command.command("notices")
def draw_notices() -> None:
    """Draw the key of editors and approvers, for an instance from before there were notices."""
    settings, private = load(instance_folder()), Identity.generate()
    with _desk(settings) as session:
        if rotation.is_known(session, instance.NOTICES):
            raise click.ClickException("The desk has a key for notices already.")
        secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
        folder = settings.instance / instance.CEREMONY
        printed = ceremony.write(folder, {instance.NOTICES: private}, secret, PasswordCost())
        keys.register(
            session,
            key_id=instance.NOTICES,
            kind=keys.NOTICES,
            recipient=private.recipient,
            not_after=local_day(utcnow() + instance.VALID_FOR),
        )
    click.echo(f"Shown this once, for paper: {instance.NOTICES}  {printed[instance.NOTICES]}")
    click.echo(f"Editors and approvers import it at the desk, under 密钥; then delete {folder}.")


def rotate_intake(settings: Settings, root: Ed25519PrivateKey, now: datetime, spares: int) -> None:
    """Make the next intake key, and spare ones; each belongs to the holders of the present one."""
    before = manifests.in_force(settings)
    with _desk(settings) as session:
        made = [
            _signed_for_next(session, before, before.version + step, now)
            for step in range(1, spares + 2)
        ]
    for spare in made[1:]:
        manifests.keep_spare(settings, spare, root)
    _put_in_force(settings, before, sign_manifest(made[0], root), now)
    _tell(made[0], len(made) - 1)


def use_spare(settings: Settings, now: datetime) -> None:
    """Put in force what was signed in advance.

    :raises click.ClickException: when nothing was, or its time is over.
    """
    before = manifests.in_force(settings)
    found = manifests.next_spare(settings, before.version)
    if found is None or found[1].not_after <= now:
        raise click.ClickException("No spare is left: name the root key with --root.")
    path, spare = found
    _put_in_force(settings, before, path.read_bytes(), now)
    path.unlink()
    left = len(list(path.parent.glob(f"*{manifests.SUFFIX}")))
    _tell(spare, left)


def rotate_pepper(
    settings: Settings, root: Ed25519PrivateKey, now: datetime, *, lose_codes: bool
) -> None:
    """Add a generation of peppers and drop the oldest beyond two.

    :raises click.ClickException: when codes still need the one to drop.
    """
    known = instance.read_peppers(settings.public_folder)
    before = manifests.in_force(settings)
    for dropped in known[LIVE_PEPPERS - 1 :]:
        needed = _codes_under(settings, dropped)
        if needed and not lose_codes:
            raise click.ClickException(
                f"{needed} tracking codes still need pepper {dropped.id}: nobody could look them "
                "up any more. Wait until they are purged, or say --lose-codes."
            )
    drawn = Pepper(secrets.token_hex(4), secrets.token_bytes(instance.KEY_BYTES))
    live = [drawn, *known][:LIVE_PEPPERS]
    ids = tuple(one.id for one in live)
    manifest = manifests.following(before, now, version=before.version + 1, peppers=ids)
    _keep_peppers(settings, live)
    manifests.publish(settings, sign_manifest(manifest, root))
    click.echo(f"Pepper {drawn.id} is the newest of {len(live)}; manifest {manifest.version}.")
    click.echo("Restart both sites now: codes drawn from then on use it. Spares are void.")


def _keep_peppers(settings: Settings, live: Sequence[Pepper]) -> None:
    # The desk derives the codes of claim slips with the same file; it may run on another host.
    for folder in (settings.public_folder, settings.desk_folder):
        file = folder / instance.PEPPERS
        if file.exists():
            manifests.replace_file(file, instance.peppers_file(live), mode=0o600)


def _put_in_force(settings: Settings, before: Manifest, signed: bytes, now: datetime) -> None:
    """Publish first: a key that is still sealed to must never count as retired."""
    manifests.publish(settings, signed)
    with _desk(settings) as session:
        old = before.recipients["intake"].key_id
        rotation.retire(session, old, today=local_day(now), now=now)


def _signed_for_next(session: Session, before: Manifest, version: int, now: datetime) -> Manifest:
    private, key_id = Identity.generate(), _free_name(session, manifests.period(now))
    change = manifests.with_intake(before, key_id, private.recipient)
    manifest = manifests.following(before, now, version=version, **change)
    try:
        rotation.prepare(
            session,
            after=before.recipients["intake"].key_id,
            key_id=key_id,
            private=private,
            not_after=local_day(manifest.not_after),
            now=now,
        )
    except UnknownKey as error:
        raise click.ClickException("The desk does not know the present intake key.") from error
    except TooFewHolders as error:
        raise click.ClickException(
            "Fewer than two people hold the present intake key: grant it first."
        ) from error
    return manifest


def _free_name(session: Session, period: str) -> str:
    names = (f"{period}-{number}" if number > 1 else period for number in count(1))
    return next(name for name in names if not rotation.is_known(session, name))


def _codes_under(settings: Settings, pepper: Pepper) -> int:
    database = side.open_database(settings, "public")
    try:
        with database.reading() as session:
            needing = select(func.count()).where(Case.pepper_id == pepper.id)
            return session.scalar(needing) or 0
    finally:
        database.dispose()


@contextmanager
def _desk(settings: Settings) -> Iterator[Session]:
    database = side.open_database(settings, "desk")
    try:
        with database.writing() as session:
            yield session
    finally:
        database.dispose()


def _tell(manifest: Manifest, spares: int) -> None:
    key_id = manifest.recipients["intake"].key_id
    click.echo(f"Reports are sealed to {key_id} from now on (manifest {manifest.version}).")
    click.echo(f"{spares} spare keys are signed. A public host of its own needs manifest.json.")
