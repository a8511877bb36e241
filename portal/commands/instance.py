"""The files of an instance: first keys, host keys, peppers and the signed manifest."""

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.config import UnsafeSetting
from portal.exchange.host_key import HostKey
from portal.reference.days import local_day
from portal.sealing.keys import Identity
from portal.sealing.manifest import Manifest, NamedRecipient, sign_manifest
from portal.sealing.tracking_code import Pepper
from portal.settings import Settings

VALID_FOR = timedelta(days=365)
KEY_BYTES = 32

ROOT_KEY = "root.pub"
MANIFEST = "manifest.json"
HIGHEST = "manifest.version"
HOST_KEY = "host.key"
COOKIE_KEY = "cookie.key"
HOST_SECRET = "host.secret"  # noqa: S105 — the name of a file
PEPPERS = "peppers.json"
CEREMONY = "ceremony"
STATISTICS = "statistics-1"
NOTICES = "notices-1"

# These keys leave the machine, so their passphrases must open them anywhere.
SUPERIOR = ("superior", "superior-recovery")
OFFLINE = ("recovery", "custodian-a", "custodian-b", *SUPERIOR)
NO_HOST_SECRET = bytes(KEY_BYTES)


@dataclass(frozen=True)
class FirstKeys:
    """Every key of a new instance, before it is wrapped and handed to people.

    `shared` holds, by key id, the private halves that several people hold together.
    """

    period: str
    root: Ed25519PrivateKey = field(repr=False)
    public_host: HostKey = field(repr=False)
    desk_host: HostKey = field(repr=False)
    shared: Mapping[str, Identity] = field(repr=False)
    pepper: Pepper = field(repr=False)

    @classmethod
    def draw(cls, now: datetime) -> "FirstKeys":
        """Draw all keys; the intake key is named after the quarter."""
        day = local_day(now)
        period = f"intake-{day.year}-{(day.month + 2) // 3}"
        names = (period, "office-1", STATISTICS, NOTICES, *OFFLINE)
        return cls(
            period=period,
            root=Ed25519PrivateKey.generate(),
            public_host=HostKey.generate(),
            desk_host=HostKey.generate(),
            shared={name: Identity.generate() for name in names},
            pepper=Pepper(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES)),
        )

    def manifest(self, now: datetime, version: int = 1) -> Manifest:
        """Return the manifest that puts these keys in force for a year."""
        start = now.replace(microsecond=0)
        people = {
            "intake": self.period,
            "recovery": "recovery",
            "custodian_a": "custodian-a",
            "custodian_b": "custodian-b",
            "statistics": STATISTICS,
            "superior": "superior",
            "superior_recovery": "superior-recovery",
        }
        hosts = {"desk_transport": self.desk_host, "public_transport": self.public_host}
        recipients = {
            name: NamedRecipient(key_id, self.shared[key_id].recipient)
            for name, key_id in people.items()
        } | {name: NamedRecipient(name, host.identity.recipient) for name, host in hosts.items()}
        return Manifest(
            version=version,
            issued_at=start,
            not_before=start,
            not_after=start + VALID_FOR,
            recipients=recipients,
            verify_keys={
                "desk": self.desk_host.peer.verify_key,
                "public": self.public_host.peer.verify_key,
            },
            peppers=(self.pepper.id,),
        )


def write(settings: Settings, keys: FirstKeys) -> None:
    """Write the files that both sides start with; none of them opens a report."""
    for folder in (settings.public_folder, settings.desk_folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_secret(folder / COOKIE_KEY, secrets.token_bytes(KEY_BYTES))
    keys.public_host.save(settings.public_folder / HOST_KEY)
    keys.desk_host.save(settings.desk_folder / HOST_KEY)
    write_secret(settings.desk_folder / HOST_SECRET, secrets.token_bytes(KEY_BYTES))
    for folder in (settings.public_folder, settings.desk_folder):
        write_secret(folder / PEPPERS, peppers_file([keys.pepper]))


def put_in_force(settings: Settings, keys: FirstKeys, now: datetime) -> None:
    """Publish the manifest: from here on reports are sealed to these keys, so it comes last."""
    signed = sign_manifest(keys.manifest(now), keys.root)
    (settings.instance / MANIFEST).write_bytes(signed)
    root = keys.root.public_key().public_bytes_raw()
    (settings.instance / ROOT_KEY).write_text(root.hex() + "\n", encoding="ascii")


def write_secret(path: Path, data: bytes) -> None:
    """Write a new file that only this user may read; FileExistsError when there is one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_secret(path: Path) -> bytes:
    """Read a key file of 32 bytes.

    :raises UnsafeSetting: when it is missing, readable by others, or of another length.
    """
    data = _read_private(path)
    if len(data) != KEY_BYTES:
        raise UnsafeSetting(f"{path} is damaged: it must hold {KEY_BYTES} bytes.")
    return data


def read_root_key(settings: Settings) -> bytes:
    """Read the 32-byte key that the manifest's signature is checked with.

    :raises UnsafeSetting: when it is missing or damaged.
    """
    path = settings.instance / ROOT_KEY
    try:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError) as error:
        raise UnsafeSetting(f"{path} is missing or damaged: run `portal init`.") from error


def read_peppers(folder: Path) -> list[Pepper]:
    """Read the live pepper generations of one side, newest first; both sides have the same file.

    :raises UnsafeSetting: when the file is missing, exposed or damaged.
    """
    path = folder / PEPPERS
    try:
        return [
            Pepper(one["id"], bytes.fromhex(one["secret"]), one["memory_kib"], one["time"])
            for one in json.loads(_read_private(path))
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UnsafeSetting(f"{path} is damaged: restore it from the backup of keys.") from error


def _read_private(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise UnsafeSetting(f"{path} can be read by other users: chmod 600 it.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnsafeSetting(f"{path} is missing: run `portal init`.") from error


def peppers_file(peppers: Sequence[Pepper]) -> bytes:
    """Return the file that keeps these peppers, newest first."""
    entries = [
        {
            "id": pepper.id,
            "secret": pepper.secret.hex(),
            "memory_kib": pepper.memory_kib,
            "time": pepper.time,
        }
        for pepper in peppers
    ]
    return json.dumps(entries).encode()
