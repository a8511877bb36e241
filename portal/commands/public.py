"""`portal public`: the public site alone, in a process that forgets what it freed."""

from contextlib import ExitStack, suppress
from datetime import timedelta
from threading import Event

import click

from portal.commands import exchange, instance, process, side
from portal.config import UnsafeSetting, instance_folder, load
from portal.exchange.kinds import Claimable, Live, Progress, Publication, Restored
from portal.exchange.outbox import Outbox
from portal.exchange.relay import Relay
from portal.migrations import schema
from portal.public.app import create_app
from portal.public.domain import retention, slips
from portal.public.domain.notices import live, reading, receiving
from portal.public.domain.progress import ProgressKeeper
from portal.public.domain.restoring import Answering
from portal.public.house import PublicHouse
from portal.reference.days import utcnow
from portal.sealing.manifest_file import ManifestFile
from portal.settings import Settings
from portal.store import SealedStore
from portal.superior import folder as superior_folder


def open_house(settings: Settings, woken: Event) -> PublicHouse:
    """Put the public site's parts together; files that a killed process left are removed."""
    folder = settings.public_folder
    house = PublicHouse(
        side="public",
        settings=settings,
        database=side.open_database(settings, "public"),
        cookie_key=instance.read_secret(folder / instance.COOKIE_KEY),
        manifest=ManifestFile(
            settings.instance / instance.MANIFEST,
            instance.read_root_key(settings),
            folder / instance.HIGHEST,
        ),
        peppers=tuple(instance.read_peppers(folder)),
        drafts=SealedStore(folder / "drafts"),
        items=SealedStore(folder / "items"),
        superior=SealedStore(folder / "superior"),
        outbox=Outbox("public", exchange.store(settings, "public"), woken.set),
    )
    with house.database.settled(schema.metadata("public")) as session:
        house.drafts.sweep(retention.draft_files(session))
        house.items.sweep(retention.reply_files(session))
        house.superior.sweep(superior_folder.files(session))
    if unknown := house.watch.unknown_codes():
        raise UnsafeSetting(
            f"portal.toml: [superior_route] upper_levels: the vocabulary has no {min(unknown)!r}."
        )
    return house


def open_relay(house: PublicHouse) -> Relay:
    """Return the relay of the public side."""
    ends = exchange.house(house, house.manifest)
    handlers = {
        Progress.KIND: ProgressKeeper(house.items).receive,
        Restored.KIND: Answering(house.outbox).receive_restored,
        Claimable.KIND: slips.receive,
        Publication.KIND: receiving.NoticeKeeper(house.desk_key, house.notices).receive,
    }
    return Relay(ends, handlers, pace=exchange.pace(house.settings))


def keep_house(house: PublicHouse) -> None:
    """Tend the superior's folder; tell what notices are shown; delete what has had its time."""
    with ExitStack() as each:
        # Whatever fails, the rest is done; what is deleted leaves rows, files and the log.
        each.callback(_forget, house)
        each.callback(tell_live, house)
        each.callback(keep_superior, house)


def _forget(house: PublicHouse) -> None:
    kept = timedelta(days=house.settings.service.retention_days)
    more = True
    while more:
        with house.database.writing() as session:
            purged = retention.purge(session, house.drafts, house.items, utcnow(), kept=kept)
        more = bool(purged)
    house.database.checkpoint()


def tell_live(house: PublicHouse) -> None:
    """Tell the desk what notices are shown, unless it knows; reading locks nobody out."""
    now, revision = utcnow(), house.notices.revision
    if not house.told.is_news(revision, now):
        return
    with house.database.reading() as reader:
        until = reading.true_until(reader, now)
        for shown in live.live(reader, house.desk_key(), now):
            with house.database.writing() as session:
                house.outbox.enqueue(session, Live.KIND, shown.data(), {}, now)
    house.told.note(revision, until, now)


def keep_superior(house: PublicHouse) -> None:
    """Take in the superior's receipts, and write the files that wait to be fetched."""
    superior_folder.keep(house.database, house.superior, house.settings.superior_folder)


def assemble(settings: Settings) -> side.Side:
    """Put the whole side together."""
    woken = Event()
    house = open_house(settings, woken)
    # A folder that cannot be written stops no page: the housekeeping tries again and logs it.
    with suppress(OSError):
        keep_superior(house)
    relay = side.relay_thread(lambda: open_relay(house), settings, woken)
    return side.Side(
        name="public",
        app=create_app(house),
        relay=relay,
        keep_house=lambda: keep_house(house),
        bind=settings.public.bind,
        proxy=settings.public.proxy,
    )


@click.command("public")
def command() -> None:
    """Run the public site alone."""
    process.forget_freed_memory()
    side.run(load(instance_folder()), "public", assemble)
