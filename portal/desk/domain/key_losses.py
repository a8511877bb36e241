"""How keys leave their holders: never the last one, and with a memory of who waits for them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import keys, regrants
from portal.desk.domain.roles import Role, may_hold
from portal.desk.models.keys import Grant, Key, LostGrant
from portal.desk.models.people import Person


class LastHolder(Exception):
    """Nobody else holds these keys (`key_ids`): taking them from the person would lose them."""

    def __init__(self, key_ids: tuple[str, ...]) -> None:
        super().__init__()
        self.key_ids = key_ids


def check_stays_held(session: Session, person: Person, roles: Collection[Role]) -> None:
    """Check that every key keeps a holder when a person's roles become these, or none.

    :raises LastHolder: when a key that does not go with them has no other holder.
    """
    lost = tuple(key.id for key in _held_alone(session, person.id) if not may_hold(roles, key.kind))
    if lost:
        raise LastHolder(lost)


def ids_held_alone(session: Session, person_id: str) -> list[str]:
    """Return the ids of the keys that nobody but this person holds."""
    return [key.id for key in _held_alone(session, person_id)]


def _held_alone(session: Session, person_id: str) -> list[Key]:
    query = select(Key).join(Grant).where(Grant.person_id == person_id).order_by(Key.id)
    return [key for key in session.scalars(query) if len(keys.holders(session, key.id)) == 1]


def lose_all(session: Session, person: Person, *, now: datetime) -> None:
    """Take every key from a person with a new key pair, who waits from now on for each again."""
    regrants.remember(session, person.id, now=now)
    _withdraw(session, person)


def withdraw(session: Session, key_id: str, person_id: str) -> None:
    """Take a key from a person; one that is not held is no error."""
    held = session.get(Grant, (key_id, person_id))
    if held is not None:
        session.delete(held)
        session.flush()


def withdraw_all(session: Session, person: Person) -> None:
    """Take every key from a person who leaves."""
    _withdraw(session, person)
    for waited_for in session.scalars(select(LostGrant).where(LostGrant.person_id == person.id)):
        session.delete(waited_for)
    session.flush()


def _withdraw(session: Session, person: Person) -> None:
    for held in session.scalars(select(Grant).where(Grant.person_id == person.id)):
        session.delete(held)
    session.flush()


def withdraw_unfit(session: Session, person: Person) -> None:
    """Take from a person the keys that the roles no longer allow, held or waited for."""
    for table in (Grant, LostGrant):
        query = select(table, Key).join(Key).where(table.person_id == person.id)
        for held, key in session.execute(query).all():
            if not keys.can_hold(session, person, key):
                session.delete(held)
    session.flush()
