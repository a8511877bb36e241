"""A public site of an invented county, its keys, and somebody who visits it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from portal.exchange.outbox import Outbox
from portal.public.app import create_app
from portal.public.house import PublicHouse
from portal.sealing.keys import Identity
from portal.sealing.manifest import (
    RECIPIENT_NAMES,
    VERIFY_KEY_NAMES,
    Manifest,
    NamedRecipient,
    sign_manifest,
)
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.tracking_code import Pepper
from portal.store import SealedStore
from tests.apps import serving
from tests.conftest import Databases
from tests.pages import Browser
from tests.public.released import Newsdesk
from tests.settings import county


@dataclass(frozen=True)
class Keyring:
    """The private halves of everything the manifest names."""

    root: Ed25519PrivateKey
    identities: dict[str, Identity]

    def manifest(self, now: datetime, **changes: object) -> Manifest:
        values: dict[str, object] = {
            "version": 3,
            "issued_at": now,
            "not_before": now - timedelta(days=1),
            "not_after": now + timedelta(days=90),
            "recipients": {
                name: NamedRecipient(f"{name}-1", identity.recipient)
                for name, identity in self.identities.items()
            },
            "verify_keys": {name: bytes(32) for name in VERIFY_KEY_NAMES},
            "peppers": ("pepper-2", "pepper-1"),
        }
        return Manifest(**{**values, **changes})  # type: ignore[arg-type]  # values by name

    def write(self, path: Path, now: datetime, **changes: object) -> None:
        path.write_bytes(sign_manifest(self.manifest(now, **changes), self.root))


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    identities = {name: Identity.generate() for name in RECIPIENT_NAMES}
    return Keyring(Ed25519PrivateKey.generate(), identities)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def house(databases: Databases, keyring: Keyring, tmp_path: Path, now: datetime) -> PublicHouse:
    """The public side: whole, empty, with two generations of peppers that derive fast."""
    keyring.write(tmp_path / "manifest.json", now.replace(microsecond=0))
    folder = tmp_path / "public"
    return PublicHouse(
        side="public",
        settings=county(tmp_path),
        database=databases.public,
        cookie_key=bytes(range(32)),
        manifest=ManifestFile(
            tmp_path / "manifest.json",
            keyring.root.public_key().public_bytes_raw(),
            tmp_path / "highest",
        ),
        peppers=(
            Pepper("pepper-2", b"p" * 32, memory_kib=64),
            Pepper("pepper-1", b"q" * 32, memory_kib=64),
        ),
        drafts=SealedStore(folder / "drafts"),
        items=SealedStore(folder / "items"),
        superior=SealedStore(folder / "superior"),
        outbox=Outbox("public", SealedStore(folder / "outgoing")),
    )


@pytest.fixture
def site(house: PublicHouse) -> Flask:
    return serving(house, create_app)


@pytest.fixture
def visitor(site: Flask) -> Browser:
    """Somebody with a browser of their own."""
    return Browser(site)


@pytest.fixture
def newsdesk(house: PublicHouse, keyring: Keyring, tmp_path: Path, now: datetime) -> Newsdesk:
    """The desk whose key the house's manifest names."""
    desk = Newsdesk(house, now)
    keys = {name: bytes(32) for name in VERIFY_KEY_NAMES} | {"desk": desk.verify_key}
    keyring.write(tmp_path / "manifest.json", now.replace(microsecond=0), verify_keys=keys)
    return desk
