"""The manifests of an instance: the one in force, the next ones, and the root key that signs."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from portal.commands import instance
from portal.reference.days import local_day
from portal.sealing.keys import Recipient
from portal.sealing.manifest import (
    Manifest,
    ManifestError,
    NamedRecipient,
    sign_manifest,
    signed_manifest,
)
from portal.sealing.manifest_file import ManifestFile
from portal.settings import Settings

SPARES = "spares"
SUFFIX = ".manifest"


class NoRoot(click.ClickException):
    """The root key cannot be used."""


def in_force(settings: Settings) -> Manifest:
    """Return the newest manifest of the instance, also when its time is over.

    :raises click.ClickException: when there is none that the root key signed.
    """
    root = instance.read_root_key(settings)
    try:
        return ManifestFile(settings.instance / instance.MANIFEST, root, Path()).latest()
    except ManifestError as error:
        raise click.ClickException(f"manifest.json: {type(error).__name__}.") from error


def open_root(settings: Settings, path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Open the offline root key.

    :raises NoRoot: when the file or the passphrase is not that of this instance's root.
    """
    try:
        typed = " ".join(passphrase.split()).encode()
        root = load_pem_private_key(path.read_bytes(), typed)
    except (OSError, ValueError, TypeError) as error:
        raise NoRoot(f"{path} does not open: is it root.pem, and this its passphrase?") from error
    known = instance.read_root_key(settings)
    if not isinstance(root, Ed25519PrivateKey) or root.public_key().public_bytes_raw() != known:
        raise NoRoot(f"{path} is not the root key of this instance.")
    return root


def following(manifest: Manifest, now: datetime, *, version: int, **changes: object) -> Manifest:
    """Return a manifest like another, issued now and good for a year."""
    start = now.replace(microsecond=0)
    fresh: dict[str, object] = {
        "version": version,
        "issued_at": start,
        "not_before": start,
        "not_after": start + instance.VALID_FOR,
    }
    return replace(manifest, **{**fresh, **changes})  # type: ignore[arg-type]  # values by name


def with_intake(manifest: Manifest, key_id: str, recipient: Recipient) -> dict[str, object]:
    """Return the change that names another intake key."""
    return {"recipients": {**manifest.recipients, "intake": NamedRecipient(key_id, recipient)}}


def publish(settings: Settings, signed: bytes) -> None:
    """Put a signed manifest in force; running sites read it at the next report."""
    replace_file(settings.instance / instance.MANIFEST, signed, mode=0o644)


def keep_spare(settings: Settings, manifest: Manifest, root: Ed25519PrivateKey) -> None:
    """Keep a signed manifest for the day on which the root key is out of reach."""
    folder = settings.instance / SPARES
    folder.mkdir(exist_ok=True, mode=0o700)
    signed = sign_manifest(manifest, root)
    replace_file(folder / f"{manifest.version:06}{SUFFIX}", signed, mode=0o600)


def next_spare(settings: Settings, above: int) -> tuple[Path, Manifest] | None:
    """Return the spare with the lowest version above the one in force; older ones are dropped.

    :raises click.ClickException: when a spare is not what the root key signed.
    """
    root = instance.read_root_key(settings)
    for path in sorted((settings.instance / SPARES).glob(f"*{SUFFIX}")):
        try:
            manifest = signed_manifest(path.read_bytes(), root)
        except ManifestError as error:
            raise click.ClickException(f"{path}: {type(error).__name__}.") from error
        if manifest.version > above:
            return path, manifest
        path.unlink()
    return None


def period(now: datetime) -> str:
    """Return the name of the quarter's intake key."""
    day = local_day(now)
    return f"intake-{day.year}-{(day.month + 2) // 3}"


def replace_file(path: Path, data: bytes, *, mode: int) -> None:
    """Replace a file whole: whoever reads it gets the old or the new one."""
    whole = path.with_name(path.name + ".tmp")
    whole.unlink(missing_ok=True)
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    whole.rename(path)
