"""Intake keys follow one another: who holds the old one holds the next, and spent ones go.

A report says which intake key it is sealed to; a citizen's later words do not. So an old key stays
until no report and no words of its time wait for it, and a month more for letters on their way.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, keys
from portal.desk.models.cases import Case
from portal.desk.models.keys import Grant, Key, LostGrant
from portal.desk.models.people import Person
from portal.desk.models.replies import CaseWords
from portal.exchange.kinds import Reply, Report
from portal.exchange.tables import Incoming
from portal.sealing import unseal
from portal.sealing.keys import Identity, Recipient

UNDER_WAY = timedelta(days=30)
KEPT = ("waiting", "parked")
# What an intake key opens. Other things may lie in the letterbox for ever, left there by anybody.
SEALED_TO_INTAKE = (Report.KIND, Reply.KIND)


class TooFewHolders(Exception):
    """Fewer than two people hold the present key, so the next one would begin in danger."""


def is_known(session: Session, key_id: str) -> bool:
    """Tell whether the desk has or had a case or a key under this name."""
    named = select(Case.id).where(Case.intake_key == key_id).limit(1)
    return session.get(Key, key_id) is not None or session.scalar(named) is not None


def prepare(
    session: Session,
    *,
    after: str,
    key_id: str,
    private: Identity,
    not_after: date,
    now: datetime,
) -> None:
    """Register the intake key that is to follow another, and give it to that one's holders.

    :raises portal.desk.domain.keys.UnknownKey: when the desk does not know the key before it.
    :raises TooFewHolders: when fewer than two hold that.
    """
    kind = keys.get(session, after).kind
    holders = _holders(session, after)
    if len(holders) < keys.ENOUGH_HOLDERS:
        raise TooFewHolders
    keys.register(
        session, key_id=key_id, kind=kind, recipient=private.recipient, not_after=not_after
    )
    for person in holders:
        sealed = unseal.grant(private, Recipient.parse(person.recipient or ""))
        grant = Grant(key_id=key_id, person_id=person.id, sealed=sealed, granted_by=None, at=now)
        session.add(grant)
    session.flush()
    audit.record(session, person_id=None, act="key-made", target=key_id, now=now)


def retire(session: Session, key_id: str, *, today: date, now: datetime) -> None:
    """Note that from this day on nothing is sealed to a key any more.

    :raises portal.desk.domain.keys.UnknownKey: when the desk has none of this name.
    """
    keys.get(session, key_id).retired_on = today
    audit.record(session, person_id=None, act="key-retired", target=key_id, now=now)


def forget_spent(session: Session, *, today: date, now: datetime) -> list[str]:
    """Delete retired keys that nothing waits for; return their ids."""
    retired = select(Key).where(Key.retired_on <= today - UNDER_WAY).order_by(Key.id)
    spent = [key for key in session.scalars(retired).all() if not _is_wanted(session, key, today)]
    for key in spent:
        for table in (Grant, LostGrant):
            session.execute(delete(table).where(table.key_id == key.id))
        session.delete(key)
        audit.record(session, person_id=None, act="key-deleted", target=key.id, now=now)
    session.flush()
    return [key.id for key in spent]


def _is_wanted(session: Session, key: Key, today: date) -> bool:
    # Reports of the last month show a public host that never got the new manifest.
    waits = or_(Case.registered_on.is_(None), Case.received_on > today - UNDER_WAY)
    sealed_to_it = select(Case.id).where(Case.intake_key == key.id, waits)
    its_time = (key.retired_on or today) + UNDER_WAY
    words = select(CaseWords.id).where(CaseWords.read_on.is_(None), CaseWords.on <= its_time)
    put_aside = Incoming.outcome.in_(KEPT), Incoming.kind.in_(SEALED_TO_INTAKE)
    letters = select(Incoming.id).where(*put_aside, Incoming.day <= its_time)
    wanted = (sealed_to_it, words, letters)
    return any(session.scalar(select(func.count()).select_from(one.subquery())) for one in wanted)


def _holders(session: Session, key_id: str) -> list[Person]:
    query = select(Person).join(Grant, Grant.person_id == Person.id).where(Grant.key_id == key_id)
    return list(session.scalars(query.order_by(Person.name)))
