"""First keys on paper."""

from pathlib import Path

import pytest

from portal.desk.domain import ceremony
from portal.desk.domain.ceremony import NoSuchFile
from portal.desk.domain.passphrases import WrongPassword
from portal.sealing.keys import Identity
from portal.sealing.password_box import NO_HOST_SECRET, PasswordCost

CHEAP = PasswordCost(memory_kib=64, time=1)
HOST = bytes(range(32))
KEYS = {"intake-2026-4": Identity.generate(), "office-1": Identity.generate()}


def test_each_key_opens_with_its_own_printed_passphrase(tmp_path: Path) -> None:
    folder = tmp_path / "ceremony"
    printed = ceremony.write(folder, KEYS, HOST, CHEAP)
    assert ceremony.waiting(folder) == printed.keys() == KEYS.keys()
    for key_id, passphrase in printed.items():
        assert ceremony.read(folder, key_id, passphrase, HOST) == KEYS[key_id]
    with pytest.raises(WrongPassword):
        ceremony.read(folder, "office-1", printed["intake-2026-4"], HOST)


@pytest.mark.parametrize(
    ("kind", "anywhere"),
    [("custodian_a", True), ("custodian_b", True), ("intake", False), ("office", False)],
)
def test_what_a_group_recovers_from_opens_without_this_host(
    tmp_path: Path, *, kind: str, anywhere: bool
) -> None:
    secret = ceremony.secret_for(kind, HOST)
    assert secret == (NO_HOST_SECRET if anywhere else HOST)
    printed = ceremony.write(tmp_path, {"custodian-a": KEYS["office-1"]}, secret, CHEAP)
    read = ceremony.read(tmp_path, "custodian-a", printed["custodian-a"], secret)
    assert read == KEYS["office-1"]


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "ceremony"
    ceremony.write(folder, KEYS, HOST, CHEAP)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    for path in folder.iterdir():
        assert b"AGE-SECRET-KEY" not in path.read_bytes()


def test_a_second_ceremony_does_not_overwrite_the_first(tmp_path: Path) -> None:
    ceremony.write(tmp_path, KEYS, HOST, CHEAP)
    with pytest.raises(FileExistsError):
        ceremony.write(tmp_path, KEYS, HOST, CHEAP)


@pytest.mark.parametrize("key_id", ["none", "../office-1", "", "Office-1", "a/b", "a" * 65])
def test_no_file(tmp_path: Path, key_id: str) -> None:
    ceremony.write(tmp_path / "ceremony", KEYS, HOST, CHEAP)
    with pytest.raises(NoSuchFile):
        ceremony.read(tmp_path / "ceremony", key_id, "baban caiwen", HOST)


def test_after_the_ceremony_nothing_waits(tmp_path: Path) -> None:
    assert ceremony.waiting(tmp_path / "gone") == set()
