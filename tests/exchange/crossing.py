"""Two houses with real databases, stores and letterboxes, and what tests do with them."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from portal.exchange.handover import Pace
from portal.exchange.host_key import HostKey
from portal.exchange.house import House
from portal.exchange.inbox import Handler
from portal.exchange.kinds import Progress, Reply, Report, Step
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import Wait
from portal.exchange.relay import Counts, Relay
from portal.exchange.spool import Spool
from portal.exchange.statements import Statement
from portal.exchange.status import ExchangeStatus, exchange_status
from portal.exchange.tables import Incoming, Outgoing
from portal.store import SealedStore

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
RESEND = timedelta(minutes=10)
PUBLIC_KEY = HostKey.generate()
DESK_KEY = HostKey.generate()


class Base(DeclarativeBase):
    pass


class LedgerLine(Base):
    """What a handler did: one line for each time that it ran to its end."""

    __tablename__ = "exchange_test_ledger"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    message: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    case: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))


def write_ledger(session: Session, message: Message, _now: datetime) -> None:
    line = LedgerLine(
        message=message.id,
        kind=message.kind,
        case=message.case,
        digest=hashlib.sha256(message.body).hexdigest(),
    )
    session.add(line)


def reply_after_report(session: Session, message: Message, now: datetime) -> None:
    known = select(LedgerLine).where(LedgerLine.case == message.case, LedgerLine.kind == "report")
    if session.scalar(known) is None:
        raise Wait("case not known")
    write_ledger(session, message, now)


DESK_HANDLERS: dict[str, Handler] = {"report": write_ledger, "reply": reply_after_report}
PUBLIC_HANDLERS: dict[str, Handler] = {"progress": write_ledger}


@dataclass
class End:
    """One side with its relay."""

    house: House
    relay: Relay

    def outbox(self) -> Outbox:
        return Outbox(self.house.side, self.house.store)

    def send(self, kind: str, data, parts: Mapping[str, bytes], now: datetime = NOW) -> str:
        with self.house.database.writing() as session:
            return self.outbox().enqueue(session, kind, data, parts, now)

    def report(self, case: str, content: bytes = b"sealed content", now: datetime = NOW) -> str:
        data = Report(case, "83172054", {"intake": "intake-2026-11"}).data()
        return self.send("report", data, {"content": content, "identity": b"sealed name"}, now)

    def reply(self, case: str, words: bytes = b"sealed words", now: datetime = NOW) -> str:
        statement = Statement.about(
            words, act=new_id(), case=case, purpose="answer", on=date(2026, 11, 20)
        )
        parts = {"statement": statement.to_bytes(), "words": words}
        return self.send("reply", Reply(case, bytes(64)).data(), parts, now)

    def progress(self, case: str, revision: int = 1) -> str:
        steps = (Step("received", date(2026, 11, 19)), Step("accepted", date(2026, 11, 20)))
        return self.send("progress", Progress(case, revision, steps).data(), {})

    def step(self, now: datetime = NOW) -> Counts:
        return self.relay.step(now)

    def ledger(self) -> list[LedgerLine]:
        with self.house.database.reading() as session:
            return list(session.scalars(select(LedgerLine).order_by(LedgerLine.number)))

    def handled(self) -> list[str]:
        return [line.message for line in self.ledger()]

    def status(self) -> ExchangeStatus:
        with self.house.database.reading() as session:
            return exchange_status(session)

    def incoming(self, message_id: str) -> Incoming:
        with self.house.database.reading() as session:
            return session.get_one(Incoming, message_id)

    def outgoing(self) -> list[Outgoing]:
        with self.house.database.reading() as session:
            return list(session.scalars(select(Outgoing)))


@dataclass
class Crossing:
    """Both ends of a letterbox and the folder that everything lies in."""

    folder: Path
    public: End
    desk: End

    @property
    def up(self) -> Path:
        return self.folder / "spool" / "up"

    @property
    def down(self) -> Path:
        return self.folder / "spool" / "down"

    def settle(self, now: datetime = NOW, rounds: int = 3) -> None:
        for _ in range(rounds):
            self.public.step(now)
            self.desk.step(now)

    def restarted(self) -> "Crossing":
        """Both processes anew over the same data."""
        return Crossing(
            self.folder,
            end(self.public.house, PUBLIC_HANDLERS),
            end(self.desk.house, DESK_HANDLERS),
        )

    def from_public(self, message: Message) -> Path:
        """Put a message that the public host signed into the letterbox, past its outbox."""
        return self.post(self.public.house.wrap(message), message.id)

    def post(self, data: bytes, message_id: str | None = None) -> Path:
        path = self.up / f"{message_id or new_id()}-0001-0001.msg"
        path.write_bytes(data)
        return path


def end(house: House, handlers: Mapping[str, Handler], pace: Pace | None = None) -> End:
    pace = pace or Pace(resend_after=RESEND)
    return End(house, Relay(house, handlers, pace=pace))


def make_houses(databases, folder: Path) -> tuple[House, House]:
    up, down = folder / "spool" / "up", folder / "spool" / "down"
    public = House(
        side="public",
        database=databases.public,
        store=SealedStore(folder / "public" / "store"),
        spool=Spool(up, down, part_bytes=4096),
        host_key=PUBLIC_KEY,
        peer=DESK_KEY.peer,
    )
    desk = House(
        side="desk",
        database=databases.desk,
        store=SealedStore(folder / "desk" / "store"),
        spool=Spool(down, up, part_bytes=4096),
        host_key=DESK_KEY,
        peer=PUBLIC_KEY.peer,
    )
    public.spool.prepare()
    return public, desk


def new_id() -> str:
    return secrets.token_hex(16)


def a_message(**changes) -> Message:
    """A report as the public side would send it, numbered."""
    message = Message(
        id=new_id(),
        kind="report",
        source="public",
        day=date(2026, 11, 20),
        data=Report(new_id(), "83172054", {"intake": "intake-2026-11"}).data(),
        parts={"content": b"sealed content", "identity": b"sealed name"},
        epoch="0123456789abcdef",
        sequence=1,
    )
    return replace(message, **changes)


def files_with(folder: Path, needle: bytes) -> list[Path]:
    """Every file below a folder that holds these bytes."""
    return [path for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]
