"""The letterbox: two flat folders of small files that a ferry carries, one for each direction.

A message is one file, or several when it is larger than a part. The name `<id>-<k>-<n>.<ext>`
says which, so a set of parts is whole when all n are there. Files get their name only when they
are durable. The ferry may take files away, copy them and leave them, repeat or reorder them.
"""

import logging
import os
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

log = logging.getLogger(__name__)

TEMPORARY = ".tmp"
EXTENSION = re.compile(r"[a-z0-9]{1,8}")
SMALLEST_PART = 1024
MAX_PARTS = 9999
DEFAULT_PART_BYTES = 8 * 2**20
DEFAULT_MAX_BYTES = 512 * 2**20


class BadSpoolSetting(Exception):
    """The extension or a size cannot be used."""


class TooLargeToSend(Exception):
    """A message is larger than the letterbox takes; its parts or the limit are set wrongly."""


@dataclass(frozen=True)
class Handle:
    """The files of one received message."""

    id: str
    files: tuple[Path, ...]


class Spool:
    """One side's view of the letterbox: a folder to send into, a folder to receive from."""

    def __init__(
        self,
        send_folder: Path,
        receive_folder: Path,
        *,
        extension: str = "msg",
        part_bytes: int = DEFAULT_PART_BYTES,
        max_bytes: int = DEFAULT_MAX_BYTES,
    ) -> None:
        """Remember the folders, which `prepare` or an operator has made.

        A message has at most `max_bytes`, and at most 9999 parts.

        :raises BadSpoolSetting: for an extension that is not one to eight small letters or
            digits, or a part below 1 KiB.
        """
        if not EXTENSION.fullmatch(extension) or f".{extension}" == TEMPORARY:
            raise BadSpoolSetting("extension")
        if part_bytes < SMALLEST_PART:
            raise BadSpoolSetting("part size")
        self._send = send_folder
        self._receive = receive_folder
        self._extension = extension
        self._part_bytes = part_bytes
        self._max_bytes = min(max_bytes, part_bytes * MAX_PARTS)
        self._name = re.compile(rf"([0-9a-f]{{32}})-([0-9]{{4}})-([0-9]{{4}})\.{extension}")

    def prepare(self) -> None:
        """Make both folders. Never done on the way: an unmounted share must be noticed."""
        for folder in (self._send, self._receive):
            folder.mkdir(parents=True, exist_ok=True)

    def send(self, message_id: str, data: bytes, day: date) -> None:
        """Put a message into the send folder, durably; what stands there already is left alone.

        `day` becomes the files' time, at midnight.

        :raises TooLargeToSend: for a message beyond the limit.
        """
        if len(data) > self._max_bytes:
            raise TooLargeToSend(message_id)
        total = max(1, -(-len(data) // self._part_bytes))
        for index in range(total):
            chunk = data[index * self._part_bytes : (index + 1) * self._part_bytes]
            name = f"{message_id}-{index + 1:04}-{total:04}.{self._extension}"
            _write(self._send / name, chunk, day)
        _sync(self._send)

    def withdraw(self, message_id: str) -> None:
        """Take a message out of the send folder, if the ferry left it there."""
        for path in self._send.glob(f"{message_id}-*"):
            path.unlink(missing_ok=True)

    def tidy(self, before: date, keep: AbstractSet[str]) -> None:
        """Take everything of ours out of the send folder that is older than a day, but for `keep`.

        Only receipts and what a killed process left are ever found here: messages are withdrawn
        by their receipt.
        """
        limit = _midnight(before)
        for entry in _files(self._send):
            name = entry.name.removesuffix(TEMPORARY)
            match = self._name.fullmatch(name)
            if match and match[1] not in keep:
                _unlink_older(Path(entry.path), limit)

    def receive(self) -> Iterator[tuple[Handle, bytes]]:
        """Give each whole message in the receive folder with its bytes.

        Foreign and temporary files, links and sets beyond the limit are left alone; incomplete
        sets wait. A file that vanishes or cannot be read leaves its message for the next time.
        """
        for message_id, paths in self._sets(whole=True):
            try:
                if sum(path.stat().st_size for path in paths) > self._max_bytes:
                    continue
                data = b"".join(path.read_bytes() for path in paths)
            except FileNotFoundError:
                continue  # Half taken by somebody else: the sender will repeat it.
            except OSError as error:
                log.warning("letterbox: %s while reading", type(error).__name__)
                continue
            yield Handle(message_id, paths), data

    def unfinished(self) -> Iterator[Handle]:
        """Give each incomplete set in the receive folder."""
        for message_id, paths in self._sets(whole=False):
            yield Handle(message_id, paths)

    def done(self, handle: Handle) -> None:
        """Take a received message away: it is stored safely."""
        for path in handle.files:
            path.unlink(missing_ok=True)

    def _sets(self, *, whole: bool) -> list[tuple[str, tuple[Path, ...]]]:
        found: dict[tuple[str, int], dict[int, Path]] = {}
        for entry in _files(self._receive):
            match = self._name.fullmatch(entry.name)
            if match and 1 <= int(match[2]) <= int(match[3]):
                parts = found.setdefault((match[1], int(match[3])), {})
                parts[int(match[2])] = Path(entry.path)
        return [
            (message_id, tuple(parts[number] for number in sorted(parts)))
            for (message_id, total), parts in sorted(found.items())
            if (len(parts) == total) is whole
        ]


def _files(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if entry.is_file(follow_symlinks=False)]


def _unlink_older(path: Path, limit: float) -> None:
    with suppress(FileNotFoundError):  # The ferry may take it just now.
        if path.stat().st_mtime < limit:
            path.unlink()


def _write(path: Path, chunk: bytes, day: date) -> None:
    if path.is_file() and path.stat().st_size == len(chunk):
        return
    temporary = path.with_name(path.name + TEMPORARY)
    with temporary.open("wb") as file:
        file.write(chunk)
        file.flush()
        os.utime(file.fileno(), (_midnight(day), _midnight(day)))
        os.fsync(file.fileno())
    temporary.rename(path)


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
