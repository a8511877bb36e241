"""The manifest's file: read again when it changes, never an older one, not even after a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.commands.instance import FirstKeys
from portal.sealing.manifest import Expired, Missing, NotYetValid, Older, Tampered, sign_manifest
from portal.sealing.manifest_file import ManifestFile

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
KEYS = FirstKeys.draw(NOW)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "manifest.json"


@pytest.fixture
def open_file(path, tmp_path):
    root = KEYS.root.public_key().public_bytes_raw()
    return lambda: ManifestFile(path, root, tmp_path / "manifest.version")


def write(path, version: int, *, root: Ed25519PrivateKey = KEYS.root) -> None:
    path.write_bytes(sign_manifest(KEYS.manifest(NOW, version), root))


def test_a_newer_manifest_counts_as_soon_as_it_is_there(path, open_file):
    write(path, 1)
    file = open_file()
    assert file.current(NOW).version == 1
    assert file.current(NOW) is file.current(NOW)
    write(path, 12)
    assert file.current(NOW).version == 12


def test_an_older_manifest_is_refused_even_after_a_restart(path, open_file):
    write(path, 7)
    assert open_file().current(NOW).version == 7
    write(path, 6)
    with pytest.raises(Older):
        open_file().current(NOW)


def test_time_ends_a_manifest_that_is_held_already(path, open_file):
    write(path, 1)
    file = open_file()
    file.current(NOW)
    with pytest.raises(Expired):
        file.current(NOW + timedelta(days=366))
    with pytest.raises(NotYetValid):
        file.current(NOW - timedelta(seconds=1))


def test_who_the_other_side_is_does_not_expire(path, open_file):
    later = replace(KEYS.manifest(NOW), not_after=NOW + timedelta(seconds=1))
    path.write_bytes(sign_manifest(later, KEYS.root))
    assert open_file().latest().verify_keys["desk"] == KEYS.desk_host.peer.verify_key


def test_whoever_the_file_names_is_read_once_and_again_when_it_changes(path, open_file):
    write(path, 1)
    file = open_file()
    assert file.latest() is file.latest()
    write(path, 12)
    assert file.latest().version == 12
    path.write_bytes(b"{}")
    with pytest.raises(Tampered):
        file.latest()


def test_a_missing_and_a_foreign_manifest_are_refused(path, open_file):
    with pytest.raises(Missing):
        open_file().current(NOW)
    with pytest.raises(Missing):
        open_file().latest()
    write(path, 1, root=Ed25519PrivateKey.generate())
    with pytest.raises(Tampered):
        open_file().current(NOW)
