"""After the desk was put back from a backup: what it gets again, and what it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from portal.exchange.kinds import MAX_HELD, HeldCase, Holding, Restored
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.restoring import send_again
from portal.public.domain.progress import SEALED_FOR_SUPERIOR
from portal.public.models.cases import Case

# What was filed for the superior was never told of by the desk; what the desk handed up was.
ITS_OWN = or_(Case.state != SEALED_FOR_SUPERIOR, Case.revision > 0)


@dataclass(frozen=True)
class Answering:
    """Answers a desk that was put back."""

    outbox: Outbox

    def receive_restored(self, session: Session, message: Message, now: datetime) -> None:
        """Hand over again what was kept, and say which cases are known and how new they are.

        Those that only the superior can open are not named: the desk must not even count them.
        """
        Restored.read(message.data)
        send_again(session)
        wanted = select(Case.id, Case.revision).where(ITS_OWN).order_by(Case.id)
        known = session.execute(wanted).all()
        for start in range(0, len(known), MAX_HELD):
            self._say(session, known[start : start + MAX_HELD], now)

    def _say(self, session: Session, some: Sequence[Row[str, int]], now: datetime) -> None:
        holding = Holding(tuple(HeldCase(case_id, revision) for case_id, revision in some))
        self.outbox.enqueue(session, Holding.KIND, holding.data(), {}, now)
