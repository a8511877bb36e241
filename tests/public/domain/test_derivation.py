from threading import Event, Thread

import pytest

from portal.public.domain.derivation import derive_all
from portal.sealing.tracking_code import Pepper, draw
from portal.slots import Busy, Slots


def test_a_code_is_derived_under_every_pepper():
    peppers = [Pepper("new", b"n" * 32, memory_kib=64), Pepper("old", b"o" * 32, memory_kib=64)]
    keys = derive_all(Slots(at_once=1, queue=0), draw(), peppers)
    assert len({one.lookup_hash for one in keys}) == 2


def test_who_finds_the_queue_full_is_told_at_once_and_served_when_it_empties():
    slots, entered, leave = Slots(at_once=1, queue=1), Event(), Event()

    def stay():
        with slots.taken():
            entered.set()
            leave.wait(10)

    served = []
    first = Thread(target=stay)
    first.start()
    assert entered.wait(10)
    waiting = Thread(target=lambda: served.append(_pass_through(slots)))
    waiting.start()
    while slots._places._value:
        pass
    with pytest.raises(Busy), slots.taken():
        pytest.fail("there was no room")
    leave.set()
    first.join(10)
    waiting.join(10)
    assert served == [True]
    assert _pass_through(slots)


def _pass_through(slots):
    with slots.taken():
        return True
