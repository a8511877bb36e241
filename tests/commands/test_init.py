"""`portal init` makes a real instance, and `portal check` says what is still unsafe about it."""

import re

import pytest
from sqlalchemy import select

from portal.commands import instance
from portal.commands.lock import AlreadyRunning, hold
from portal.config import UnsafeSetting, load
from portal.database import Database
from portal.desk.models.keys import Key
from portal.sealing.keys import Identity
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.tracking_code import Pepper


def test_the_first_run_asks_for_what_only_the_operator_knows(portal, folder):
    answer = portal("init")
    assert answer.exit_code == 1
    assert "fill in what is empty" in answer.output
    again = portal("init")
    assert again.exit_code == 78
    assert "[body] name has a wrong value" in again.output
    assert not (folder / "root.pub").exists()


def test_keys_are_printed_once_and_lie_under_passphrases(made, folder):
    for key in (
        "recovery",
        "custodian-a",
        "custodian-b",
        "office-1",
        "statistics-1",
        "notices-1",
        "root",
    ):
        assert re.search(rf"^  {key} +\S+", made, re.MULTILINE)
    for path in (folder / "ceremony").iterdir():
        assert b"AGE-SECRET-KEY" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    assert re.search(r"https://127.0.0.1/enrol/\S{20,}", made)


def test_the_manifest_is_in_force_and_every_secret_is_private(made, folder):
    settings = load(folder, {})
    file = ManifestFile(
        folder / "manifest.json", instance.read_root_key(settings), folder / "highest"
    )
    assert file.latest().version == 1
    for side in ("public", "desk"):
        for path in (folder / side).glob("*.key"):
            assert path.stat().st_mode & 0o077 == 0
    (pepper,) = instance.read_peppers(folder / "public")
    assert instance.read_peppers(folder / "desk") == [pepper]


def test_an_instance_is_never_made_over_another(made, portal):
    answer = portal("init")
    assert answer.exit_code == 1
    assert "holds an instance already" in answer.output


def test_check_is_red_while_keys_lie_in_the_ceremony_folder(made, portal, folder):
    answer = portal("check")
    assert answer.exit_code == 1
    assert "red     The ceremony folder still exists" in answer.output
    for key in ("office-1", "statistics-1", "notices-1", "custodian-a", "custodian-b"):
        assert f"red     Key {key} is held by 0 people." in answer.output
    assert "green   Manifest version 1 is in force" in answer.output
    assert "green   The audit chain is sound" in answer.output


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "No manifest is in force (Missing)"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"{}"), "(Tampered)"),
        (lambda folder: (folder / "public/host.key").chmod(0o644), "ExposedHostKey"),
        (lambda folder: (folder / "desk/cookie.key").write_bytes(b"short"), "is damaged"),
        (lambda folder: (folder / "desk/portal.db").unlink(), "desk database is not current"),
    ],
)
def test_check_names_what_is_damaged(made, portal, folder, spoil, sentence):
    spoil(folder)
    answer = portal("check")
    assert answer.exit_code == 1
    assert sentence in answer.output


def test_migrating_again_changes_nothing(made, portal):
    answer = portal("migrate")
    assert answer.exit_code == 0
    assert "newest schema" in answer.output


def test_a_command_that_writes_says_when_the_portal_is_running(made, portal, folder):
    with hold(folder / "desk"):
        answer = portal("migrate")
    assert answer.exit_code == 1
    assert "portal is running" in answer.output
    with hold(folder / "public"), pytest.raises(AlreadyRunning), hold(folder / "public"):
        pass


@pytest.mark.parametrize("name", ["host.secret", "cookie.key"])
def test_a_secret_that_others_may_read_stops_everything(made, folder, name):
    path = folder / "desk" / name
    path.chmod(0o640)
    with pytest.raises(UnsafeSetting, match="chmod 600"):
        instance.read_secret(path)


def test_a_missing_root_key_or_pepper_is_said(made, folder):
    settings = load(folder, {})
    (folder / "root.pub").write_text("not hex", encoding="ascii")
    with pytest.raises(UnsafeSetting, match=r"root\.pub"):
        instance.read_root_key(settings)
    (folder / "public/peppers.json").write_text("[{}]", encoding="ascii")
    with pytest.raises(UnsafeSetting, match=r"peppers\.json is damaged"):
        instance.read_peppers(settings.public_folder)
    (folder / "public/peppers.json").unlink()
    with pytest.raises(UnsafeSetting, match="is missing"):
        instance.read_peppers(settings.public_folder)


def test_check_is_red_while_one_administrator_works_alone(made, portal):
    answer = portal("check")
    assert answer.exit_code == 1
    assert "red     Fewer than two security administrators: one works alone." in answer.output


def test_an_administrator_whom_nobody_can_help_gets_a_link_on_the_host(made, portal, folder):
    answer = portal("link", "admin")
    assert answer.exit_code == 0, answer.output
    assert re.search(r"https://127.0.0.1/enrol/\S{20,}", answer.output)
    assert portal("link", "nobody").exit_code == 1
    with hold(folder / "desk"):
        assert "portal is running" in portal("link", "admin").output


@pytest.mark.parametrize("kind", ["intake", "statistics", "custodian_a", "custodian_b"])
def test_check_is_red_when_reports_are_sealed_to_a_key_that_nobody_has(made, portal, folder, kind):
    assert "the desk has no such key" not in portal("check").output
    database = Database(load(folder, {}).desk_database)
    with database.writing() as session:
        for key in session.scalars(select(Key).where(Key.kind == kind)):
            key.recipient = str(Identity.generate().recipient)
    database.dispose()
    answer = portal("check")
    assert answer.exit_code == 1
    assert f"({kind}): the desk has no such key." in answer.output


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "desk/host.secret").chmod(0o640), "host.secret"),
        (lambda folder: (folder / "public/peppers.json").unlink(), "peppers.json"),
        (
            lambda folder: (folder / "desk/peppers.json").write_bytes(
                instance.peppers_file([Pepper("other", bytes(32))])
            ),
            "Both sides have different peppers",
        ),
    ],
)
def test_check_names_secrets_that_do_not_serve(made, portal, folder, spoil, sentence):
    spoil(folder)
    answer = portal("check")
    assert answer.exit_code == 1
    assert sentence in answer.output
