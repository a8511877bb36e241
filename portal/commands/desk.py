"""`portal desk`: the staff desk alone."""

from contextlib import suppress
from threading import Event

import click

from portal.commands import exchange, instance, process, side
from portal.config import instance_folder, load
from portal.desk.app import create_app
from portal.desk.domain import (
    calendar,
    changes,
    claims,
    clocks,
    identity_requests,
    refusals,
    reminders,
    rotation,
    sessions,
)
from portal.desk.domain.files import files_named
from portal.desk.domain.handed_up import PassingOn
from portal.desk.domain.intake import Letterbox
from portal.desk.domain.notices import live, unsaved
from portal.desk.domain.notices.releasing import Retold
from portal.desk.domain.ratings import RatingBox
from portal.desk.domain.restoring import Retelling
from portal.desk.house import DeskHouse
from portal.exchange.host_key import HostKey
from portal.exchange.inbox import Handler
from portal.exchange.kinds import Claimed, Holding, Live, Rating, Reply, Report, Restored
from portal.exchange.outbox import Outbox
from portal.exchange.relay import Relay
from portal.migrations import schema
from portal.reference.days import local_day, utcnow
from portal.sealing.manifest_file import ManifestFile
from portal.settings import Settings
from portal.store import SealedStore
from portal.superior import folder as superior_folder


def open_house(settings: Settings, woken: Event) -> DeskHouse:
    """Put the desk's parts together; files that a killed process left are removed."""
    folder = settings.desk_folder
    house = DeskHouse(
        settings=settings,
        database=side.open_database(settings, "desk"),
        cookie_key=instance.read_secret(folder / instance.COOKIE_KEY),
        host_secret=instance.read_secret(folder / instance.HOST_SECRET),
        manifest=ManifestFile(
            settings.instance / instance.MANIFEST,
            instance.read_root_key(settings),
            folder / instance.HIGHEST,
        ),
        items=SealedStore(folder / "items"),
        superior=SealedStore(folder / "superior"),
        outbox=Outbox("desk", exchange.store(settings, "desk"), woken.set),
        peppers=tuple(instance.read_peppers(folder)),
        ceremony=settings.instance / instance.CEREMONY,
        signing=HostKey.load(folder / instance.HOST_KEY).signing,
    )
    with house.database.settled(schema.metadata("desk")) as session:
        house.items.sweep(files_named(session))
        house.superior.sweep(superior_folder.files(session))
    _know_the_days(house)
    return house


def open_relay(house: DeskHouse) -> Relay:
    """Return the relay of the desk."""
    ends = exchange.house(house, house.manifest)
    return Relay(ends, handlers_of(house), pace=exchange.pace(house.settings))


def handlers_of(house: DeskHouse) -> dict[str, Handler]:
    """Return what the desk does with each kind of message; what was handed up is passed on."""
    letterbox = Letterbox(house.items, house.outbox, house.settings.service.first_look_days)
    notices = Retold(house.items, house.outbox)
    retelling = Retelling(house.items, house.outbox, notices.tell)
    handlers: dict[str, Handler] = {
        Report.KIND: letterbox.receive_report,
        Reply.KIND: letterbox.receive_reply,
        Restored.KIND: retelling.receive_restored,
        Holding.KIND: retelling.receive_holding,
        Rating.KIND: RatingBox(house.items).receive,
        Claimed.KIND: claims.Claiming(house.items, house.outbox).receive,
        Live.KIND: live.receive,
    }
    passing_on = PassingOn(house.superior, house.manifest.latest)
    return {kind: passing_on.around(handler) for kind, handler in handlers.items()}


def keep_house(house: DeskHouse) -> None:
    """Wipe what sessions that are over had sealed, from rows and from the database's log.

    A case that was handed up is among it. Changes of people that nobody confirmed in time go too,
    names whose ten minutes are over, keys that nothing waits for, and words of notices that nobody
    came back to. Then tell citizens what the
    day has changed.
    """
    try:
        keep_superior(house)
    finally:
        _forget(house)
        remind(house)


def keep_superior(house: DeskHouse) -> None:
    """Take in the superior's receipts, and write the files that wait to be fetched."""
    folder = house.settings.superior_desk_folder
    superior_folder.keep(house.database, house.superior, folder)


def _forget(house: DeskHouse) -> None:
    now = utcnow()
    with house.database.writing() as session:
        sessions.expire(session, now=now)
        refusals.write_down(session, now=now)
        changes.expire(session, now=now)
        identity_requests.forget_over(session, house.items, now)
        unsaved.forget_old(session, house.items, now)
        rotation.forget_spent(session, today=local_day(now), now=now)
    house.database.checkpoint()


def remind(house: DeskHouse) -> None:
    """Tell citizens whose date passed or moved by itself, a few in each transaction."""
    more = True
    while more:
        with house.database.writing() as session:
            more = bool(reminders.remind(session, house.items, house.outbox, local_day(utcnow())))


def _know_the_days(house: DeskHouse) -> None:
    """Seed the calendar, and count by it what came before the desk kept clocks."""
    with house.database.writing() as session:
        before = calendar.load(session)
        if calendar.seed(session, local_day(utcnow())):
            clocks.recount(session, before, calendar.load(session))
        clocks.start_missing(session, calendar.load(session))


def assemble(settings: Settings) -> side.Side:
    """Put the whole side together."""
    woken = Event()
    house = open_house(settings, woken)
    # A folder that cannot be written stops no page: the housekeeping tries again and logs it.
    with suppress(OSError):
        keep_superior(house)
    relay = side.relay_thread(lambda: open_relay(house), settings, woken)
    return side.Side(
        name="desk",
        app=create_app(house),
        relay=relay,
        keep_house=lambda: keep_house(house),
        bind=settings.desk.bind,
        proxy=settings.desk.proxy,
    )


@click.command("desk")
def command() -> None:
    """Run the staff desk alone."""
    process.forget_freed_memory()
    side.run(load(instance_folder()), "desk", assemble)
