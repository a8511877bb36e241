"""A desk with its own database and keys, as most tests of this folder need it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from portal.desk.app import create_app
from portal.desk.house import DeskHouse
from portal.exchange.outbox import Outbox
from portal.sealing.keys import Identity
from portal.sealing.manifest import (
    RECIPIENT_NAMES,
    VERIFY_KEY_NAMES,
    Manifest,
    NamedRecipient,
    sign_manifest,
)
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.password_box import PasswordCost
from portal.sealing.tracking_code import Pepper
from portal.store import SealedStore
from tests.apps import serving
from tests.conftest import Databases
from tests.settings import county

CHEAP = PasswordCost(memory_kib=64, time=1)
# The same for a whole run: people who were hired once sign in, and the application stays.
HOST_SECRET, COOKIE_KEY = os.urandom(32), os.urandom(32)


def write_manifest(path: Path, root: Ed25519PrivateKey, *, days: int = 400) -> None:
    """Write a manifest that is in force for so many days from now."""
    now = datetime.now(UTC).replace(microsecond=0)
    recipient = Identity.generate().recipient
    manifest = Manifest(
        version=1,
        issued_at=now,
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=days, minutes=1),
        recipients={name: NamedRecipient(name, recipient) for name in RECIPIENT_NAMES},
        verify_keys=dict.fromkeys(VERIFY_KEY_NAMES, bytes(32)),
        peppers=("pepper-1",),
    )
    path.write_bytes(sign_manifest(manifest, root))


@pytest.fixture
def root_key() -> Ed25519PrivateKey:
    """The offline key that signs manifests."""
    return Ed25519PrivateKey.generate()


@pytest.fixture
def house(databases: Databases, tmp_path: Path, root_key: Ed25519PrivateKey) -> DeskHouse:
    """A desk without people or keys."""
    write_manifest(tmp_path / "manifest.json", root_key)
    items = SealedStore(tmp_path / "desk" / "items")
    return DeskHouse(
        settings=county(tmp_path),
        database=databases.desk,
        cookie_key=COOKIE_KEY,
        host_secret=HOST_SECRET,
        manifest=ManifestFile(
            tmp_path / "manifest.json",
            root_key.public_key().public_bytes_raw(),
            tmp_path / "highest",
        ),
        items=items,
        superior=SealedStore(tmp_path / "desk" / "superior"),
        outbox=Outbox("desk", items),
        ceremony=tmp_path / "ceremony",
        signing=Ed25519PrivateKey.generate(),
        peppers=(Pepper("pepper-2", b"p" * 32, memory_kib=64),),
        password_cost=CHEAP,
    )


@pytest.fixture
def app(house: DeskHouse) -> Flask:
    """The desk's application."""
    return serving(house, create_app)
