"""The superior's folder: numbered files to fetch, receipts to bring back.

A number is committed before its file is written, and a file is removed before its row is: so a
process killed anywhere writes the same file again, and no two files ever share a name.
"""

import hashlib
import logging
import random
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.database import Database
from portal.store import MissingFile, SealedStore, write_durably
from portal.superior.tables import SuperiorItem, SuperiorStream

log = logging.getLogger("portal.superior")

STREAM = "superior"
RECEIPTS = "receipts"
RECEIPT = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
RECEIPT_DIGITS = 32
PIECE_BYTES = 1024 * 1024


def files(session: Session) -> set[str]:
    """Return the files that items name, for `SealedStore.sweep` at the start."""
    return set(session.scalars(select(SuperiorItem.file)))


def receipt_id(receipt: str) -> str:
    """Return what a side keeps of a receipt: 64 hex digits."""
    return hashlib.sha256(receipt.encode()).hexdigest()


def receipts_in(text: str) -> set[str]:
    """Return every receipt in a text that the superior sent."""
    return set(RECEIPT.findall(text.lower()))


def leave_receipts(folder: Path, text: str) -> int:
    """Leave receipts for a running side to take in; return how many the text holds."""
    receipts = receipts_in(text)
    if receipts:
        inbox = _made(folder / RECEIPTS)
        lines = "".join(f"{one}\n" for one in sorted(receipts))
        write_durably(inbox / f"{secrets.token_hex(8)}.txt", lines.encode())
    return len(receipts)


def keep(database: Database, store: SealedStore, folder: Path) -> None:
    """Take in receipts, number what is new, and write every file that is not there."""
    take_receipts(database, store, folder)
    hand_over(database, store, folder)


def hand_over(database: Database, store: SealedStore, folder: Path) -> None:
    """Give new items their numbers, in no order, and write the files that are missing."""
    with database.reading() as session:
        new = session.scalar(select(SuperiorItem.id).where(SuperiorItem.number.is_(None)).limit(1))
    if new is not None:
        with database.writing() as session:
            _number(session, folder)
    with database.reading() as session:
        items = session.scalars(select(SuperiorItem).where(SuperiorItem.number.is_not(None))).all()
    for item in items:
        _write_once(_path(folder, item), store, item.file)


def take_receipts(database: Database, store: SealedStore, folder: Path) -> None:
    """Let go of what the superior has opened: its number's file, its bytes, its row."""
    for path in sorted((folder / RECEIPTS).glob("*.txt")):
        for text in _pieces(path):
            with database.writing() as session:
                for item in _named(session, receipts_in(text)):
                    if item.number is not None:
                        _path(folder, item).unlink(missing_ok=True)
                    store.discard_after_commit(session, item.file)
                    session.delete(item)
        path.unlink()


def _pieces(path: Path) -> Iterator[str]:
    """Give a file of any length in pieces; a receipt on a border is whole in the second one."""
    before = ""
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            text = before + piece.decode("ascii", "replace")
            yield text
            before = text[-RECEIPT_DIGITS - 1 :]


def _write_once(path: Path, store: SealedStore, name: str) -> None:
    if path.exists():
        return
    try:
        sealed = store.get(name)
    except MissingFile:
        # The other files must go their way; nobody but a person can bring this one back.
        log.error("%s cannot be written: its bytes are gone", path.name)  # noqa: TRY400 — the name says it
        return
    write_durably(_made(path.parent) / path.name, sealed)


def _named(session: Session, receipts: set[str]) -> Iterator[SuperiorItem]:
    for receipt in sorted(receipts):
        item = session.get(SuperiorItem, receipt_id(receipt))
        if item is not None:
            yield item


def _number(session: Session, folder: Path) -> None:
    stream = session.get(SuperiorStream, STREAM, with_for_update=True)
    if stream is None:
        stream = SuperiorStream(name=STREAM, epoch=_new_epoch(), next_number=1)
        session.add(stream)
    new = session.scalars(select(SuperiorItem).where(SuperiorItem.number.is_(None))).all()
    for item in random.sample(new, len(new)):
        item.epoch, item.number = stream.epoch, stream.next_number
        if _path(folder, item).exists():
            # The database is older than the folder: its numbers were given away once before.
            stream.epoch, stream.next_number = _new_epoch(), 1
            item.epoch, item.number = stream.epoch, stream.next_number
        stream.next_number += 1


def _new_epoch() -> str:
    return secrets.token_hex(4)


def _path(folder: Path, item: SuperiorItem) -> Path:
    return folder / f"{item.epoch}-{item.number:06d}.age"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
