"""Founding an instance: its files, both databases, and the keys that the desk knows."""

from datetime import datetime

from portal.commands import exchange, instance, migrate
from portal.commands.instance import FirstKeys
from portal.database import Database
from portal.desk.domain import keys, offices
from portal.reference.days import local_day
from portal.settings import Settings

# The ceremony draws the key of the office where reports arrive.
FIRST_OFFICE = "office-1"


def found(settings: Settings, first: FirstKeys, now: datetime) -> None:
    """Make a new instance with these keys; nobody holds any of them, and none is in force yet.

    :raises FileExistsError: when there is one already.
    """
    instance.write(settings, first)
    exchange.spool("public", settings).prepare()
    migrate.upgrade_all(settings)
    database = Database(settings.desk_database)
    not_after = local_day(now + instance.VALID_FOR)
    with database.writing() as session:
        for key_id, kind in _kinds(first):
            recipient = first.shared[key_id].recipient
            keys.register(
                session, key_id=key_id, kind=kind, recipient=recipient, not_after=not_after
            )
        offices.found_intake(session, FIRST_OFFICE, local_day(now))
    database.dispose()


def _kinds(first: FirstKeys) -> tuple[tuple[str, str], ...]:
    return (
        (first.period, keys.INTAKE),
        (FIRST_OFFICE, keys.OFFICE),
        (instance.STATISTICS, keys.STATISTICS),
        (instance.NOTICES, keys.NOTICES),
        ("custodian-a", keys.CUSTODIAN_A),
        ("custodian-b", keys.CUSTODIAN_B),
    )
