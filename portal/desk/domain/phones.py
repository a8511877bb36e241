"""A new phone: another authenticator secret; passphrase, keys and recovery codes stay."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.desk.domain import audit, people, sessions, signing_in


def replace(
    session: Session,
    person_id: str,
    totp_secret: str,
    host_secret: bytes,
    *,
    step: int,
    keep_session: str,
    now: datetime,
) -> None:
    """Let codes of a new secret count instead of the old one's; other sessions end.

    A second click on the same page changes nothing.

    :param step: the step of the code that was typed from the new phone, used up by this
    """
    person = people.get(session, person_id)
    if signing_in.has_totp_secret(person, totp_secret, host_secret):
        return
    person.totp_secret = signing_in.seal_totp_secret(totp_secret, host_secret)
    person.last_totp_step = step
    sessions.end_all(session, person_id, but=keep_session)
    audit.record(session, person_id=person_id, act="phone-changed", target=person_id, now=now)
