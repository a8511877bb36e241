"""Where SQLite keeps a database of a test."""

from pathlib import Path

from sqlalchemy import make_url

from portal.database import Database


def file_of(database: Database) -> Path:
    """Return the file of a SQLite database."""
    return Path(make_url(database.url).database or "")
