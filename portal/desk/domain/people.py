"""Staff: taking people on, changing what they may do, letting them go."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.desk.domain import (
    audit,
    enrolment,
    key_losses,
    offices,
    passkeys,
    recovery_codes,
    roles,
    sessions,
    signing_in,
)
from portal.desk.domain.roles import Role
from portal.desk.models.people import Enrolment, Person, PersonRole

NAME = re.compile(r"[a-z][a-z0-9.-]{1,31}")


class UnknownPerson(Exception):
    """There is no such person."""


class NameTaken(Exception):
    """Somebody signs in with this name, or did before leaving."""


class BadName(Exception):
    """A name to sign in with has 2 to 32 small letters, digits, dots and hyphens."""


class OwnAccount(Exception):
    """Nobody changes the own roles or lets oneself go."""


class HasLeft(Exception):
    """The person was let go and stays so."""


@dataclass(frozen=True)
class PersonLine:
    """One person as the list shows them; `link_until` while an enrolment link is unused."""

    id: str
    name: str
    display_name: str
    roles: tuple[Role, ...]
    active: bool
    enrolled_at: datetime | None
    link_until: datetime | None


def take_on(
    session: Session,
    *,
    name: str,
    display_name: str,
    roles_given: Collection[Role],
    by: str | None,
    now: datetime,
) -> Person:
    """Add a person who can enrol; `by` is None at the command line.

    :raises BadName, NameTaken: for the name to sign in with.
    :raises portal.desk.domain.roles.RolesClash: when the roles do not go together.
    """
    person = Person(
        id=secrets.token_hex(16),
        name=check_new(session, name, roles_given),
        display_name=display_name,
        active=True,
        last_totp_step=0,
        roles=_rows(roles_given),
    )
    session.add(person)
    session.flush()
    audit.record(session, person_id=by, act="person-added", target=person.id, now=now)
    return person


def check_new(session: Session, typed: str, roles_given: Collection[Role]) -> str:
    """Return the name that somebody new signs in with; errors as `take_on`."""
    roles.check(roles_given)
    name = signing_in.canonical_name(typed)
    if not NAME.fullmatch(name):
        raise BadName
    if session.scalar(select(Person.id).where(Person.name == name)):
        raise NameTaken
    return name


def get(session: Session, person_id: str) -> Person:
    """Return a person.

    :raises UnknownPerson: when there is none.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise UnknownPerson
    return person


def names(session: Session) -> dict[str, str]:
    """Return everybody's display name by id, of those who left too."""
    query = select(Person.id, Person.display_name)
    return {row.id: row.display_name for row in session.execute(query)}


def overview(session: Session, *, now: datetime) -> list[PersonLine]:
    """Return everybody: those at work first, by name."""
    links = enrolment.open_links(session, now=now)
    query = select(Person).order_by(Person.active.desc(), Person.name)
    return [line(person, links.get(person.id)) for person in session.scalars(query)]


def line(person: Person, link_until: datetime | None = None) -> PersonLine:
    """Return one person as the list shows them."""
    return PersonLine(
        person.id,
        person.name,
        person.display_name,
        roles_of(person),
        person.active,
        person.enrolled_at,
        link_until,
    )


def roles_of(person: Person) -> tuple[Role, ...]:
    """Return a person's roles."""
    return tuple(Role(one.role) for one in person.roles)


def change_roles(
    session: Session, person: Person, roles_given: Collection[Role], *, by: str, now: datetime
) -> None:
    """Give a person other roles; keys that no longer fit are taken away.

    :raises portal.desk.domain.key_losses.LastHolder: when one of those keys has no other holder.
    :raises OwnAccount: for one's own.
    :raises HasLeft: for somebody who was let go.
    :raises portal.desk.domain.roles.RolesClash: when the roles do not go together.
    """
    check_roles(session, person, roles_given, by)
    person.roles = _rows(roles_given)
    session.flush()
    offices.leave_if_unfit(session, person)
    key_losses.withdraw_unfit(session, person)
    audit.record(session, person_id=by, act="roles-changed", target=person.id, now=now)


def check_roles(session: Session, person: Person, roles_given: Collection[Role], by: str) -> None:
    """Check that `change_roles` would not refuse; errors as there."""
    refuse_self_and_gone(person, by)
    roles.check(roles_given)
    key_losses.check_stays_held(session, person, roles_given)


def check_let_go(session: Session, person: Person, by: str) -> None:
    """Check that `let_go` would not refuse; errors as there."""
    refuse_self_and_gone(person, by)
    key_losses.check_stays_held(session, person, ())


def let_go(session: Session, person: Person, *, by: str, now: datetime) -> None:
    """Deactivate a person at once: sessions, links, keys and credentials go, the name stays.

    :raises OwnAccount: for oneself, so that one security administrator always remains.
    :raises HasLeft: for somebody who was let go before.
    :raises portal.desk.domain.key_losses.LastHolder: when nobody else holds a key of the person's.
    """
    check_let_go(session, person, by)
    person.active = False
    person.wrapped_private = None
    person.totp_secret = None
    person.recipient = None
    offices.leave_if_unfit(session, person)
    key_losses.withdraw_all(session, person)
    sessions.end_all(session, person.id)
    recovery_codes.forget(session, person.id)
    passkeys.forget(session, person.id)
    session.execute(delete(Enrolment).where(Enrolment.person_id == person.id))
    audit.record(session, person_id=by, act="person-let-go", target=person.id, now=now)


def rewrap(
    session: Session, person_id: str, wrapped: bytes, *, keep_session: str, now: datetime
) -> None:
    """Replace a person's wrapped key after a change of passphrase; other sessions end."""
    person = get(session, person_id)
    person.wrapped_private = wrapped
    sessions.end_all(session, person_id, but=keep_session)
    audit.record(session, person_id=person_id, act="passphrase-changed", target=person_id, now=now)


def refuse_self_and_gone(person: Person, by: str) -> None:
    """Refuse what nobody may do to oneself, nor to somebody who was let go.

    :raises OwnAccount, HasLeft: as their names say.
    """
    if person.id == by:
        raise OwnAccount
    if not person.active:
        raise HasLeft


def _rows(given: Collection[Role]) -> list[PersonRole]:
    return [PersonRole(role=role.value) for role in sorted(set(given))]
