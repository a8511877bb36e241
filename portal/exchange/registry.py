"""Every kind of message there is, and the check of a message against its kind."""

from collections.abc import Mapping

from portal.exchange.fields import Json
from portal.exchange.inventory import Holding, Restored
from portal.exchange.kinds import Progress, Receipt, Record, Reply, Report
from portal.exchange.refusals import BadSchema, UnknownKind

KINDS: Mapping[str, type[Record]] = {
    record.KIND: record for record in (Report, Reply, Progress, Receipt, Restored, Holding)
}


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
