"""`portal check`: what is unsafe about this instance, and an exit code that says so."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.commands import instance
from portal.config import UnsafeSetting, instance_folder, is_loopback, load
from portal.database import Database
from portal.desk.domain import audit, calendar, ceremony, changes, deadlines, keys
from portal.desk.domain.notices import live
from portal.exchange.host_key import BadHostKey, HostKey
from portal.migrations import schema
from portal.reference.days import local_day, utcnow
from portal.sealing.manifest import ManifestError
from portal.sealing.manifest_file import ManifestFile
from portal.settings import Settings
from portal.web import lockdown

RED = "red"
YELLOW = "yellow"
GREEN = "green"
MIB = 1024 * 1024
# Within this many days an expiring manifest is no longer a warning.
LAST_DAYS = 14
# The manifest's recipients whose private halves people of the desk hold.
SEALED_TO = (keys.INTAKE, keys.STATISTICS, keys.CUSTODIAN_A, keys.CUSTODIAN_B)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and how it stands."""

    level: str
    sentence: str


def look_at(settings: Settings, now: datetime) -> list[Finding]:
    """Look at everything; each part reports for itself, so that one failure hides nothing."""
    parts: tuple[Callable[[Settings, datetime], Iterator[Finding]], ...] = (
        _surroundings,
        _files,
        _manifest,
        _peppers,
        _databases,
        _desk,
    )
    return [finding for part in parts for finding in part(settings, now)]


@click.command("check")
def command() -> None:
    """Name what is unsafe about this instance."""
    findings = look_at(load(instance_folder()), utcnow())
    for finding in findings:
        click.echo(f"{finding.level:7} {finding.sentence}")
    if any(finding.level == RED for finding in findings):
        raise SystemExit(1)


def _surroundings(settings: Settings, _now: datetime) -> Iterator[Finding]:
    if settings.demo:
        yield Finding(RED, "This is a demo: its passwords are known.")
    for side, section in (("public", settings.public), ("desk", settings.desk)):
        if not section.https:
            yield Finding(RED, f"[{side}] https is false: cookies and texts travel in the clear.")
        elif not section.proxy:
            yield Finding(RED, f"[{side}] is reached over TLS, but no proxy is named to end it.")
        if not settings.demo and all(is_loopback(f"{host}:0") for host in section.hosts):
            yield Finding(RED, f"[{side}] hosts names this machine only: nobody else gets a page.")
    if lockdown.in_force(settings.instance):
        yield Finding(RED, "A lockdown is in force: `portal lockdown --lift` opens both sites.")
    who = "this host" if settings.network.tls_terminator == "ours" else "a gateway in front"
    yield Finding(
        GREEN, f"TLS ends at {who}; {settings.network.log_keeper} keeps the network's logs."
    )
    yield Finding(YELLOW, "Both sides run as the same user of this machine unless started apart.")
    free = shutil.disk_usage(settings.instance).free // MIB
    if free < 2 * settings.service.reserve_mib:
        yield Finding(RED, f"Only {free} MiB are free on the disk.")


def _files(settings: Settings, _now: datetime) -> Iterator[Finding]:
    for folder in (settings.public_folder, settings.desk_folder):
        try:
            HostKey.load(folder / instance.HOST_KEY)
            instance.read_secret(folder / instance.COOKIE_KEY)
            if folder == settings.desk_folder:
                instance.read_secret(folder / instance.HOST_SECRET)
        except BadHostKey as error:
            yield Finding(RED, f"{folder}: {type(error).__name__}.")
        except UnsafeSetting as error:
            yield Finding(RED, str(error))
    left = ceremony.waiting(settings.instance / instance.CEREMONY)
    if (settings.instance / instance.CEREMONY).exists():
        named = ", ".join(sorted(left)) or "no keys"
        yield Finding(RED, f"The ceremony folder still exists ({named}): import, move and delete.")


def _manifest_file(settings: Settings) -> ManifestFile:
    return ManifestFile(
        settings.instance / instance.MANIFEST,
        instance.read_root_key(settings),
        settings.public_folder / instance.HIGHEST,
    )


def _manifest(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        manifest = _manifest_file(settings).current(now)
    except ManifestError as error:
        yield Finding(
            RED, f"No manifest is in force ({type(error).__name__}): /report answers 503."
        )
        return
    left = manifest.days_left(now)
    level = RED if left < LAST_DAYS else YELLOW if manifest.warning(now) else GREEN
    yield Finding(level, f"Manifest version {manifest.version} is in force for {left} more days.")


def _peppers(settings: Settings, _now: datetime) -> Iterator[Finding]:
    try:
        public, desk = map(instance.read_peppers, (settings.public_folder, settings.desk_folder))
    except UnsafeSetting as error:
        yield Finding(RED, str(error))
        return
    if public != desk:
        yield Finding(RED, "Both sides have different peppers: no claim slip of the desk works.")


def _sealed_to(session: Session, settings: Settings) -> Iterator[Finding]:
    """Compare the keys that reports are sealed to with those that people of the desk hold."""
    try:
        manifest = _manifest_file(settings).latest()
    except ManifestError:
        return
    for kind in SEALED_TO:
        named = manifest.recipients[kind]
        known = keys.of_kind(session, kind).get(named.key_id)
        if known is None or str(known) != str(named.recipient):
            sentence = f"Reports are sealed to {named.key_id} ({kind}): the desk has no such key."
            yield Finding(RED, sentence)


def _chain(chain: audit.Verification) -> Finding:
    if chain.sound:
        return Finding(GREEN, f"The audit chain is sound over {chain.total} entries.")
    return Finding(RED, f"The audit chain is broken at entry {chain.broken_at}.")


def _holders(line: keys.KeyLine) -> Finding:
    sentence = f"Key {line.id} is held by {len(line.holders)} people."
    if line.waiting:
        sentence += f" {len(line.waiting)} wait for a holder to grant it again."
    return Finding(GREEN if line.enough else RED, sentence)


def _databases(settings: Settings, _now: datetime) -> Iterator[Finding]:
    urls = {"public": settings.public_database, "desk": settings.desk_database}
    for side, url in urls.items():
        database = Database(url)
        try:
            current = schema.is_current(database, side)
        except SQLAlchemyError as error:
            yield Finding(RED, f"The {side} database does not answer ({type(error).__name__}).")
        else:
            if not current:
                yield Finding(RED, f"The {side} database is not current: run `portal migrate`.")
        finally:
            database.dispose()


def _unopened(count: int) -> Finding:
    days = deadlines.UNOPENED_DAYS
    if count:
        return Finding(RED, f"{count} reports wait unopened for more than {days} working days.")
    return Finding(GREEN, f"No report waits unopened for more than {days} working days.")


def _desk(settings: Settings, now: datetime) -> Iterator[Finding]:
    database = Database(settings.desk_database)
    try:
        with database.reading() as session:
            for line in keys.overview(session):
                yield _holders(line)
            yield from _sealed_to(session, settings)
            if changes.alone(session):
                yield Finding(RED, "Fewer than two security administrators: one works alone.")
            chain = audit.verify(session)
            differing = len(live.alarms(session))
            waiting = deadlines.unopened(session, calendar.load(session), local_day(now))
        yield _chain(chain)
        yield _unopened(len(waiting))
        if differing:
            yield Finding(RED, f"{differing} notices are shown otherwise than they were released.")
    except SQLAlchemyError as error:
        yield Finding(RED, f"The desk's people and keys cannot be read ({type(error).__name__}).")
    finally:
        database.dispose()
