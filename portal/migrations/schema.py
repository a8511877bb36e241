"""Bring a side's database to the newest schema, and know what that schema is."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from portal.database import Database

FOLDER = Path(__file__).resolve().parent
SIDES = ("public", "desk")


def metadata(side: str) -> list[MetaData]:
    """Return the tables of one side: its own, the exchange's, and those of the superior's route."""
    models = import_module(f"portal.{side}.models")
    for module in iter_modules(models.__path__):
        import_module(f"{models.__name__}.{module.name}")
    base = import_module(f"portal.{side}.models.base").Base
    exchange = import_module("portal.exchange.tables").ExchangeBase
    superior = import_module("portal.superior.tables").SuperiorBase
    return [base.metadata, exchange.metadata, superior.metadata]


def configuration(side: str) -> Config:
    """Return alembic's configuration for one side."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(FOLDER / side))
    config.set_main_option("path_separator", "os")
    config.attributes["metadata"] = metadata(side)
    return config


def upgrade(database: Database, side: str) -> None:
    """Bring the database to the newest revision of its side."""
    config = configuration(side)
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database, side: str) -> bool:
    """Tell whether the database stands at the newest revision."""
    head = ScriptDirectory.from_config(configuration(side)).get_current_head()
    with database.reading() as session:
        context = MigrationContext.configure(session.connection())
        return context.get_current_revision() == head
