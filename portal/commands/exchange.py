"""Each side's end of the letterbox, as the settings want it."""

from datetime import timedelta

from portal.commands.instance import HOST_KEY
from portal.exchange.handover import Pace
from portal.exchange.host_key import HostKey, Peer
from portal.exchange.house import House as ExchangeHouse
from portal.exchange.spool import Spool
from portal.exchange.status import files_named
from portal.migrations import schema
from portal.sealing.manifest_file import ManifestFile
from portal.settings import Settings
from portal.store import SealedStore
from portal.web.house import House

MIB = 1024 * 1024


def store(settings: Settings, side: str) -> SealedStore:
    """Return where a side keeps messages that are on their way."""
    return SealedStore(settings.instance / side / "exchange")


def house(side: House, manifest: ManifestFile) -> ExchangeHouse:
    """Return what one side brings to the exchange; what a killed process left is removed.

    The manifest tells where to seal to and whose signature to ask for, even when its time is
    over: what was filed must still arrive.
    """
    settings = side.settings
    other = "desk" if side.side == "public" else "public"
    folder = settings.public_folder if side.side == "public" else settings.desk_folder
    signed = manifest.latest()
    messages = store(settings, side.side)
    with side.database.settled(schema.metadata(side.side)) as session:
        messages.sweep(files_named(session))
    return ExchangeHouse(
        side=side.side,
        database=side.database,
        store=messages,
        spool=spool(side.side, settings),
        host_key=HostKey.load(folder / HOST_KEY),
        peer=Peer(signed.recipient(f"{other}_transport"), signed.verify_keys[other]),
    )


def pace(settings: Settings) -> Pace:
    """Return how often things are handed over."""
    return Pace(
        let_go_at=settings.exchange.receipt_level,
        resend_after=timedelta(seconds=settings.exchange.resend_seconds),
        jitter=timedelta(seconds=settings.exchange.jitter_seconds),
    )


def spool(side: str, settings: Settings) -> Spool:
    """Return one side's view of the letterbox."""
    folders = (settings.spool / "up", settings.spool / "down")
    send, receive = folders if side == "public" else folders[::-1]
    return Spool(
        send,
        receive,
        extension=settings.exchange.extension,
        part_bytes=settings.exchange.part_mib * MIB,
    )
