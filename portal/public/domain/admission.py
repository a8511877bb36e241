"""Whether anything can be taken at all: keys to seal it by, and room to keep it."""

import shutil
from datetime import datetime
from pathlib import Path

from portal.sealing.manifest import Manifest, ManifestError
from portal.sealing.manifest_file import ManifestFile

MIB = 1024 * 1024
# How many times the reserve must be free. What begins stops first, so that drafts that somebody
# makes in masses never take the room in which others finish what they have written.
BEGIN = 2.0
GO_ON = 1.5
FINISH = 1.0


class Closed(Exception):
    """Nothing can be taken now: no keys in force, or the disk's reserve is reached."""


def admit(
    keys: ManifestFile, folder: Path, reserve_mib: int, now: datetime, *, times: float = FINISH
) -> Manifest:
    """Return the keys to seal by, when there is room left on the disk of `folder`.

    :param times: `BEGIN`, `GO_ON` or `FINISH`
    :raises Closed: when nothing can be taken.
    """
    try:
        manifest = keys.current(now)
    except ManifestError as error:
        raise Closed(type(error).__name__) from error
    if shutil.disk_usage(folder).free < times * reserve_mib * MIB:
        raise Closed("the disk is nearly full")
    return manifest
