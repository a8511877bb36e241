"""Temporary folders in memory: the suite waits for no disk, and never sees a power cut."""

import os
import shutil
import tempfile

SHARED_MEMORY = "/dev/shm"  # noqa: S108 — a file system, not a file
ROOM = 4 * 1024**3


def use() -> None:
    """Put temporary folders of this process and its children into memory, where there is room."""
    if "TMPDIR" in os.environ or not os.access(SHARED_MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(SHARED_MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = SHARED_MEMORY
        tempfile.tempdir = None
