"""The base of every table of the public site."""

from sqlalchemy.orm import DeclarativeBase

from portal.database import metadata


class Base(DeclarativeBase):
    """Base of the public site's tables."""

    metadata = metadata()


# Row numbers would tell in which order reports came, even within a day.
NO_ROWID = {"sqlite_with_rowid": False}
