"""The manifest of an instance, read again when its file changes and never an older one."""

from datetime import datetime
from pathlib import Path
from threading import Lock

from portal.sealing.manifest import (
    Expired,
    Manifest,
    Missing,
    NotYetValid,
    load_manifest,
    signed_manifest,
)

Stamp = tuple[int, int]


class ManifestFile:
    """Knows which manifest is in force.

    `highest` is a file of this side's own folder that remembers the highest version seen, so
    that an old manifest is refused after a restart too.
    """

    def __init__(self, path: Path, root_verify_key: bytes, highest: Path) -> None:
        self._path = path
        self._root_verify_key = root_verify_key
        self._highest = highest
        self._lock = Lock()
        self._held: tuple[Stamp, Manifest] | None = None
        self._signed: tuple[Stamp, Manifest] | None = None

    def current(self, now: datetime) -> Manifest:
        """Return the manifest in force.

        :raises ManifestError: one of Missing, Tampered, Unusable, Older, NotYetValid, Expired.
        """
        stamp = self._stamp()
        with self._lock:
            if self._held is None or self._held[0] != stamp:
                self._held = (stamp, self._load(now))
            manifest = self._held[1]
        if now < manifest.not_before:
            raise NotYetValid(f"valid from {manifest.not_before.isoformat()}")
        if now >= manifest.not_after:
            raise Expired(f"valid until {manifest.not_after.isoformat()}")
        return manifest

    def latest(self) -> Manifest:
        """Return the manifest of the file, also before and after its time.

        :raises ManifestError: one of Missing, Tampered, Unusable.
        """
        stamp = self._stamp()
        with self._lock:
            if self._signed is None or self._signed[0] != stamp:
                signed = signed_manifest(self._path.read_bytes(), self._root_verify_key)
                self._signed = (stamp, signed)
            return self._signed[1]

    def _stamp(self) -> Stamp:
        try:
            found = self._path.stat()
        except FileNotFoundError as error:
            raise Missing("there is no key manifest") from error
        return found.st_mtime_ns, found.st_size

    def _load(self, now: datetime) -> Manifest:
        floor = self._floor()
        manifest = load_manifest(self._path.read_bytes(), self._root_verify_key, now, floor)
        if manifest.version > floor:
            whole = self._highest.with_suffix(".tmp")
            whole.write_text(f"{manifest.version}\n", encoding="ascii")
            whole.rename(self._highest)
        return manifest

    def _floor(self) -> int:
        try:
            return int(self._highest.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0
