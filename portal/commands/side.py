"""Running one side: web threads, relay thread and housekeeping in one process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

import click
from flask import Flask

from portal.commands import lock, process
from portal.database import Database
from portal.exchange.relay import Relay
from portal.exchange.relay_thread import RelayThread
from portal.migrations.schema import is_current
from portal.sealing.manifest import ManifestError
from portal.settings import Settings
from portal.store import TooManyStale
from portal.web import logs
from portal.web.server import Server

HOUSEKEEPING_SECONDS = 60
LET_GO_SECONDS = 10

log = logging.getLogger("portal.side")


@dataclass(frozen=True)
class Side:
    """One side, put together and ready to serve."""

    name: str
    app: Flask
    relay: RelayThread | None
    keep_house: Callable[[], object]
    bind: str
    proxy: str


def open_database(settings: Settings, side: str) -> Database:
    """Return a side's database, which must be at the newest schema.

    :raises click.ClickException: when it is not.
    """
    url = settings.public_database if side == "public" else settings.desk_database
    database = Database(url)
    if not is_current(database, side):
        raise click.ClickException(f"The {side} database is not current: run `portal migrate`.")
    return database


def relay_thread(
    build: Callable[[], Relay], settings: Settings, woken: Event
) -> RelayThread | None:
    """Return the thread of a relay; None, with a line in the log, while no manifest names the peer.

    Everything else is served: pages that say whom to call, progress that is known already.
    """
    try:
        relay = build()
    except ManifestError as error:
        log.error("nothing is exchanged until a restart: %s", type(error).__name__)  # noqa: TRY400 — no place in the code explains it
        return None
    return RelayThread(relay, interval=settings.exchange.interval_seconds, woken=woken)


def run(settings: Settings, name: str, assemble: Callable[[Settings], Side]) -> None:
    """Serve one side until SIGTERM, then finish what is in flight."""
    process.end_with_supervisor()
    process.leave_no_dumps()
    logs.start()
    try:
        _serve(settings, name, assemble)
    except click.ClickException as refusal:
        raise process.CannotStart(refusal.message) from refusal
    except TooManyStale as found:
        raise process.CannotStart(
            f"{found.count} sealed files in {found.folder} belong to no row of the database: "
            "is this the right database? Nothing was deleted."
        ) from found


def _serve(settings: Settings, name: str, assemble: Callable[[Settings], Side]) -> None:
    with lock.hold(settings.instance / name):
        side = assemble(settings)
        server = Server(side.app, side.bind, proxy=side.proxy)
        server.stop_on_signals()
        periodic = (
            process.Periodic("housekeeping", HOUSEKEEPING_SECONDS, side.keep_house),
            process.Periodic("letting go", LET_GO_SECONDS, process.let_go),
        )
        threads = [thread for thread in (side.relay, *periodic) if thread is not None]
        for thread in threads:
            thread.start()
        log.info("%s serves on %s", name, side.bind)
        try:
            server.run()
        finally:
            for thread in threads:
                thread.stop()
