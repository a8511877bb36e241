"""The parts that the desk works with, put together by a command."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.outbox import Outbox
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.password_box import PasswordCost
from portal.sealing.tracking_code import Pepper
from portal.slots import Slots
from portal.store import SealedStore
from portal.web.house import House, Side, current_house


@dataclass(kw_only=True)
class DeskHouse(House):
    """The desk's own parts.

    `host_secret` (32 bytes) lies outside the database and its backups: without it neither a
    wrapped key nor a TOTP secret can be attacked. `ceremony` is the folder of first keys, which
    may be gone. `password_cost` is what one guess at a passphrase costs. `peppers`, newest first,
    are those of the public side: the code of a claim slip is looked up there. `superior` keeps
    cases that were handed up: only the superior commission can open them. `signing` is the host's
    key, which signs what is released. `sign_in_slots` bounds the threads that wait for people who
    are not signed in.
    """

    side: Side = "desk"
    host_secret: bytes = field(repr=False)
    manifest: ManifestFile
    items: SealedStore
    superior: SealedStore
    outbox: Outbox
    ceremony: Path
    signing: Ed25519PrivateKey = field(repr=False)
    peppers: tuple[Pepper, ...]
    password_cost: PasswordCost = field(default_factory=PasswordCost)
    sign_in_slots: Slots = field(default_factory=lambda: Slots(at_once=2, queue=6))


def desk_house() -> DeskHouse:
    """Return the house of the desk that answers this request."""
    return cast(DeskHouse, current_house())
