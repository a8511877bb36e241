"""Logs that cannot carry what a person typed: places in the code, never values."""

import logging
import sys
import traceback
from types import TracebackType


class PlacesOnly(logging.Formatter):
    """Writes an exception as its type and the lines it passed, without its message.

    Messages of libraries quote values; here such a value may be a report or a tracking code.
    """

    def formatException(  # noqa: N802 — the name of the standard library
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the exception's type and the places it came through."""
        kind, _error, trace = ei
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([kind.__name__ if kind else "no exception", *places])


def start(level: int = logging.INFO) -> None:
    """Send the process's log to standard error, and nothing of other libraries below warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("portal").setLevel(level)
    # Its messages quote addresses, forwarded headers and paths.
    logging.getLogger("waitress").setLevel(logging.CRITICAL + 1)
