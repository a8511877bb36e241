"""After the desk was put back from a backup: what it gets again, and what it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.exchange.kinds import MAX_HELD, HeldCase, Holding, Restored
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.restoring import send_again
from portal.public.models.cases import Case


@dataclass(frozen=True)
class Answering:
    """Answers a desk that was put back."""

    outbox: Outbox

    def receive_restored(self, session: Session, message: Message, now: datetime) -> None:
        """Hand over again what was kept, and say which cases are known and how new they are."""
        Restored.read(message.data)
        send_again(session)
        known = session.execute(select(Case.id, Case.revision).order_by(Case.id)).all()
        for start in range(0, len(known), MAX_HELD):
            self._say(session, known[start : start + MAX_HELD], now)

    def _say(self, session: Session, some: Sequence[Row[str, int]], now: datetime) -> None:
        holding = Holding(tuple(HeldCase(case_id, revision) for case_id, revision in some))
        self.outbox.enqueue(session, Holding.KIND, holding.data(), {}, now)
