"""Refused sign-ins, counted by the minute: guessing must not fill a log that only grows.

Known and unknown names are counted by the same statement, so that the work tells nothing.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.models.sessions import SignInRefusals

ACT = "sign-in-refused"
NOBODY = ""


def count(session: Session, person_id: str | None, *, now: datetime) -> None:
    """Count one refusal, of a person or of a name that nobody has; durable with the commit."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"minute": _minute(now), "person_id": person_id or NOBODY, "times": 1}
    counted = dialect.insert(SignInRefusals).values(row)
    session.execute(
        counted.on_conflict_do_update(
            index_elements=[SignInRefusals.minute, SignInRefusals.person_id],
            set_={"times": SignInRefusals.times + 1},
        )
    )


def write_down(session: Session, *, now: datetime) -> int:
    """Write every minute that is over into the audit log, a row for each person; return how many.

    The target of such a row is how often. All names that nobody has are one row.
    """
    over = select(SignInRefusals).where(SignInRefusals.minute < _minute(now)).with_for_update()
    rows = session.scalars(over.order_by(SignInRefusals.minute, SignInRefusals.person_id)).all()
    for row in rows:
        person_id, times = row.person_id or None, f"×{row.times}"
        session.delete(row)
        audit.record(session, person_id=person_id, act=ACT, target=times, now=now)
    return len(rows)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
