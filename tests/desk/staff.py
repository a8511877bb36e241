"""People at the desk as tests know them: with passphrase, authenticator and a browser."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pyotp
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import enrolment, keys, offices, one_time_codes, passphrases, people
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.offices import Office, OfficeMember
from portal.desk.models.people import Person
from portal.sealing.keys import Identity
from tests.pages import Browser

JOINED = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


@dataclass
class Colleague:
    """One member of staff and everything that only this person knows."""

    id: str
    name: str
    passphrase: str
    totp_secret: str
    # Each code is good once: the next one of the same half minute is taken from the next step.
    used: set[str] = field(default_factory=set)

    def code(self) -> str:
        """Return a code that was not used yet."""
        totp, now = pyotp.TOTP(self.totp_secret), datetime.now(UTC)
        for step in (-1, 0, 1):
            code = totp.at(now + timedelta(seconds=30 * step))
            if code not in self.used:
                self.used.add(code)
                return code
        raise AssertionError("three codes in half a minute is all there is")


def hire(
    house: DeskHouse, name: str, *roles: Role, display_name: str = "", now: datetime = JOINED
) -> Colleague:
    """Take a person on and let them enrol, without pages."""
    passphrase, secret = passphrases.draw(), one_time_codes.draw_secret()
    credentials = enrolment.prepare(passphrase, secret, house.host_secret, house.password_cost)
    with house.database.writing() as session:
        person = people.take_on(
            session,
            name=name,
            display_name=display_name or name,
            roles_given=roles,
            by=None,
            now=now,
        )
        token = enrolment.issue(session, person, by=None, now=now)
        enrolment.complete(session, token, credentials, step=0, now=now)
        return Colleague(person.id, name, passphrase, secret)


def sign_in(app: Flask, colleague: Colleague) -> Browser:
    """Return a browser in which the colleague is signed in."""
    browser = Browser(app)
    browser.open("/sign-in?next=/account")
    browser.fill(name=colleague.name, password=colleague.passphrase, code=colleague.code())
    assert browser.page.url == "/account"
    return browser


def make_key(
    house: DeskHouse,
    key_id: str,
    kind: str,
    holders: Sequence[Colleague],
    now: datetime = JOINED,
    *,
    members: Sequence[Colleague] = (),
) -> Identity:
    """Register a shared key and let these colleagues hold it.

    An office's key comes with its office, the first one is the intake: the holders belong to it,
    and `members`, who do not hold the key.
    """
    private = Identity.generate()
    with house.database.writing() as session:
        keys.register(
            session, key_id=key_id, kind=kind, recipient=private.recipient, not_after=None
        )
        if kind == keys.OFFICE:
            _open_office(session, key_id, [*holders, *members], now.date())
        for holder in holders:
            keys.take_in(session, key_id=key_id, private=private, person_id=holder.id, now=now)
    return private


def _open_office(
    session: Session, office_id: str, members: Sequence[Colleague], today: date
) -> None:
    first = session.scalar(select(Office.id)) is None
    name = offices.INTAKE_NAME if first else f"派驻第{office_id.removeprefix('office-')}组"
    session.add(Office(id=office_id, name=name, intake=first, opened_on=today))
    session.flush()
    for member in members:
        session.add(OfficeMember(person_id=member.id, office_id=office_id, since=today))
    session.flush()


def person_of(house: DeskHouse, colleague: Colleague) -> Person:
    """Return the colleague's row."""
    with house.database.reading() as session:
        return people.get(session, colleague.id)


def own_key(house: DeskHouse, colleague: Colleague) -> Identity:
    """Open the colleague's own key as a sign-in does."""
    wrapped = person_of(house, colleague).wrapped_private
    assert wrapped is not None
    return passphrases.unwrap(wrapped, colleague.passphrase, house.host_secret)
