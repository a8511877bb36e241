"""What this browser was asked to do with a passkey, and whether it can be asked here at all."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from enum import StrEnum

from flask import request, session

from portal.desk.domain import passkey_answers, passkey_challenges
from portal.desk.domain.passkey_challenges import Asked, ChallengeOver, Purpose
from portal.desk.domain.relying_party import RelyingParty, relying_party
from portal.desk.house import desk_house
from portal.desk.routes.access import anyone_signed_in
from portal.reference.days import utcnow

TOKEN = "passkey_challenge"  # noqa: S105 — the name of a field, not a token


class Missing(StrEnum):
    """Why no passkey can be used at this address."""

    LIBRARY = "library"
    SETTING = "setting"
    ADDRESS = "address"


def party() -> RelyingParty | None:
    """Return for which address passkeys are made; None where none can be used."""
    return None if missing() else relying_party(desk_house().settings)


def origin() -> str:
    """Return the address at which passkeys can be used; empty when the settings name none."""
    found = relying_party(desk_house().settings)
    return found.origin if found else ""


def missing() -> Missing | None:
    """Return why no passkey can be used here; None when they can."""
    if not passkey_answers.INSTALLED:
        return Missing.LIBRARY
    if not origin():
        return Missing.SETTING
    return None if request.host_url.rstrip("/") == origin() else Missing.ADDRESS


def ask(person_id: str, purpose: Purpose, carried: Mapping[str, str]) -> None:
    """Put a question to this browser."""
    with desk_house().database.writing() as own:
        token = passkey_challenges.ask(own, person_id, purpose, carried, now=utcnow())
    session[TOKEN] = b64encode(token).decode("ascii")


def look(purpose: Purpose) -> Asked:
    """Return the question that this browser has not answered yet.

    :raises ChallengeOver: when there is none.
    """
    with desk_house().database.reading() as reader:
        return passkey_challenges.look(
            reader, _token(), purpose, person_id=_signed_in(), now=utcnow()
        )


def take(purpose: Purpose) -> Asked:
    """Return the question, once: it is gone before the answer is looked at.

    :raises ChallengeOver: when there is none.
    """
    token = _token()
    del session[TOKEN]
    with desk_house().database.writing() as own:
        return passkey_challenges.take(own, token, purpose, person_id=_signed_in(), now=utcnow())


def _signed_in() -> str | None:
    person = anyone_signed_in()
    return person.person_id if person else None


def _token() -> bytes:
    value = session.get(TOKEN)
    if not isinstance(value, str):
        raise ChallengeOver
    return b64decode(value)
