"""Erasing a case: its rows in every table, its key, and every sealed file that they name."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, delete, false, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain.files import COLUMNS
from portal.desk.models.base import Base
from portal.desk.models.cases import Case
from portal.store import SealedStore


def erase(session: Session, items: SealedStore, case_id: str) -> None:
    """Delete all that the desk has of a case; the files go as soon as the rows are surely gone.

    The tables say themselves that they belong to a case, so that none can be forgotten here. What
    SQLite deletes is overwritten, and lives on in its log until the next checkpoint.
    """
    session.flush()
    owners = list(_owners())
    for file in set(_files(session, case_id, owners)):
        items.discard_after_commit(session, file)
    for owner in owners:
        session.execute(delete(owner.table).where(owner == case_id))
    session.expunge_all()


def _owners() -> Iterator[ColumnElement[str]]:
    """Yield the columns that name a case, those of dependent tables first, the case's own last."""
    own = Case.__table__.c.id
    for table in reversed(Base.metadata.sorted_tables):
        yield from (key.parent for key in table.foreign_keys if key.column is own)
    yield own


def _files(session: Session, case_id: str, owners: Collection[ColumnElement[str]]) -> Iterator[str]:
    for column in COLUMNS:
        # A link belongs to both of its cases, and goes with either; a notice belongs to none.
        own = [one == case_id for one in owners if one.table is column.class_.__table__]
        query = select(column).where(or_(false(), *own))
        yield from (name for name in session.scalars(query) if name)
