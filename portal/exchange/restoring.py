"""A side put back from a backup: what it asks the other side, and what that sends again."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.exchange.handover import begin_epoch
from portal.exchange.kinds import Restored
from portal.exchange.outbox import Outbox
from portal.exchange.tables import Incoming, Outgoing


def note_backup(session: Session) -> int:
    """Note that all that arrived so far is in a backup; return how many messages that are.

    The sender is told, and lets go of what it kept for this moment.
    """
    covered = update(Incoming).where(Incoming.backed_up.is_(False))
    rows = session.scalars(covered.values(backed_up=True, safe_due=True).returning(Incoming.id))
    return len(rows.all())


def ask_again(session: Session, outbox: Outbox, now: datetime) -> None:
    """Begin a new stream, and ask the other side for what this one may have lost."""
    begin_epoch(session)
    send_again(session)
    outbox.enqueue(session, Restored.KIND, Restored().data(), {}, now)


def send_again(session: Session) -> int:
    """Let everything that the other side had but may have lost be handed over again.

    :return: how many messages that are
    """
    kept = update(Outgoing).where(Outgoing.kept, Outgoing.acknowledged.is_(False))
    return len(session.scalars(kept.values(kept=False).returning(Outgoing.id)).all())
