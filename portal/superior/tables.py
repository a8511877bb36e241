"""What waits for the superior commission: names of files and numbers, and nothing of the case."""

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.database import metadata

# Row numbers would tell in which order items came.
NO_ROWID = {"sqlite_with_rowid": False}


class SuperiorBase(DeclarativeBase):
    """Base of the tables of the superior's route, which exist on both sides."""

    metadata = metadata()


class SuperiorItem(SuperiorBase):
    """A sealed report whose receipt the superior has not sent yet.

    `id` is the SHA-256 of the receipt inside `file`. `epoch` and `number` name the file in the
    superior's folder; both are None until it is handed over. Nothing tells which case it is.
    """

    __tablename__ = "superior_items"
    __table_args__ = NO_ROWID

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[str | None] = mapped_column(String(8))
    number: Mapped[int | None]


class SuperiorStream(SuperiorBase):
    """The numbers of the superior's files: the next one of an epoch gets `next_number`."""

    __tablename__ = "superior_streams"
    __table_args__ = NO_ROWID

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    epoch: Mapped[str] = mapped_column(String(8))
    next_number: Mapped[int]
