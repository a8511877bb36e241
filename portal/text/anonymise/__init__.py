"""The assistant: finds in a text what may tell who somebody is, and proposes masks.

`find` returns findings, `mask` writes masks in their places, `masked` does both until nothing is
left to find. It reads no network and holds no state; the same text gives the same answer.
"""

from portal.text.anonymise.finders import find, masked
from portal.text.anonymise.finding import Finding, Kind, Party, Source
from portal.text.anonymise.masks import mask

__all__ = ["Finding", "Kind", "Party", "Source", "find", "mask", "masked"]
