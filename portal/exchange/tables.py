"""The exchange's rows, in both databases: names of files and states, no text, no sealed bytes.

Rows are clustered by their random ids and carry no time finer than a day, so that a stolen
database does not tell in which order things came.
"""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.database import metadata

HANDLED = "handled"
WAITING = "waiting"
PARKED = "parked"
# The reason of a row that stands for the second place of a message which is known.
AGAIN = "again"

NO_ROWID = {"sqlite_with_rowid": False}


class ExchangeBase(DeclarativeBase):
    """Base of the tables that exist on both sides."""

    metadata = metadata()


class Stream(ExchangeBase):
    """The side's own stream; the next message of the epoch gets `next_sequence`."""

    __tablename__ = "exchange_streams"
    __table_args__ = (NO_ROWID,)

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(16))
    next_sequence: Mapped[int]


class Outgoing(ExchangeBase):
    """A message that the other side has not acknowledged yet.

    `file` holds the draft until `wrapped`, then the bytes to hand over. `position` orders the
    messages about one case; nothing tells the order of different cases. The receipt sets
    `acknowledged`: the row goes after its bytes have gone everywhere, so that a process killed
    between the two still knows what to remove. `kept` is what the other side has stored, but not
    yet in a backup.
    """

    __tablename__ = "exchange_outgoing"
    __table_args__ = (Index("ix_exchange_outgoing_case", "case"), NO_ROWID)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]
    file: Mapped[str] = mapped_column(String(64))
    case: Mapped[str | None] = mapped_column(String(32))
    position: Mapped[int]
    epoch: Mapped[str | None] = mapped_column(String(16))
    sequence: Mapped[int | None]
    wrapped: Mapped[bool] = mapped_column(default=False)
    kept: Mapped[bool] = mapped_column(default=False)
    acknowledged: Mapped[bool] = mapped_column(default=False)


class Incoming(ExchangeBase):
    """A message that arrived, once; kept so that a second arrival changes nothing.

    What nobody signed has neither kind nor place, and the digest of its bytes as id. `file` and
    `case` are set only while a message is waiting or parked. `receipt_due` and `safe_due` are the
    two levels of receipt that are still to be sent.
    """

    __tablename__ = "exchange_incoming"
    __table_args__ = (
        Index("ix_exchange_incoming_place", "epoch", "sequence"),
        Index("ix_exchange_incoming_outcome", "outcome"),
        Index("ix_exchange_incoming_receipt_due", "receipt_due"),
        Index("ix_exchange_incoming_safe_due", "safe_due"),
        NO_ROWID,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str | None] = mapped_column(String(40))
    day: Mapped[date]
    epoch: Mapped[str | None] = mapped_column(String(16))
    sequence: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(100), default="")
    case: Mapped[str | None] = mapped_column(String(32))
    file: Mapped[str] = mapped_column(String(64), default="")
    receipt_due: Mapped[bool] = mapped_column(default=False)
    backed_up: Mapped[bool] = mapped_column(default=False)
    safe_due: Mapped[bool] = mapped_column(default=False)
