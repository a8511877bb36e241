"""Pages of notices that this process rendered, until a notice changes or its time comes.

The relay that takes notices in and the threads that show them are one process, and no second one
serves the same site, so that nobody has to ask the database whether something changed.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

MOST_PAGES = 2_000
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Rendered:
    """A finished answer: its bytes, how they are called, and until when they are true.

    `listed` says whether search engines may list it; `headers` are there once it was answered.
    """

    body: bytes
    etag: str
    status: int
    listed: bool
    until: datetime
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Board:
    """The newest pages that were asked for; `revision` grows whenever a notice changes."""

    revision: int = 0
    _pages: "OrderedDict[Hashable, Rendered]" = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def changed(self) -> None:
        """Forget every page: another notice counts from now on."""
        with self._lock:
            self.revision += 1
            self._pages.clear()
            self._bytes = 0

    def find(self, key: Hashable, now: datetime) -> Rendered | None:
        """Return a page that is still true."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.until <= now:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: Rendered, revision: int) -> None:
        """Keep a page that was made from what counted at a revision."""
        with self._lock:
            if revision != self.revision:
                return
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.body)
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Hashable) -> None:
        gone = self._pages.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone.body)
