"""First keys: written once under printed passphrases, read in by their first holders.

The folder is the weakest place of a new instance. `portal check` is red until it is gone.
"""

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.desk.domain import keys, passphrases
from portal.sealing.keys import Identity
from portal.sealing.password_box import NO_HOST_SECRET, PasswordCost

SUFFIX = ".key"
KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class NoSuchFile(Exception):
    """The ceremony left no file for this key, or it was removed."""


def write(
    folder: Path, private: Mapping[str, Identity], host_secret: bytes, cost: PasswordCost
) -> dict[str, str]:
    """Write each private key to `<key id>.key`; return the passphrases to print, by key id.

    :raises FileExistsError: when a key of this name was written before.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    printed = {}
    for key_id, identity in private.items():
        printed[key_id] = passphrases.draw()
        wrapped = passphrases.wrap(identity, printed[key_id], host_secret, cost)
        _write_new(folder / (key_id + SUFFIX), wrapped)
    return printed


def waiting(folder: Path) -> set[str]:
    """Return the ids of the keys whose files still lie in the folder."""
    return {path.stem for path in folder.glob("*" + SUFFIX)}


def read(folder: Path, key_id: str, passphrase: str, host_secret: bytes) -> Identity:
    """Open one key's file; slow on purpose, and outside any transaction.

    :raises NoSuchFile: when there is none.
    :raises portal.desk.domain.passphrases.WrongPassword: when the passphrase is another one.
    """
    if not KEY_ID.fullmatch(key_id):
        raise NoSuchFile
    try:
        wrapped = (folder / (key_id + SUFFIX)).read_bytes()
    except FileNotFoundError as error:
        raise NoSuchFile from error
    return passphrases.unwrap(wrapped, passphrase, host_secret)


def secret_for(kind: str, host_secret: bytes) -> bytes:
    """Return the second half of the passphrase of a key's file.

    The files of the custodians are what their group recovers from, on another machine if need be.
    """
    taken_away = {keys.CUSTODIAN_A, keys.CUSTODIAN_B}
    return NO_HOST_SECRET if kind in taken_away else host_secret


def import_key(
    session: Session, key_id: str, private: Identity, *, person_id: str, now: datetime
) -> None:
    """Make the person who opened a file the holder of its key; errors as `keys.take_in`."""
    keys.take_in(session, key_id=key_id, private=private, person_id=person_id, now=now)


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
