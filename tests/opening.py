"""Opens what lies at the demo's desk with the keys that its clerks hold."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.commands import demo_people, instance
from portal.config import load
from portal.database import Database
from portal.desk.domain import keys
from portal.desk.models.cases import Case
from portal.sealing import unseal
from portal.sealing.keys import Identity
from portal.store import SealedStore


def stories(folder: Path) -> list[str]:
    """Return the story of every report that nobody has opened yet."""
    settings = load(folder, {})
    database = Database(settings.desk_database)
    items = SealedStore(settings.desk_folder / "items")
    with database.reading() as session:
        held = clerk_keys(session, folder)
        unopened = session.scalars(select(Case).where(Case.registered_on.is_(None))).all()
        opened = [unseal.open_report(items.get(case.content_file), held).story for case in unopened]
    database.dispose()
    return opened


def clerk_keys(session: Session, folder: Path) -> list[Identity]:
    """Return the shared private keys that the first clerk of the demo holds."""
    settings = load(folder, {})
    secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
    clerk = demo_people.read(folder / "demo")[0]
    own = demo_people.own_key(session, clerk, secret)
    return list(keys.open_held(session, clerk.id, own).values())
