"""The slow derivation of keys from codes, where there is room for it."""

from collections.abc import Sequence

from portal.sealing.replies import CodeKeys
from portal.sealing.tracking_code import Pepper, TrackingCode, derive
from portal.slots import Slots


def derive_all(slots: Slots, code: TrackingCode, peppers: Sequence[Pepper]) -> tuple[CodeKeys, ...]:
    """Derive a code's keys under every live pepper: the same work for every code.

    :raises portal.slots.Busy: when the queue is full.
    """
    with slots.taken():
        return tuple(derive(code, pepper) for pepper in peppers)
