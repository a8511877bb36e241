"""`portal init`: a new instance, with its first keys under printed passphrases."""

import shutil
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from portal.commands import founding, instance
from portal.commands.instance import FirstKeys
from portal.config import instance_folder, load
from portal.database import Database
from portal.desk.domain import ceremony, enrolment, passphrases, people
from portal.desk.domain.roles import Role
from portal.reference.days import utcnow
from portal.sealing.password_box import NO_HOST_SECRET, PasswordCost
from portal.settings import SECTIONS, Settings, is_required

ROOT = "root"
MADE = ("public", "desk", instance.CEREMONY, instance.MANIFEST, instance.ROOT_KEY)


@click.command("init")
@click.option("--name", default="admin", show_default=True, help="name to sign in with")
@click.option("--display-name", default="安全管理员", show_default=True, help="name on screen")
def command(name: str, display_name: str) -> None:
    """Make a new instance: keys, manifest, databases, first enrolment link."""
    folder = instance_folder()
    if not (folder / "portal.toml").exists():
        write_template(folder / "portal.toml")
        raise click.ClickException(
            f"{folder / 'portal.toml'} was written: fill in what is empty, then run this again."
        )
    settings = load(folder)
    if any((folder / made).exists() for made in MADE):
        raise click.ClickException(f"{folder} holds an instance already.")
    if not people.NAME.fullmatch(name):
        raise click.ClickException("--name takes 2 to 32 small letters, digits, dots and hyphens.")
    try:
        make(settings, name, display_name)
    except BaseException:
        for made in MADE:
            shutil.rmtree(folder / made, ignore_errors=True)
        raise


def make(settings: Settings, name: str, display_name: str) -> None:
    """Draw keys, make databases, print what is shown once; only then put the keys in force."""
    now = utcnow()
    first = FirstKeys.draw(now)
    founding.found(settings, first, now)
    printed = write_ceremony(settings, first)
    token = first_link(settings, name, display_name, now)
    click.echo(_report(settings, printed, token))
    instance.put_in_force(settings, first, now)


def write_ceremony(settings: Settings, first: FirstKeys) -> dict[str, str]:
    """Write the first private keys under passphrases; return these by key id."""
    folder = settings.instance / instance.CEREMONY
    secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
    at_the_desk = {name: key for name, key in first.shared.items() if name not in instance.OFFLINE}
    taken_away = {name: first.shared[name] for name in instance.OFFLINE}
    printed = ceremony.write(folder, at_the_desk, secret, PasswordCost())
    printed |= ceremony.write(folder, taken_away, NO_HOST_SECRET, PasswordCost())
    printed[ROOT] = passphrases.draw()
    instance.write_secret(folder / "root.pem", _encrypted(first.root, printed[ROOT]))
    return printed


def first_link(settings: Settings, name: str, display_name: str, now: datetime) -> str:
    """Take on the first security administrator; return the one-time token to enrol with."""
    database = Database(settings.desk_database)
    with database.writing() as session:
        person = people.take_on(
            session,
            name=name,
            display_name=display_name,
            roles_given=[Role.SECURITY_ADMINISTRATOR],
            by=None,
            now=now,
        )
        token = enrolment.issue(session, person, by=None, now=now)
    database.dispose()
    return token


def write_template(path: Path) -> None:
    """Write a settings file in which every required setting waits, empty, to be filled in."""
    lines = ["# What each setting means: docs/settings.md", ""]
    for section, kind in SECTIONS.items():
        required = [one for one in fields(kind) if is_required(one)]
        if required:
            lines += [f"[{section}]"]
            lines += [f'{one.name} = ""  # {one.metadata["doc"]}' for one in required]
            lines += [""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _encrypted(root: Ed25519PrivateKey, passphrase: str) -> bytes:
    return root.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )


def _report(settings: Settings, printed: dict[str, str], token: str) -> str:
    scheme = "https" if settings.desk.https else "http"
    folder = settings.instance / instance.CEREMONY
    lines = [
        f"The instance in {settings.instance} is made.",
        "",
        "Passphrases of the first keys. They are shown this once: write each on its own paper.",
        *(f"  {key_id:16} {passphrase}" for key_id, passphrase in printed.items()),
        "",
        f"The keys lie in {folder}. At the desk, under 密钥, clerks of 信访室 (部门) import",
        "intake and office keys, analysts the statistics key, editors and approvers the",
        "notices key, two custodians of each group theirs.",
        "Recovery, custodian and root keys then go to safe places on paper and USB stick.",
        "superior and superior-recovery, file and paper, go to the superior commission alone.",
        "`portal keys shares recovery.key` puts the recovery key on five papers, three restore it.",
        "`portal check` is red until that folder is gone.",
        "",
        "The first security administrator enrols here within 72 hours, once:",
        f"  {scheme}://{settings.desk.hosts[0]}/enrol/{token}",
    ]
    return "\n".join(lines)
