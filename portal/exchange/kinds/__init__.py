"""What each kind of message says: typed records, read strictly from a message's data.

A new kind needs a record here, a line in KINDS, a schema in docs/exchange and a handler.
"""

from collections.abc import Mapping

from portal.exchange.fields import Json
from portal.exchange.kinds.inventory import MAX_HELD, HeldCase, Holding, Restored
from portal.exchange.kinds.progress import MAX_REPLIES, Progress, SealedReply, Step
from portal.exchange.kinds.publications import Live, LiveNotice, Publication
from portal.exchange.kinds.receipts import MAX_RECEIPTED, Receipt
from portal.exchange.kinds.records import DESK, ID, PUBLIC, WORD, Record
from portal.exchange.kinds.reports import Report
from portal.exchange.kinds.signed import Rating, Reply, Signed
from portal.exchange.kinds.slips import Claimable, Claimed
from portal.exchange.refusals import BadSchema, UnknownKind

__all__ = [
    "DESK",
    "ID",
    "KEPT_UNTIL_SAFE",
    "KINDS",
    "MAX_HELD",
    "MAX_RECEIPTED",
    "MAX_REPLIES",
    "PUBLIC",
    "WORD",
    "Claimable",
    "Claimed",
    "HeldCase",
    "Holding",
    "Live",
    "LiveNotice",
    "Progress",
    "Publication",
    "Rating",
    "Receipt",
    "Record",
    "Reply",
    "Report",
    "Restored",
    "SealedReply",
    "Signed",
    "Step",
    "check",
]

KINDS: Mapping[str, type[Record]] = {
    record.KIND: record
    for record in (
        Report,
        Reply,
        Rating,
        Progress,
        Claimable,
        Claimed,
        Receipt,
        Restored,
        Holding,
        Publication,
        Live,
    )
}

# Without a claim nobody can ever judge or answer its reporter again, and the reporter's code cannot
# make another one. It holds public keys and a signature: nothing that should not lie on the host.
KEPT_UNTIL_SAFE = frozenset({Claimed.KIND})


def check(kind: str, source: str, data: Mapping[str, Json], part_names: frozenset[str]) -> None:
    """Check a message against its kind.

    :raises UnknownKind: when there is no such kind.
    :raises BadSchema: when the data, the sender or the set of parts is not what the kind asks for.
    """
    record = KINDS.get(kind)
    if record is None:
        raise UnknownKind
    if source not in record.SENDERS:
        raise BadSchema("source")
    if record.read(data).part_names != part_names:
        raise BadSchema("parts")
