"""A process killed between any two steps: the next start goes on where it stopped.

The kill is an exception that nothing in the portal catches, raised before or after each call that
makes something durable, in subclasses of the real store, letterbox and database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.database import Database
from portal.exchange.house import House
from portal.exchange.spool import Spool
from portal.exchange.status import files_named
from portal.store import SealedStore
from tests.exchange.crossing import (
    DESK_HANDLERS,
    NOW,
    PUBLIC_HANDLERS,
    RESEND,
    Crossing,
    end,
    files_with,
    new_id,
)


class Killed(BaseException):
    """The power is gone."""


@dataclass
class Fuse:
    """Kills at the nth boundary."""

    left: int
    burnt: bool = False
    passed: list[str] = field(default_factory=list)

    def reach(self, boundary: str) -> None:
        self.passed.append(boundary)
        self.left -= 1
        if self.left == 0:
            self.burnt = True
            raise Killed(boundary)


def fused(real: type, fuse: Fuse, *names: str) -> type:
    """A subclass whose named methods reach a boundary before and after they do their work."""

    def method(name: str) -> Callable[..., object]:
        def reaching(self, *given, **named):
            fuse.reach(f"before {name}")
            result = getattr(real, name)(self, *given, **named)
            fuse.reach(f"after {name}")
            return result

        return reaching

    return type(f"Fused{real.__name__}", (real,), {name: method(name) for name in names})


def fused_database(database: Database, fuse: Fuse) -> Database:
    class FusedDatabase(Database):
        def __init__(self) -> None:
            self.__dict__.update(database.__dict__)

        @contextmanager
        def writing(self) -> Iterator[Session]:
            fuse.reach("before the transaction")
            with super().writing() as session:
                yield session
                fuse.reach("before the commit")
            fuse.reach("after the commit")

    return FusedDatabase()


def copied(original: object, kind: type) -> Any:
    twin: Any = object.__new__(kind)
    twin.__dict__.update(original.__dict__)
    return twin


def with_fuse(house: House, fuse: Fuse) -> House:
    store = fused(SealedStore, fuse, "put", "discard")
    spool = fused(Spool, fuse, "send", "done", "withdraw", "tidy")
    return replace(
        house,
        store=copied(house.store, store),
        spool=copied(house.spool, spool),
        database=fused_database(house.database, fuse),
    )


def under_fuse(crossing: Crossing, fuse: Fuse) -> Crossing:
    return Crossing(
        crossing.folder,
        end(with_fuse(crossing.public.house, fuse), PUBLIC_HANDLERS),
        end(with_fuse(crossing.desk.house, fuse), DESK_HANDLERS),
    )


def sweep(crossing: Crossing) -> None:
    """What each side does when it starts."""
    for side in (crossing.public, crossing.desk):
        with side.house.database.reading() as session:
            side.house.store.sweep(files_named(session))


@pytest.mark.parametrize(
    ("dialect", "start", "stride"),
    [("sqlite", 1, 3), ("sqlite", 2, 3), ("sqlite", 3, 3), ("postgres", 1, 5)],
)
def test_a_kill_between_any_two_steps_loses_and_doubles_nothing(
    crossing: Crossing, start: int, stride: int
):
    case = new_id()
    kills = 0
    limit = start
    while True:
        secret = b"sealed " + new_id().encode()
        up = [crossing.public.report(case, secret), crossing.public.reply(case)]
        down = crossing.desk.progress(case, kills + 1)
        fuse = Fuse(limit)
        try:
            under_fuse(crossing, fuse).settle(rounds=2)
        except Killed:
            kills += 1
        restarted = crossing.restarted()
        restarted.settle(NOW + RESEND)
        assert restarted.desk.handled()[-2:] == up, fuse.passed
        assert restarted.public.handled()[-1:] == [down], fuse.passed
        assert restarted.public.outgoing() == restarted.desk.outgoing() == []
        assert list(crossing.up.iterdir()) == []
        sweep(restarted)
        assert files_with(crossing.folder, secret) == []
        if not fuse.burnt:
            break
        limit += stride
    everything = [*crossing.desk.handled(), *crossing.public.handled()]
    assert len(set(everything)) == len(everything) == 3 * (kills + 1)
    assert crossing.desk.status().is_sound
    assert crossing.public.status().is_sound
    assert kills > 10
