"""`portal open`: everything, or nothing and a named reason."""

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.desk.domain import ceremony
from portal.sealing import age
from portal.sealing.keys import Identity
from portal.sealing.padding import pad_text
from portal.sealing.password_box import NO_HOST_SECRET, PasswordCost

CHEAP = PasswordCost(memory_kib=64, time=1)


@pytest.fixture
def identity():
    return Identity.generate()


@pytest.fixture
def key(identity, tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# of a holder\n{identity}\n", encoding="ascii")
    return path


def sealed(folder, identity, plain):
    path = folder / "item.age"
    path.write_bytes(age.encrypt(plain, [identity.recipient]))
    return path


def run(file, key, **more):
    return CliRunner().invoke(main, ["open", str(file), "--identity", str(key)], **more)


@pytest.mark.parametrize("plain", ["石桥村𠮷".encode(), b""])
def test_what_the_portal_padded_comes_out_as_it_was(tmp_path, identity, key, plain):
    answer = run(sealed(tmp_path, identity, pad_text(plain)), key)
    assert answer.exit_code == 0
    assert answer.stdout_bytes == plain


def test_a_file_that_others_sealed_comes_out_too(tmp_path, identity, key):
    answer = run(sealed(tmp_path, identity, b"not padded"), key)
    assert answer.stdout_bytes == b"not padded"


def test_a_ceremony_file_is_opened_by_its_passphrase(tmp_path, identity):
    printed = ceremony.write(tmp_path, {"recovery": identity}, NO_HOST_SECRET, CHEAP)
    file = sealed(tmp_path, identity, b"recovered")
    answer = run(file, tmp_path / "recovery.key", input=printed["recovery"] + "\n")
    assert b"recovered" in answer.stdout_bytes
    refused = run(file, tmp_path / "recovery.key", input="another passphrase\n")
    assert refused.exit_code == 1
    assert "WrongPassword" in refused.output


def test_a_flipped_bit_releases_nothing(tmp_path, identity, key):
    file = sealed(tmp_path, identity, b"x" * 100_000)
    damaged = bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.write_bytes(damaged)
    answer = run(file, key)
    assert answer.exit_code == 1
    assert answer.stdout_bytes == b""
    assert "PayloadDamaged" in answer.stderr


def test_another_persons_key_does_not_open(tmp_path, key):
    answer = run(sealed(tmp_path, Identity.generate(), b"for another"), key)
    assert answer.exit_code == 1
    assert "NoMatchingIdentity" in answer.stderr


@pytest.mark.parametrize("content", ["", "not a key\n", "a\nb\n"])
def test_a_key_file_that_is_none_is_said(tmp_path, identity, content):
    (tmp_path / "bad.txt").write_text(content, encoding="ascii")
    answer = run(sealed(tmp_path, identity, b"x"), tmp_path / "bad.txt")
    assert answer.exit_code == 1
    assert "bad.txt" in answer.stderr
