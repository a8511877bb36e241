"""The state of a thing that a page was opened at, carried by its form."""

from typing import Any


class Revised:
    """A form with a hidden `revision`, which a browser sends back as it came."""

    revision: Any

    @property
    def seen_revision(self) -> int:
        """The revision that the page was opened at; -1 when somebody tampered with it."""
        typed = self.revision.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else -1
