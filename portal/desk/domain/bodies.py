"""The list of other bodies that staff keep for transfers; a name may always be typed instead."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.bodies import Body


class KnownBody(Exception):
    """The list has this body already."""


def listed(session: Session) -> list[Body]:
    """Return every body, by name."""
    return list(session.scalars(select(Body).order_by(Body.name)))


def add(session: Session, name: str, person_id: str, now: datetime) -> None:
    """Put a body on the list.

    :raises KnownBody: when it is there.
    """
    if session.scalar(select(Body.id).where(Body.name == name)) is not None:
        raise KnownBody
    body = Body(id=secrets.token_hex(16), name=name)
    session.add(body)
    # A name is typed by hand: in the log it could tell of a case, or end a line and begin another.
    audit.record(session, person_id=person_id, act="body-added", target=body.id, now=now)


def drop(session: Session, body_id: str, person_id: str, now: datetime) -> None:
    """Take a body off the list; cases that were transferred to it keep its name."""
    gone = session.scalar(delete(Body).where(Body.id == body_id).returning(Body.id))
    if gone is not None:
        audit.record(session, person_id=person_id, act="body-dropped", target=gone, now=now)
