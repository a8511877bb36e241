"""How often sign-in was refused, as the desk has counted it."""

from sqlalchemy import func, select

from portal.desk.house import DeskHouse
from portal.desk.models.sessions import SignInRefusals


def refused(house: DeskHouse) -> int:
    """Refusals that wait to be written into the audit log."""
    with house.database.reading() as session:
        return session.scalar(select(func.sum(SignInRefusals.times))) or 0
